import { EventEmitter } from 'node:events'
import type { Frame, Page } from '@playwright/test'
import type { WebContents, WebFrameMain } from 'electron'
import { encode } from './codec.ts'
import { DISPATCH_SYMBOL } from './preload-script.ts'
import type { StandinState } from './standin-state.ts'
import { toAppUrl, toWebUrl } from './web-origin.ts'

/** A frame as main sees it: with the app's own URL, not the one Chromium was shown. */
export function frameOf(frame: Frame, schemes: ReadonlySet<string>): WebFrameMain {
  const url = toAppUrl(frame.url(), schemes)
  const parent = frame.parentFrame()
  return {
    url,
    origin: /^([a-z]+:\/\/[^/?#]+)/i.exec(url)?.[1] ?? 'null',
    name: frame.name(),
    parent: parent ? frameOf(parent, schemes) : null,
  } satisfies Pick<WebFrameMain, 'url' | 'origin' | 'name' | 'parent'> as WebFrameMain
}

/** Electron's `WebContents`, on a page of Chromium. */
export class StandinContents extends EventEmitter {
  readonly #state: StandinState
  readonly #opened = Promise.withResolvers<Page>()
  #page: Page | null = null
  #openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] = () => ({ action: 'allow' })
  /** Loads that main itself began: they are no navigations of the page. */
  readonly expected = new Set<string>()

  constructor(state: StandinState) {
    super()
    this.#state = state
  }

  get page(): Page | null {
    return this.#page
  }

  attach(page: Page): void {
    this.#page = page
    this.#opened.resolve(page)
  }

  fail(error: unknown): void {
    this.#opened.reject(error)
  }

  /** Asks main about a popup; true when it may open. */
  mayOpen(web: string): boolean {
    const url = toAppUrl(web, this.#state.schemes)
    const { action } = this.#openHandler({
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: this.getURL(), policy: 'no-referrer' },
    })
    if (action === 'deny') this.#state.record.popupsDenied.push(url)
    return action === 'allow'
  }

  setWindowOpenHandler = ((handler) => {
    this.#openHandler = handler
  }) satisfies WebContents['setWindowOpenHandler']

  getURL = (() => toAppUrl(this.#page?.url() ?? '', this.#state.schemes)) satisfies WebContents['getURL']

  reload = (() => void this.#page?.reload()) satisfies WebContents['reload']

  send = ((channel: string, ...args: unknown[]) => {
    const text = encode(structuredClone(args))
    void this.#opened.promise.then((page) =>
      page
        .evaluate(
          ([key, name, payload]) => {
            const dispatch: unknown = Reflect.get(globalThis, Symbol.for(key))
            if (typeof dispatch === 'function') dispatch(name, payload)
          },
          [DISPATCH_SYMBOL, channel, text] as const,
        )
        .catch((error: unknown) => {
          // A window, or a document, that has gone meanwhile is told nothing, as in Electron.
          if (!page.isClosed() && !String(error).includes('context was destroyed')) throw error
        }),
    )
  }) satisfies WebContents['send']

  async loadURL(url: string): Promise<void> {
    const page = await this.#opened.promise
    const target = toWebUrl(url, this.#state.schemes)
    this.expected.add(target)
    await page.goto(target)
  }
}
