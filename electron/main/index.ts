import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import { contentSecurityPolicy } from '#shared/util/content-security-policy.ts'
import { createIpcHandlers } from './ipc/ipc-handlers.ts'
import { registerIpc } from './ipc/register-ipc.ts'
import { openLog } from './log/log.ts'
import { menuTemplate } from './menu/application-menu.ts'
import { registerAppScheme, serveBundle } from './security/app-protocol.ts'
import { backendSources } from './security/backend-sources.ts'
import { guardNavigation } from './security/navigation-guard.ts'
import { denyPermissions } from './security/permissions.ts'
import { loadBackendConfig } from './session/load-backend-config.ts'
import { openSecretStore } from './session/secret-store.ts'
import { openMainWindow, showExistingWindow } from './windows/main-window.ts'
import { noticeResume } from './windows/resume-notice.ts'

// Composition only: every decision lies in a module that runs under test in Node.

const built = import.meta.dirname
const inUserData = (name: string): string => join(app.getPath('userData'), name)
const devTools = !app.isPackaged
const log = openLog({ file: join(app.getPath('logs'), 'main.log'), now: () => new Date() })

function openWindow(): void {
  openMainWindow({
    electron: { BrowserWindow, screen },
    preload: join(built, '../preload/index.cjs'),
    stateFile: inUserData('window.json'),
    devTools,
    log,
  })
}

function run(config: BackendConfig): void {
  denyPermissions(session.defaultSession, log)
  serveBundle(protocol, {
    bundleDir: join(built, '../renderer'),
    policy: contentSecurityPolicy(backendSources(config.supabaseUrl)),
  })
  const secrets = openSecretStore({ safeStorage, platform: process.platform, file: inUserData('secrets.json'), log })
  registerIpc(ipcMain, createIpcHandlers(config, secrets), log)
  noticeResume(powerMonitor, BrowserWindow, log)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform: process.platform, devTools })))
  openWindow()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow()
  })
}

function start(): void {
  log.info('app.started', { packaged: app.isPackaged })
  const config = loadBackendConfig({
    file: inUserData('config.json'),
    override: app.isPackaged ? undefined : process.env.TRADESPHERE_CONFIG,
  })
  if (config.ok) {
    run(config.value)
    return
  }
  log.warn('config.refused')
  dialog.showErrorBox(`${app.getName()} can't start`, config.error.message)
  app.exit(1)
}

function giveUp(error: unknown): void {
  log.warn('app.failed', { error })
  dialog.showErrorBox(
    `${app.getName()} can't start`,
    'Something inside the app broke while it started. What you saved is safe. Start it again; if it stays so, install it anew.',
  )
  app.exit(1)
}

// Electron asks for these before it is ready; and an ES module must not wait for readiness at its top.
app.enableSandbox()
registerAppScheme(protocol)
guardNavigation(app, shell, log)
app.on('render-process-gone', (_event, _contents, { exitCode }) => log.warn('process.gone', { exitCode }))
app.on('child-process-gone', (_event, { exitCode }) => log.warn('process.gone', { exitCode }))
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})
app.on('quit', () => log.info('app.quit'))

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    log.info('app.second-start')
    showExistingWindow(BrowserWindow)
  })
  app.whenReady().then(start).catch(giveUp)
} else {
  app.quit()
}
