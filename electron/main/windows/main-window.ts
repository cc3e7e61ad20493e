import type * as Electron from 'electron'
import type { Log } from '../log/log.ts'
import { APP_START_URL } from '../security/app-origin.ts'
import { keepWindowState, placeWindow, readWindowState, type WindowState } from './window-state.ts'

/** What a window needs of its surroundings. */
export interface MainWindowParts {
  readonly electron: Pick<typeof Electron, 'BrowserWindow' | 'screen'>
  /** The built preload, CommonJS: a sandboxed one can't be an ES module. */
  readonly preload: string
  readonly stateFile: string
  readonly devTools: boolean
  readonly log: Log
}

/** The options of the app's window, with every protection named although some are defaults. */
export function windowOptions(
  state: WindowState,
  preload: string,
  devTools: boolean,
): Electron.BrowserWindowConstructorOptions {
  return {
    ...state.position,
    width: state.width,
    height: state.height,
    minWidth: 360,
    minHeight: 400,
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools,
    },
  }
}

/** Opens the app's window where it was last time, and shows it when there is something to see. */
export function openMainWindow({
  electron,
  preload,
  stateFile,
  devTools,
  log,
}: MainWindowParts): Electron.BrowserWindow {
  const screens = electron.screen.getAllDisplays().map((display) => display.workArea)
  const state = placeWindow(readWindowState(stateFile, log), screens)
  const window = new electron.BrowserWindow(windowOptions(state, preload, devTools))
  if (state.maximized) window.maximize()
  keepWindowState(window, stateFile, log)
  window.once('ready-to-show', () => window.show())
  window.loadURL(APP_START_URL).catch((error: unknown) => log.warn('window.load-failed', { error }))
  return window
}

/** Brings the app's window to the front, as a second start of the app does; where all are closed (macOS), opens one. */
export function showWindow(
  BrowserWindow: Pick<typeof Electron.BrowserWindow, 'getAllWindows'>,
  open: () => void,
): void {
  const window = BrowserWindow.getAllWindows()[0]
  if (window === undefined) {
    open()
    return
  }
  if (window.isMinimized()) window.restore()
  // It may be in the tray.
  window.show()
  window.focus()
}
