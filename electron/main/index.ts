import { existsSync } from 'node:fs'
import { release, totalmem } from 'node:os'
import { extname, join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { Language } from '#shared/domain/language.ts'
import { CHANGED_CHANNEL } from '#shared/ipc/notices.ts'
import { contentSecurityPolicy } from '#shared/util/content-security-policy.ts'
import type { Fetch } from './connection/check-connection.ts'
import { loadBackendConfig, machineConfigFile } from './connection/load-backend-config.ts'
import { openServerChoice } from './connection/server-choice.ts'
import { openHalfFiles } from './files/half-files.ts'
import { dropWithPage, openSavedFiles } from './files/saved-files.ts'
import { createIpcHandlers } from './ipc/ipc-handlers.ts'
import { registerIpc } from './ipc/register-ipc.ts'
import { openAppLock } from './lock/app-lock.ts'
import { watchIdle } from './lock/watch-idle.ts'
import { describeForSupport } from './log/diagnostics.ts'
import { openLog } from './log/log.ts'
import { menuTemplate, trayTemplate } from './menu/application-menu.ts'
import { collectOpenings } from './open/openings.ts'
import { LINK_SCHEME } from './open/read-link.ts'
import { TABLE_ENDINGS } from './open/read-table-file.ts'
import { openPreferences } from './preferences/preferences.ts'
import { registerAppScheme, serveBundle } from './security/app-protocol.ts'
import { backendSources } from './security/backend-sources.ts'
import { refuseDownloads } from './security/downloads.ts'
import { guardNavigation } from './security/navigation-guard.ts'
import { denyPermissions } from './security/permissions.ts'
import { openSecretStore } from './session/secret-store.ts'
import { systemLanguage, TEXTS } from './texts/texts.ts'
import { keepUpdated, type Updater } from './updates/keep-updated.ts'
import { recoverOnce } from './windows/crash-recovery.ts'
import { openMainWindow, showWindow } from './windows/main-window.ts'
import { notifier } from './windows/notify.ts'
import { noticeResume } from './windows/resume-notice.ts'
import { stayInTray } from './windows/stay-in-tray.ts'

// Composition only: every decision lies in a module that runs under test in Node.

const built = import.meta.dirname
const renderer = join(built, '../renderer')
const inUserData = (name: string): string => join(app.getPath('userData'), name)
const devTools = !app.isPackaged
const logFile = join(app.getPath('logs'), 'main.log')
const log = openLog({ file: logFile, now: () => new Date() })
const ownConfig = inUserData('config.json')
const machineConfig = machineConfigFile(process.platform, process.env.ProgramData)
const override = app.isPackaged ? undefined : process.env.TRADESPHERE_CONFIG
const fetch: Fetch = (url, init) => net.fetch(url, init)
const changed = (): void => {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(CHANGED_CHANNEL)
}
/** In the system's language, until the page has told which one it speaks. */
let texts = TEXTS.en
/** Opens nothing until the app is ready: then `run` opens the first window. */
let openWindow = (): void => {}
const show = (): void => showWindow(BrowserWindow, () => openWindow())
const openings = collectOpenings(log, () => {
  changed()
  show()
})

async function run(config: BackendConfig | null): Promise<void> {
  const secretsIn = (name: string) =>
    openSecretStore({ safeStorage, platform: process.platform, file: inUserData(name), log })
  const preferences = openPreferences(inUserData('preferences.json'), log)
  const lock = openAppLock({ secrets: secretsIn('lock.json'), now: Date.now, changed, log })
  const secrets = secretsIn('secrets.json')
  const server = openServerChoice(config, {
    file: ownConfig,
    isOwn: override === undefined && !existsSync(machineConfig),
    isSignedIn: () => !secrets.isEmpty(),
    fetch,
    changed,
    log,
  })
  const updates = keepUpdated({ updater: await feedUpdater(), platform: process.platform, changed, log })
  app.on('will-quit', updates.quitting)
  const notify = notifier({
    Notification,
    isWanted: () => preferences.get().notifications,
    isWatched: () => BrowserWindow.getAllWindows().some((window) => window.isFocused()),
    open: (name) => openings.add({ kind: 'screen', screen: name }),
  })
  const halves = openHalfFiles(inUserData('half-files.json'), log)
  const savedFiles = openSavedFiles({ choose: choosePlace, sayNotSaved, halves, log })
  app.on('will-quit', savedFiles.drop)
  const keepInTray = stayInTray(app, { isWanted: () => preferences.get().keepSyncing, putIcon })
  const open = (): void => {
    const window = openMainWindow({
      electron: { BrowserWindow, screen },
      preload: join(built, '../preload/index.cjs'),
      stateFile: inUserData('window.json'),
      devTools,
      log,
    })
    keepInTray(window)
    dropWithPage(window.webContents, savedFiles)
    recoverOnce(window.webContents, { now: Date.now, giveUp: sayTwiceBroken, log })
  }

  denyPermissions(session.defaultSession, log)
  refuseDownloads(session.defaultSession, log)
  serveBundle(protocol, {
    bundleDir: renderer,
    policy: () => {
      const backend = server.get()
      return contentSecurityPolicy(backend === null ? [] : backendSources(backend.supabaseUrl))
    },
  })
  const showMenu = (): void => {
    const menu = menuTemplate({
      texts,
      platform: process.platform,
      devTools,
      chooseFile: () => void chooseFile(),
      lock: () => {
        // Without a PIN nothing would lock: the menu leads to where one is set.
        if (lock.state().afterMinutes === null) openings.add({ kind: 'screen', screen: 'thisApp' })
        else lock.lock()
      },
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
  }
  const speak = (language: Language): void => {
    if (texts === TEXTS[language]) return
    texts = TEXTS[language]
    showMenu()
    showTrayMenu()
  }
  const services = {
    server,
    fetch,
    secrets,
    preferences,
    lock,
    updates,
    openings,
    savedFiles,
    speak,
    notify,
    diagnostics,
    changed,
  }
  registerIpc(ipcMain, createIpcHandlers(services), log)
  noticeResume(powerMonitor, BrowserWindow, log)
  watchIdle(powerMonitor, lock)
  showMenu()
  openings.commandLine(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())
  openWindow = open
  open()
  // Behind the first window: a share that doesn't answer keeps nobody waiting.
  void halves.removeLeft()
  app.on('activate', show)
}

/** The updater, where this build was given the address of a feed. */
async function feedUpdater(): Promise<Updater | null> {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return null
  return (await import('electron-updater')).autoUpdater
}

async function chooseFile(): Promise<void> {
  const filters = [{ name: 'CSV, Excel', extensions: [...TABLE_ENDINGS] }]
  const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile'], filters })
  for (const path of filePaths) openings.file(path)
}

async function choosePlace(name: string): Promise<string | null> {
  const ending = extname(name).slice(1)
  const filters = ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }]
  const defaultPath = join(app.getPath('downloads'), name)
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath, filters })
  return canceled ? null : filePath
}

function sayNotSaved(): void {
  dialog.showErrorBox(texts.notSaved.title, texts.notSaved.body)
}

let tray: Tray | null = null
function putIcon(): void {
  // Kept in a variable: the icon of a tray that is collected disappears.
  tray = new Tray(nativeImage.createFromPath(join(renderer, 'icon-192.png')).resize({ width: 18, height: 18 }))
  tray.setToolTip(app.getName())
  showTrayMenu()
  tray.on('click', show)
}

function showTrayMenu(): void {
  tray?.setContextMenu(Menu.buildFromTemplate(trayTemplate(texts, show, () => app.quit())))
}

function diagnostics(): string {
  const { platform, arch, versions } = process
  const memoryMb = Math.round(totalmem() / 2 ** 20)
  const facts = {
    version: app.getVersion(),
    packaged: app.isPackaged,
    platform,
    release: release(),
    arch,
    memoryMb,
    versions,
  }
  return describeForSupport(facts, logFile)
}

function sayTwiceBroken(): void {
  dialog.showErrorBox(texts.twiceBroken.title, texts.twiceBroken.body)
}

async function start(): Promise<void> {
  log.info('app.started', { packaged: app.isPackaged })
  texts = TEXTS[systemLanguage(app.getPreferredSystemLanguages())]
  const config = loadBackendConfig({ files: [machineConfig, ownConfig], override }, texts.cantStart)
  if (config.ok) {
    await run(config.value)
    return
  }
  log.warn('config.refused')
  dialog.showErrorBox(texts.cantStart.title, config.error.message)
  app.exit(1)
}

function giveUp(error: unknown): void {
  log.warn('app.failed', { error })
  dialog.showErrorBox(texts.cantStart.title, texts.cantStart.broken)
  app.exit(1)
}

// Electron asks for these before it is ready; and an ES module must not wait for readiness at its top.
app.enableSandbox()
registerAppScheme(protocol)
guardNavigation(app, shell, log)
// The installers register the scheme, too; this mends it where another program took it.
if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
app.on('open-url', (event, url) => {
  event.preventDefault()
  openings.link(url)
})
app.on('open-file', (event, path) => {
  event.preventDefault()
  openings.file(path)
})
app.on('child-process-gone', (_event, { exitCode }) => log.warn('process.gone', { exitCode }))
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})
app.on('quit', () => log.info('app.quit'))

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, args, folder) => {
    log.info('app.second-start')
    openings.commandLine(args.slice(1), folder)
    show()
  })
  app.whenReady().then(start).catch(giveUp)
} else {
  app.quit()
}
