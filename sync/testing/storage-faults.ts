import { IDBObjectStore } from 'fake-indexeddb'

/** Makes the disk of fake-indexeddb fail. `restore` puts it right again. */
export interface StorageFault {
  readonly restore: () => void
  /** How many writes have failed. */
  readonly failed: () => number
}

/**
 * Every write of a value for which `fails` says so is refused as by a full disk, which also aborts
 * its transaction, until `restore` is called.
 */
export function failWrites(fails: (value: { readonly id?: unknown; readonly key?: unknown }) => boolean): StorageFault {
  const { put } = IDBObjectStore.prototype
  let failed = 0
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: object, key?: IDBValidKey) {
    if (fails(value)) {
      failed += 1
      throw new DOMException('The disk is full', 'QuotaExceededError')
    }
    return key === undefined ? put.call(this, value) : put.call(this, value, key)
  }
  return {
    restore: () => {
      IDBObjectStore.prototype.put = put
    },
    failed: () => failed,
  }
}
