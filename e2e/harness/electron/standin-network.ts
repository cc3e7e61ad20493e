import type { Frame, Page, Request as PageRequest, Route } from '@playwright/test'
import type * as Electron from 'electron'
import type { StandinContents } from './standin-contents.ts'
import type { StandinState } from './standin-state.ts'
import { toAppUrl } from './web-origin.ts'

/**
 * What Electron does between a page and the network: answers the app's schemes by its protocol
 * handlers, asks its guards about navigations and popups, and (unlike Electron) lets nothing out
 * but to this machine. Returns how to open a page that is a window of the app.
 */
export async function guardNetwork(state: StandinState): Promise<() => Promise<Page>> {
  const { context, schemes, protocolHandlers, record } = state
  // A profile opens with an empty page, which serves the first window.
  let [emptyPage] = context.pages()
  let ownPages = 0
  let popupDecided = false

  const contentsOf = (frame: Frame | null): StandinContents | undefined =>
    state.windows.find((window) => window.webContents.page?.mainFrame() === frame)?.webContents

  // `popup` on the opener is not emitted for rel=noreferrer: listen on the context. A popup is
  // decided at its first request; about:blank makes none, so it is decided here. The event of an
  // aborted popup comes many seconds late and only tidies up.
  context.on('page', (page) => {
    if (ownPages > 0) {
      ownPages -= 1
      return
    }
    if (!popupDecided) state.windows[0]?.webContents.mayOpen(page.url() || 'about:blank')
    popupDecided = false
    void page.close()
  })

  await context.route('**/*', async (route: Route) => {
    const request = route.request()
    const web = request.url()
    const url = toAppUrl(web, schemes)
    if (request.isNavigationRequest()) {
      const frame = frameOfRequest(request)
      const contents = contentsOf(frame)
      if (frame === null || (frame.parentFrame() === null && contents === undefined)) {
        popupDecided = true
        if (state.windows[0]?.webContents.mayOpen(web)) throw new Error('electron stand-in: no popups here')
        return route.abort('aborted')
      }
      if (
        contents !== undefined &&
        !contents.expected.delete(web) &&
        web !== frame.url() &&
        !mayNavigate(contents, url)
      ) {
        record.navigationsPrevented.push(url)
        return route.abort('aborted')
      }
    }
    const handler = protocolHandlers.get(url.slice(0, url.indexOf(':')))
    if (handler !== undefined) return answer(route, await handler(await toFetchRequest(request, url)))
    const { hostname } = new URL(web)
    return hostname === '127.0.0.1' || hostname === 'localhost' ? route.continue() : route.abort('internetdisconnected')
  })

  return async () => {
    const page = emptyPage
    emptyPage = undefined
    if (page !== undefined) return page
    ownPages += 1
    return context.newPage()
  }
}

function frameOfRequest(request: PageRequest): Frame | null {
  try {
    return request.frame()
  } catch {
    return null // the frame of a popup that has no page yet
  }
}

function mayNavigate(contents: StandinContents, url: string): boolean {
  let prevented = false
  const details = {
    url,
    isSameDocument: false,
    isMainFrame: true,
    frame: null,
    initiator: null,
    defaultPrevented: false,
    preventDefault: () => {
      prevented = true
    },
  } satisfies Electron.Event<Electron.WebContentsWillFrameNavigateEventParams>
  contents.emit('will-frame-navigate', details)
  contents.emit('will-navigate', details, url, false, true, 0, 0)
  return !prevented
}

async function toFetchRequest(request: PageRequest, url: string): Promise<Request> {
  const headers = Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(':'))
  const body = request.postDataBuffer()
  return new Request(url, { method: request.method(), headers, ...(body ? { body: new Uint8Array(body) } : {}) })
}

async function answer(route: Route, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
}
