import type { Page } from '@playwright/test'

/** Everything that the app's origin has stored in this browser, as one text: names, keys and values, bytes as characters. */
export function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const text = (value: unknown): string =>
      JSON.stringify(value, (_key, part: unknown) => {
        if (part instanceof ArrayBuffer) return new TextDecoder('latin1').decode(part)
        return ArrayBuffer.isView(part) ? new TextDecoder('latin1').decode(part as Uint8Array) : part
      }) ?? ''
    const found = [text({ ...localStorage }), text({ ...sessionStorage })]
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await asked(indexedDB.open(name))
      for (const store of db.objectStoreNames) {
        const rows = db.transaction(store).objectStore(store)
        found.push(name, store, text(await asked(rows.getAllKeys())), text(await asked(rows.getAll())))
      }
      db.close()
    }
    return found.join('\n')
  })
}

/** The databases that hold a replica. */
export function storedReplicas(page: Page): Promise<string[]> {
  return page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name = '' }) => (name.startsWith('tradesphere-log-') ? [name] : [])),
  )
}
