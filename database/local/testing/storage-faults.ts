import { IDBObjectStore } from 'fake-indexeddb'
import { decodeParts } from '../log-storage/log-record.ts'

/** Makes the disk of fake-indexeddb fail. `restore` puts it right again. */
export interface StorageFault {
  readonly restore: () => void
  /** How many writes have failed. */
  readonly failed: () => number
}

/** What a test sees of a document that is written: customers have an `id`, state has a `key`. */
interface WrittenDocument {
  readonly [field: string]: unknown
  readonly id?: unknown
  readonly key?: unknown
}

/**
 * Every write of a document for which `fails` says so is refused as by a full disk, which also
 * aborts its transaction, until `restore` is called. Looks into the records of the log storage.
 */
export function failWrites(fails: (document: WrittenDocument) => boolean): StorageFault {
  const { put, add } = IDBObjectStore.prototype
  let failed = 0
  const guarded = (write: typeof put): typeof put =>
    function (this: IDBObjectStore, value: object, key?: IDBValidKey) {
      if (documentsOf(value).some(fails)) {
        failed += 1
        throw new DOMException('The disk is full', 'QuotaExceededError')
      }
      return key === undefined ? write.call(this, value) : write.call(this, value, key)
    }
  IDBObjectStore.prototype.put = guarded(put)
  IDBObjectStore.prototype.add = guarded(add)
  return {
    restore: () => {
      IDBObjectStore.prototype.put = put
      IDBObjectStore.prototype.add = add
    },
    failed: () => failed,
  }
}

/** The documents in a stored value: those of a log's record, or the value itself. */
function documentsOf(value: object): readonly WrittenDocument[] {
  if (!('body' in value) || !(value.body instanceof Uint8Array)) return [{ ...value }]
  return decodeParts(value.body).flatMap((part): WrittenDocument[] =>
    part.op === 'put' ? part.documents.map((document) => ({ ...document })) : [],
  )
}
