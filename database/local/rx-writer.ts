import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb'
import { toStorageError } from './storage-error.ts'

/** Documents to write whole, over whatever is stored under their keys, and keys to remove. */
export interface DocumentChanges<T> {
  readonly put: readonly T[]
  readonly removed?: readonly string[]
}

/** Rows for one collection, ready to be written. */
export type PreparedWrite = (context: string) => Promise<void>

/**
 * Looks up what is stored under the keys and makes rows over it; null when there is nothing to
 * write. The write it returns is one transaction of the storage. RxDB reports failed rows in its
 * answer instead of throwing: any of them throws here, so that no caller can go on as if it had been
 * written.
 *
 * @throws StorageError, here and in the write
 */
export async function prepareWrite<T>(
  collection: RxCollection<T>,
  { put, removed = [] }: DocumentChanges<T>,
): Promise<PreparedWrite | null> {
  // The storage instance directly, as RxDB's own replication does: the collection's `bulkUpsert`
  // writes existing documents one after a failed insert, in a second transaction.
  const storage = collection.storageInstance
  const keyPath = collection.schema.primaryPath as keyof T
  const keyOf = (document: T) => String(document[keyPath])
  if (put.length + removed.length === 0) return null
  const stored = await storage.findDocumentsById([...put.map(keyOf), ...removed], true).catch(rethrow)
  const previous = new Map(stored.map((document) => [keyOf(document), document]))
  const kept = new Map(put.map((document) => [keyOf(document), document]))
  const rows = [...kept].map(([key, document]) => toRow(document, previous.get(key), false))
  for (const key of new Set(removed)) {
    const before = previous.get(key)
    // Nothing of a removed document stays but its key.
    if (before !== undefined && !before._deleted) rows.push(toRow({ [keyPath]: key } as T, before, true))
  }
  if (rows.length === 0) return null
  return async (context) => {
    const { error } = await storage.bulkWrite(rows, context).catch(rethrow)
    if (error.length > 0) {
      rethrow(new Error(`${error.length} of ${rows.length} rows were not written (status ${error[0]?.status})`))
    }
  }
}

function toRow<T>(document: T, previous: RxDocumentData<T> | undefined, deleted: boolean): BulkWriteRow<T> {
  const next = {
    ...document,
    _attachments: {},
    _deleted: deleted,
    _meta: previous?._meta ?? { lwt: 1 },
    _rev: previous?._rev ?? '',
  } as RxDocumentData<T>
  return previous === undefined ? { document: next } : { previous, document: next }
}

function rethrow(cause: unknown): never {
  throw toStorageError(cause)
}
