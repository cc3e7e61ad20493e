import type { App, Shell, WebContents } from 'electron'
import type { Log } from '../log/log.ts'
import { isAppUrl } from './app-origin.ts'
import { externalLink } from './external-links.ts'

/**
 * Keeps every window inside the app: no navigation, redirect, popup or `<webview>` leads out.
 * A link to the web, a mail address or a phone number goes to the operating system instead.
 */
export function guardNavigation(app: Pick<App, 'on'>, shell: Pick<Shell, 'openExternal'>, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, shell, log))
}

/** The guard of one page; see `guardNavigation`. */
export function guardContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  shell: Pick<Shell, 'openExternal'>,
  log: Log,
): void {
  const leave = (url: string): void => {
    const target = externalLink(url)
    if (target === null) {
      log.warn('link.refused')
      return
    }
    shell.openExternal(target).catch((error: unknown) => log.warn('link.failed', { error }))
  }
  contents.on('will-frame-navigate', (event) => {
    if (isAppUrl(event.url)) return
    event.preventDefault()
    if (event.isMainFrame) leave(event.url)
    else log.warn('navigation.refused')
  })
  // The bundle never redirects: a redirect is somebody else's doing, and is not followed.
  contents.on('will-redirect', (event) => {
    event.preventDefault()
    log.warn('redirect.refused')
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    log.warn('webview.refused')
  })
  contents.setWindowOpenHandler(({ url }) => {
    leave(url)
    return { action: 'deny' }
  })
}
