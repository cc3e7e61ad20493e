import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type MainWindowParts, openMainWindow, showWindow, windowOptions } from './main-window.ts'
import { noticeResume } from './resume-notice.ts'
import { FIRST_WINDOW } from './window-state.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-window-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const log = { info: vi.fn(), warn: vi.fn() }

class FakeWindow extends EventEmitter {
  static readonly made: FakeWindow[] = []
  readonly loadURL = vi.fn(async () => {})
  readonly show = vi.fn()
  readonly maximize = vi.fn()
  readonly options: object
  constructor(options: object) {
    super()
    this.options = options
    FakeWindow.made.push(this)
  }
}

function open(): FakeWindow | undefined {
  const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
  openMainWindow({
    electron: { BrowserWindow: FakeWindow, screen } as unknown as MainWindowParts['electron'],
    preload: '/app/preload.cjs',
    stateFile: join(folder, 'window.json'),
    devTools: false,
    log,
  })
  return FakeWindow.made.at(-1)
}

test('EL-1: a window has every protection on', () => {
  expect(windowOptions(FIRST_WINDOW, '/app/preload.cjs', false).webPreferences).toEqual({
    preload: '/app/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    devTools: false,
  })
})

test('EL-2: the window loads the bundle and shows itself once it is painted', () => {
  const window = open()
  expect(window?.loadURL).toHaveBeenCalledExactlyOnceWith('app://bundle/index.html')
  expect(window?.show).not.toHaveBeenCalled()
  window?.emit('ready-to-show')
  expect(window?.show).toHaveBeenCalledOnce()
})

test('EL-2: the window opens where it was, maximized when it was', () => {
  const state = { position: { x: 10, y: 20 }, width: 800, height: 600, maximized: true }
  writeFileSync(join(folder, 'window.json'), JSON.stringify(state))
  const window = open()
  expect(window?.options).toMatchObject({ x: 10, y: 20, width: 800, height: 600, show: false })
  expect(window?.maximize).toHaveBeenCalledOnce()
})

test('EL-2: a second start brings the window to the front', () => {
  const window = { isMinimized: () => true, restore: vi.fn(), show: vi.fn(), focus: vi.fn() }
  const open = vi.fn()
  showWindow({ getAllWindows: () => [window] as never }, open)
  expect(window.restore).toHaveBeenCalledOnce()
  expect(window.show).toHaveBeenCalledOnce()
  expect(window.focus).toHaveBeenCalledOnce()
  expect(open).not.toHaveBeenCalled()
})

test('EL-2: a link or a notification opens a window where all are closed', () => {
  const open = vi.fn()
  showWindow({ getAllWindows: () => [] }, open)
  expect(open).toHaveBeenCalledOnce()
})

test('EL-2: when the machine wakes up every window hears it', () => {
  const powerMonitor = new EventEmitter()
  const send = vi.fn()
  const windows = { getAllWindows: () => [{ webContents: { send } }, { webContents: { send } }] as never }
  noticeResume(powerMonitor as unknown as Parameters<typeof noticeResume>[0], windows, log)
  powerMonitor.emit('resume')
  expect(send.mock.calls).toEqual([['crm:resume'], ['crm:resume']])
})
