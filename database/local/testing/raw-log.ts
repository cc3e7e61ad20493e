import type { IndexedDbApi } from '../indexed-db-api.ts'

/** Does something to the stores of a log, past every guard, as a failing disk would. */
export async function rawLog(
  { indexedDB }: IndexedDbApi,
  name: string,
  work: (log: IDBObjectStore, meta: IDBObjectStore) => void,
): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  await new Promise<void>((resolve, reject) => {
    const transaction = db.transaction(['log', 'meta'], 'readwrite')
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    work(transaction.objectStore('log'), transaction.objectStore('meta'))
  })
  db.close()
}

/** Changes the record with that number as it lies there. */
export function alterRecord(
  log: IDBObjectStore,
  seq: number,
  change: (record: Record<string, unknown>) => object,
): void {
  const reading = log.get(seq)
  reading.onsuccess = () => void log.put(change(reading.result))
}
