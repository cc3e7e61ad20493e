import type { WebFrameMain } from 'electron'
import { APP_ORIGIN, isAppUrl } from './app-origin.ts'

/**
 * Whether a message comes from the bundled app itself: the top frame of a window, at the app's own
 * origin. A null frame has navigated away or is gone since it sent the message.
 */
export function isTrustedSender(frame: Pick<WebFrameMain, 'url' | 'origin' | 'parent'> | null): boolean {
  if (frame === null || frame.parent !== null) return false
  return frame.origin === APP_ORIGIN && isAppUrl(frame.url)
}
