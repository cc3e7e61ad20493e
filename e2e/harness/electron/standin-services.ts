import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { basename, join } from 'node:path'
import type * as Electron from 'electron'
import { noticeClasses } from './standin-notices.ts'
import type { StandinState } from './standin-state.ts'
import { strict } from './strict.ts'
import { toWebUrl } from './web-origin.ts'

/** Permissions of Electron that Chromium without it can be told to grant. */
const GRANTABLE = ['notifications', 'geolocation', 'clipboard-read', 'local-network-access'] as const

/** The modules of Electron that main uses, beside `app` and `BrowserWindow`. */
export function standinServices(state: StandinState, userData: string) {
  const ipcMain = {
    handle: (channel, listener) => {
      if (state.ipcHandlers.has(channel)) {
        throw new Error(`Attempted to register a second handler for '${channel}'`)
      }
      state.ipcHandlers.set(channel, listener)
    },
  } satisfies Pick<Electron.IpcMain, 'handle'>

  const protocol = {
    registerSchemesAsPrivileged: (custom) => {
      if (state.app.isReady()) throw new Error('registerSchemesAsPrivileged must be called before the app is ready')
      for (const { scheme } of custom) state.schemes.add(scheme)
    },
    handle: (scheme, handler) => {
      if (!state.app.isReady()) throw new Error('protocol.handle before the app is ready')
      if (!state.schemes.has(scheme)) throw new Error(`${scheme} was not registered as privileged`)
      state.protocolHandlers.set(scheme, handler)
    },
  } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>

  const grantToPages = async (): Promise<void> => {
    for (const scheme of state.schemes) {
      const origin = `${scheme}://bundle`
      const granted = GRANTABLE.filter((name) =>
        state.permissionCheck?.(null, name, origin, { isMainFrame: true, requestingUrl: `${origin}/` }),
      )
      await state.context.grantPermissions(granted, { origin: toWebUrl(origin, state.schemes) })
    }
  }
  const defaultSession = Object.assign(state.session, {
    setPermissionRequestHandler: (handler) => {
      state.permissionRequest = handler
    },
    setPermissionCheckHandler: (handler) => {
      state.permissionCheck = handler
      void grantToPages()
    },
    setDevicePermissionHandler: () => {},
  } satisfies Pick<
    Electron.Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >)

  const dialog = {
    showErrorBox: (title, content) => void state.record.errorBoxes.push({ title, content }),
    showOpenDialog: async () => ({ canceled: false, filePaths: state.chosen.openFiles }),
    showSaveDialog: async (
      ...given: [Electron.SaveDialogOptions] | [Electron.BaseWindow, Electron.SaveDialogOptions]
    ) => {
      state.record.saveDialogs += 1
      const { saveFolder } = state.chosen
      if (saveFolder === null) return { canceled: true, filePath: '' }
      const { defaultPath = '' } = given.length === 1 ? given[0] : given[1]
      const filePath = join(saveFolder, basename(defaultPath))
      state.record.savedAs.push(filePath)
      return { canceled: false, filePath }
    },
  } satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showOpenDialog' | 'showSaveDialog'>

  const Menu = {
    buildFromTemplate: (template) => ({ items: template }) as unknown as Electron.Menu,
    setApplicationMenu: (menu) => {
      state.menu = (menu?.items ?? []) as unknown as Electron.MenuItemConstructorOptions[]
    },
  } satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>

  // The key depends on the user's folder, as the keychain's does: the next start can read it.
  const key = createHash('sha256').update(userData).digest()
  const safeStorage = {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString: (text) => {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body])
    },
    decryptString: (data) => {
      const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, 12)).setAuthTag(data.subarray(12, 28))
      return Buffer.concat([decipher.update(data.subarray(28)), decipher.final()]).toString('utf8')
    },
  } satisfies Pick<
    Electron.SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >

  const shell = {
    openExternal: async (url) => void state.record.external.push(url),
  } satisfies Pick<Electron.Shell, 'openExternal'>

  const screen = {
    getAllDisplays: () => [
      { workArea: { x: 0, y: 0, width: 1920, height: 1080 } } satisfies Pick<
        Electron.Display,
        'workArea'
      > as Electron.Display,
    ],
  } satisfies Pick<Electron.Screen, 'getAllDisplays'>

  const { Notification, Tray } = noticeClasses(state)
  const icon = { resize: () => ({}) as Electron.NativeImage } satisfies Pick<Electron.NativeImage, 'resize'>
  const nativeImage = {
    createFromPath: () => icon as unknown as Electron.NativeImage,
  } satisfies Pick<typeof Electron.nativeImage, 'createFromPath'>

  const net = { fetch: (input, init) => fetch(input as string, init) } satisfies Pick<Electron.Net, 'fetch'>

  const powerMonitor = Object.assign(new EventEmitter(), {
    getSystemIdleTime: (() => 0) satisfies Electron.PowerMonitor['getSystemIdleTime'],
  })

  return {
    Notification: strict('Notification', Notification),
    Tray: strict('Tray', Tray),
    nativeImage: strict('nativeImage', nativeImage),
    net: strict('net', net),
    ipcMain: strict('ipcMain', ipcMain),
    protocol: strict('protocol', protocol),
    session: strict('session', { defaultSession: strict('session.defaultSession', defaultSession) }),
    dialog: strict('dialog', dialog),
    Menu: strict('Menu', Menu),
    safeStorage: strict('safeStorage', safeStorage),
    shell: strict('shell', shell),
    screen: strict('screen', screen),
    powerMonitor: strict('powerMonitor', powerMonitor),
  } satisfies Partial<Record<keyof typeof Electron, object>>
}
