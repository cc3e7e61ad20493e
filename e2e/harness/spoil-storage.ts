import type { Page } from '@playwright/test'

/** What failing disks and key stores do to what is stored. There is one replica. */
type Spoiling =
  /** The first record of the log is cut short: its proof no longer fits. */
  | { readonly kind: 'breakRecord' }
  /**
   * Text is replaced in the records that hold all of the words, sealed again with the replica's own
   * key: what is stored is what was written, and is no customer any more.
   */
  | { readonly kind: 'rewrite'; readonly words: readonly string[]; readonly from: string; readonly to: string }
  /** The key of the replica is taken away, or given back. */
  | { readonly kind: 'hideKey' | 'giveKeyBack' }

interface StoredRecord {
  readonly seq: number
  readonly from: number
  readonly n: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * Spoils what the page's origin has stored, past the app's own code. The app may be open meanwhile and
 * notices at its next start. Throws when there was nothing to spoil.
 */
export async function spoilStorage(page: Page, spoiling: Spoiling): Promise<void> {
  const spoiled = await page.evaluate(async (what) => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const databases = await indexedDB.databases()
    const logName = databases.find(({ name }) => name?.startsWith('tradesphere-log-'))?.name ?? ''
    const keysDb = await asked(indexedDB.open('tradesphere-keys'))
    const keys = () => keysDb.transaction('keys', 'readwrite').objectStore('keys')
    const logDb = await asked(indexedDB.open(logName))
    const log = () => logDb.transaction('log', 'readwrite').objectStore('log')
    const [held] = await asked<{ name: string; key: CryptoKey }[]>(keys().getAll())
    if (held === undefined) throw new Error('there is no key')

    const rewrite = async (record: StoredRecord, words: readonly string[], from: string, to: string) => {
      const place = `${logName}|${record.from}|${record.seq}|${record.n}`
      const seal = { name: 'AES-GCM', iv: record.iv, additionalData: new TextEncoder().encode(place) }
      const text = new TextDecoder().decode(await crypto.subtle.decrypt(seal, held.key, record.body))
      if (!words.every((word) => text.includes(word)) || !text.includes(from)) return 0
      const bytes = new TextEncoder().encode(text.replaceAll(from, to))
      await asked(log().put({ ...record, body: new Uint8Array(await crypto.subtle.encrypt(seal, held.key, bytes)) }))
      return 1
    }

    let count = 0
    if (what.kind === 'hideKey' || what.kind === 'giveKeyBack') {
      const { name } = held
      await asked(keys().delete(name))
      await asked(
        keys().add({ ...held, name: what.kind === 'hideKey' ? `hidden ${name}` : name.replace('hidden ', '') }),
      )
      count += 1
    } else {
      const records = await asked<StoredRecord[]>(log().getAll())
      for (const record of what.kind === 'breakRecord' ? records.slice(0, 1) : records) {
        if (what.kind === 'rewrite') count += await rewrite(record, what.words, what.from, what.to)
        else await asked(log().put({ ...record, body: record.body.slice(0, 8) }))
      }
      count += what.kind === 'breakRecord' ? records.length : 0
    }
    keysDb.close()
    logDb.close()
    return count
  }, spoiling)
  if (spoiled === 0) throw new Error(`nothing was there for ${spoiling.kind}`)
}
