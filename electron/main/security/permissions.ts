import type { Session } from 'electron'
import type { Log } from '../log/log.ts'
import { isAppUrl } from './app-origin.ts'
import { externalLink } from './external-links.ts'

/**
 * What the app itself may do without being asked: copy text, keep its storage from being evicted,
 * and reach a backend on this machine or in the office's network (the Content-Security-Policy
 * narrows that to the configured one). Everything else (camera, location, notifications, USB, …)
 * is refused; a feature that needs one adds it here.
 */
const GRANTED: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'persistent-storage',
  'local-network-access',
  'local-network',
  'loopback-network',
])

/** Whether a page may have a permission. `origin` is the page's origin or URL. */
export function mayHave(permission: string, origin: string): boolean {
  return GRANTED.has(permission) && isAppUrl(origin)
}

/** Denies every permission that `mayHave` doesn't grant, for requests and for checks alike. */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
  log: Log,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    // A mailto: or tel: link that Chromium hands to the operating system by itself.
    const leaves = permission === 'openExternal' && 'externalURL' in details ? details.externalURL : undefined
    const allowed =
      details.isMainFrame &&
      (leaves === undefined
        ? mayHave(permission, details.requestingUrl)
        : isAppUrl(details.requestingUrl) && externalLink(leaves) !== null)
    if (!allowed) log.warn('permission.refused')
    answer(allowed)
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    return details.isMainFrame && mayHave(permission, origin)
  })
  session.setDevicePermissionHandler(() => false)
}
