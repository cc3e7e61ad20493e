import type { ReplicaRecord, StoredCollection } from '#database/local/replica-record.ts'

/** What the server sends of the sync window only (shared/sync-protocol/collections.ts). */
const WINDOWED: ReadonlySet<StoredCollection> = new Set(['conversations', 'interactions', 'activity'])

/** So much older than the window a row may get: it must not leave while somebody looks at it. */
const MARGIN_DAYS = 7
const DAY_MS = 86_400_000

/**
 * Keys of rows that fell out of the window of so many days: a new replica would not get them, and
 * the server no longer tells of changes. What waits or was refused stays. `now`: the server's time,
 * in milliseconds; a laptop's clock may be years ahead.
 */
export function outOfWindow(records: Iterable<ReplicaRecord>, windowDays: number, now: number): string[] {
  const oldest = now - (windowDays + MARGIN_DAYS) * DAY_MS
  const keys: string[] = []
  for (const { key, collection, at, local } of records) {
    if (local === null && WINDOWED.has(collection) && Date.parse(at) < oldest) keys.push(key)
  }
  return keys
}
