import type { AppSession } from './replica-model.ts'
import type { Store, TextStorage } from './store.ts'

const KEY = 'crm.reloaded-at'
/** A second crash within this time is not helped by loading again: then the screen says so. */
const AGAIN_MS = 60_000

/**
 * Loads the page again when its worker died: once in a minute. What is saved lies on the disk, and what
 * is being typed in the drafts of this window. A storage that refuses means: never, rather than for ever.
 */
export function reloadOnce(
  session: Pick<Store<AppSession>, 'get' | 'subscribe'>,
  storage: TextStorage,
  now: () => number,
  reload: () => void,
): void {
  session.subscribe(() => {
    if (session.get().kind !== 'crashed') return
    try {
      if (now() - Number(storage.getItem(KEY) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return
      storage.setItem(KEY, String(now()))
    } catch {
      return
    }
    reload()
  })
}
