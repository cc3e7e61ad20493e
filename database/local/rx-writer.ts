import type { BulkWriteRow, RxCollection, RxDocumentData } from 'rxdb'
import { toStorageError } from './storage-error.ts'

/**
 * Writes documents in one storage transaction, whole or not at all, over whatever is stored under
 * their keys. RxDB reports failed rows in its answer instead of throwing: any of them throws here,
 * so that no caller can go on as if it had been written.
 *
 * @throws StorageError
 */
export async function putDocuments<T>(collection: RxCollection<T>, documents: readonly T[]): Promise<void> {
  await write(collection, documents, false)
}

/** Removes documents in one storage transaction. @throws StorageError */
export async function removeDocuments<T>(collection: RxCollection<T>, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const stored = await collection.storageInstance.findDocumentsById([...keys], false).catch(rethrow)
  await write(collection, stored, true)
}

async function write<T>(collection: RxCollection<T>, documents: readonly T[], deleted: boolean): Promise<void> {
  if (documents.length === 0) return
  // The storage instance directly, as RxDB's own replication does: the collection's `bulkUpsert`
  // writes existing documents one after a failed insert, in a second transaction.
  const storage = collection.storageInstance
  const keyOf = (document: T) => String(document[collection.schema.primaryPath as keyof T])
  try {
    const stored = await storage.findDocumentsById(documents.map(keyOf), true)
    const previous = new Map(stored.map((document) => [keyOf(document), document]))
    const rows = documents.map((document) => toRow(document, previous.get(keyOf(document)), deleted))
    const { error } = await storage.bulkWrite(rows, 'replica')
    if (error.length > 0) {
      throw new Error(`${error.length} of ${rows.length} rows were not written (status ${error[0]?.status})`)
    }
  } catch (cause) {
    rethrow(cause)
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
