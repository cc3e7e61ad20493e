import type { IndexedDbApi } from '../indexed-db-api.ts'

/** Every byte that lies in any IndexedDB of a disk, as text: what somebody with the disk could read. */
export async function storedText({ indexedDB }: IndexedDbApi): Promise<string> {
  const texts: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name))
    for (const store of db.objectStoreNames) {
      const rows = db.transaction(store).objectStore(store)
      const found = [await done(rows.getAll()), await done(rows.getAllKeys())]
      texts.push(JSON.stringify(found, (_key, value: unknown) => (ArrayBuffer.isView(value) ? textOf(value) : value)))
    }
    db.close()
  }
  return texts.join('\n')
}

function textOf(bytes: ArrayBufferView): string {
  return new TextDecoder().decode(bytes)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
