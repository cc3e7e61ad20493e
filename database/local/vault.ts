import { Dexie, type Table } from 'dexie'
import { beginFreshJournal } from './fresh-journal.ts'
import type { IndexedDbApi } from './open-replica.ts'
import { StorageError, toStorageError } from './storage-error.ts'

/** A small durable key/value store for text, apart from any replica: it outlives them all. */
export interface Vault {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  remove(key: string): Promise<void>
  close(): void
}

interface Entry {
  readonly key: string
  readonly value: string
}

/**
 * Opens the vault: the backend's address, who signed in last and, in browsers, their session. Every start
 * opens it before anything else, so this is where the journal of the last one is left behind.
 *
 * @throws StorageError, here and in every method.
 */
export async function openVault(api: IndexedDbApi): Promise<Vault> {
  await beginFreshJournal(api)
  const db = new Dexie('tradesphere-vault', {
    indexedDB: api.indexedDB,
    IDBKeyRange: api.IDBKeyRange,
    chromeTransactionDurability: 'strict',
  })
  db.version(1).stores({ entries: 'key' })
  const entries: Table<Entry, string> = db.table('entries')
  try {
    await db.open()
  } catch (cause) {
    throw new StorageError('storage_refused', cause)
  }
  return {
    get: async (key) => (await guard(() => entries.get(key)))?.value ?? null,
    set: async (key, value) => void (await guard(() => entries.put({ key, value }))),
    remove: (key) => guard(() => entries.delete(key)),
    close: () => db.close(),
  }
}

async function guard<T>(run: () => PromiseLike<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw toStorageError(cause)
  }
}
