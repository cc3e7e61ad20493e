import { beginFreshJournal } from './fresh-journal.ts'
import type { IndexedDbApi } from './indexed-db-api.ts'

/** The part of the Storage Buckets API that is used here; TypeScript does not know it yet. */
interface StorageBuckets {
  open(
    name: string,
    options: { readonly durability: 'strict'; readonly persisted: true },
  ): Promise<{ readonly indexedDB: IDBFactory }>
}

/**
 * An IndexedDB that lies in files of its own, so that Chromium does not delete it with the one that it takes for
 * damaged (docs/storage.md). Null where the platform has no Storage Buckets (Firefox, Safari) or refuses one.
 */
export async function openMirrorBucket(navigator: object, keyRange: typeof IDBKeyRange): Promise<IndexedDbApi | null> {
  try {
    const { storageBuckets } = navigator as { readonly storageBuckets?: StorageBuckets }
    const bucket = await storageBuckets?.open('unsent', { durability: 'strict', persisted: true })
    if (bucket === undefined) return null
    const api = { indexedDB: bucket.indexedDB, IDBKeyRange: keyRange }
    await beginFreshJournal(api)
    return api
  } catch {
    return null
  }
}
