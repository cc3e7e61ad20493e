import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type * as Electron from 'electron'
import { collectErrors } from '../profile.ts'
import { decode, encode } from './codec.ts'
import { INVOKE_BINDING, preloadScript } from './preload-script.ts'
import { frameOf, StandinContents } from './standin-contents.ts'
import type { StandinState } from './standin-state.ts'
import { strict } from './strict.ts'

/** Electron's `BrowserWindow`, on a page of Chromium with the built preload in it. */
export class StandinWindow extends EventEmitter {
  readonly webContents: StandinContents
  readonly #state: StandinState
  #bounds: Electron.Rectangle
  #visible: boolean
  #maximized = false
  #closed = false

  constructor(state: StandinState, openPage: () => Promise<Page>, options: Electron.BrowserWindowConstructorOptions) {
    super()
    if (!state.app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const { sandbox, contextIsolation, nodeIntegration, preload } = options.webPreferences ?? {}
    if (sandbox === false || contextIsolation === false || nodeIntegration === true) {
      throw new Error('electron stand-in: unsafe webPreferences')
    }
    this.#state = state
    this.#visible = options.show !== false
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.webContents = strict('webContents', new StandinContents(state))
    state.windows.push(this)
    state.app.emit('web-contents-created', {}, this.webContents)
    this.#open(openPage, preload).catch((error: unknown) => this.webContents.fail(error))
  }

  async #open(openPage: () => Promise<Page>, preload: string | undefined): Promise<void> {
    const page = await openPage()
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height })
    collectErrors(page, this.#state.record.pageErrors)
    page.on('download', (download) => {
      // Without main's veto Electron would ask the person where to save it.
      this.#state.session.emit('will-download', { preventDefault: () => void download.cancel() }, {}, this.webContents)
    })
    page.on('load', () => this.emit('ready-to-show', {}))
    page.on('close', () => this.#onClosed())
    if (preload !== undefined) {
      if (!preload.endsWith('.cjs')) throw new Error('electron stand-in: a sandboxed preload must be CommonJS')
      await page.exposeBinding(INVOKE_BINDING, async ({ frame }, channel: string, text: string) => {
        const event = { sender: this.webContents, senderFrame: frameOf(frame, this.#state.schemes) }
        return this.#invoke(channel, event as unknown as Electron.IpcMainInvokeEvent, decode(text))
      })
      await page.addInitScript({ content: preloadScript(readFileSync(preload, 'utf8')) })
    }
    this.webContents.attach(page)
    this.#state.firstPage.resolve(page)
  }

  async #invoke(channel: string, event: Electron.IpcMainInvokeEvent, args: unknown): Promise<string> {
    try {
      const handler = this.#state.ipcHandlers.get(channel)
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      if (!Array.isArray(args)) throw new Error('arguments are not an array')
      return JSON.stringify({ value: encode(structuredClone(await handler(event, ...args))) })
    } catch (error) {
      return JSON.stringify({ error: String(error) })
    }
  }

  #onClosed(): void {
    if (this.#closed) return
    this.#closed = true
    this.#state.windows = this.#state.windows.filter((window) => window !== this)
    this.emit('closed', {})
    if (this.#state.windows.length === 0) this.#state.app.emit('window-all-closed', {})
  }

  loadURL = ((url) => this.webContents.loadURL(url)) satisfies Electron.BrowserWindow['loadURL']
  show = (() => {
    this.#visible = true
  }) satisfies Electron.BrowserWindow['show']
  isVisible = (() => this.#visible) satisfies Electron.BrowserWindow['isVisible']
  maximize = (() => {
    this.#maximized = true
  }) satisfies Electron.BrowserWindow['maximize']
  isMaximized = (() => this.#maximized) satisfies Electron.BrowserWindow['isMaximized']
  isMinimized = (() => false) satisfies Electron.BrowserWindow['isMinimized']
  restore = (() => {}) satisfies Electron.BrowserWindow['restore']
  hide = (() => {
    this.#visible = false
  }) satisfies Electron.BrowserWindow['hide']
  // Nobody looks at a test: notifications are shown.
  isFocused = (() => false) satisfies Electron.BrowserWindow['isFocused']
  focus = (() => {}) satisfies Electron.BrowserWindow['focus']
  getNormalBounds = (() => this.#bounds) satisfies Electron.BrowserWindow['getNormalBounds']
  setBounds = ((bounds) => {
    this.#bounds = { ...this.#bounds, ...bounds }
  }) satisfies Electron.BrowserWindow['setBounds']
  close = (() => {
    let isPrevented = false
    const preventDefault = (): void => {
      isPrevented = true
    }
    this.emit('close', { preventDefault })
    if (!isPrevented) void this.webContents.page?.close()
  }) satisfies Electron.BrowserWindow['close']
}

/** What main constructs, and asks for the windows there are. */
export interface StandinWindowClass {
  new (options?: Electron.BrowserWindowConstructorOptions): StandinWindow
  readonly getAllWindows: typeof Electron.BrowserWindow.getAllWindows
}

/** The `BrowserWindow` of one launch. */
export function windowClass(state: StandinState, openPage: () => Promise<Page>): StandinWindowClass {
  return class extends StandinWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      super(state, openPage, options)
    }
    static getAllWindows = () => state.windows as unknown as Electron.BrowserWindow[]
  }
}
