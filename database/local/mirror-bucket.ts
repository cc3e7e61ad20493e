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
 * An IndexedDB that lies in files of its own, so that Chromium does not delete it with the one that it takes for
 * damaged (docs/storage.md). Null where the platform has no Storage Buckets (Firefox, Safari). One that is refused,
 * or does not answer, is no answer: whoever asks it for anything hears why. Never rejects.
 */
export async function openMirrorBucket(navigator: object, keyRange: typeof IDBKeyRange): Promise<IndexedDbApi | null> {
  const { storageBuckets } = navigator as { readonly storageBuckets?: StorageBuckets }
  if (storageBuckets === undefined) return null
  const open = async () => {
    const { indexedDB } = await storageBuckets.open('unsent', { durability: 'strict', persisted: true })
    const api = { indexedDB, IDBKeyRange: keyRange }
    await beginFreshJournal(api)
    return api
  }
  return inTime(open()).catch((cause: unknown) => {
    const refuse = () => {
      throw cause
    }
    const indexedDB: IDBFactory = { open: refuse, deleteDatabase: refuse, databases: refuse, cmp: refuse }
    return { indexedDB, IDBKeyRange: keyRange }
  })
}
