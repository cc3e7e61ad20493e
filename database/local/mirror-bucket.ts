import { beginFreshJournal } from './fresh-journal.ts'
import { inTime } from './in-time.ts'
import type { IndexedDbApi } from './indexed-db-api.ts'

/** The part of the Storage Buckets API that is used here; TypeScript does not know it yet. */
interface StorageBuckets {
  open(
    name: string,
    options: { readonly durability: 'strict'; readonly persisted: true },
  ): Promise<{ readonly indexedDB: IDBFactory }>
}

/**
 * Opens an IndexedDB that lies in files of its own, so that Chromium does not delete it with the one that it takes
 * for damaged (docs/storage.md): begun at once, and anew for whoever asks after it was refused or did not answer.
 * Null where the platform has no Storage Buckets (Firefox, Safari).
 */
export function mirrorBucket(
  navigator: object,
  keyRange: typeof IDBKeyRange,
): { readonly open: () => Promise<IndexedDbApi> } | null {
  const { storageBuckets } = navigator as { readonly storageBuckets?: StorageBuckets }
  if (storageBuckets === undefined) return null
  const begin = async () => {
    const { indexedDB } = await storageBuckets.open('unsent', { durability: 'strict', persisted: true })
    const api = { indexedDB, IDBKeyRange: keyRange }
    await beginFreshJournal(api)
    return api
  }
  let opening: Promise<IndexedDbApi> | null = null
  const open = () => {
    const asked = opening ?? inTime(begin())
    opening = asked
    asked.catch(() => {
      if (opening === asked) opening = null
    })
    return asked
  }
  open().catch(() => undefined)
  return { open }
}
