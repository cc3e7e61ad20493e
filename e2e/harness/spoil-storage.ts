import type { Page } from '@playwright/test'
import type { CrmBridge } from '#shared/ipc/contract.ts'

/** What failing disks and key stores do to what is stored. There is one replica. */
type Spoiling =
  /** The first record of the log is cut short: its proof no longer fits. */
  | { readonly kind: 'breakRecord' }
  /**
   * Text is replaced in the stored documents that hold all of the words, sealed again with the replica's own
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
 * Spoils what the page's origin has stored, past the app's own code, which notices at its next start.
 * For records of the log the app's worker is ended before: it would write sound ones after them.
 * Throws when there was nothing to spoil.
 */
export async function spoilStorage(page: Page, spoiling: Spoiling): Promise<void> {
  if (spoiling.kind === 'breakRecord' || spoiling.kind === 'rewrite') await endWorkers(page)
  const spoiled = await page.evaluate(async (what) => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const databases = await indexedDB.databases()
    const logName = databases.find(({ name }) => name?.startsWith('tradesphere-log-'))?.name ?? ''
    const logDb = await asked(indexedDB.open(logName))
    const log = () => logDb.transaction('log', 'readwrite').objectStore('log')
    const keys = await openKeys(logName.replace('tradesphere-log-', ''))

    const rewrite = async (record: StoredRecord, words: readonly string[], from: string, to: string) => {
      const place = `${logName}|${record.from}|${record.seq}|${record.n}`
      const seal = { name: 'AES-GCM', iv: record.iv, additionalData: new TextEncoder().encode(place) }
      const text = new TextDecoder().decode(await crypto.subtle.decrypt(seal, await keys.get(), record.body))
      const spoil = (document: unknown): unknown => {
        const stored = JSON.stringify(document)
        return words.every((word) => stored.includes(word)) ? JSON.parse(stored.replaceAll(from, to)) : document
      }
      // One record may hold documents of several writes.
      const parts = (JSON.parse(text) as { readonly documents?: readonly unknown[] }[]).map((part) =>
        part.documents === undefined ? part : { ...part, documents: part.documents.map(spoil) },
      )
      if (JSON.stringify(parts) === JSON.stringify(JSON.parse(text))) return 0
      const bytes = new TextEncoder().encode(JSON.stringify(parts))
      const body = new Uint8Array(await crypto.subtle.encrypt(seal, await keys.get(), bytes))
      await asked(log().put({ ...record, body }))
      return 1
    }

    let count = 0
    if (what.kind === 'hideKey' || what.kind === 'giveKeyBack') {
      await (what.kind === 'hideKey' ? keys.hide() : keys.giveBack())
      count += 1
    } else {
      const records = await asked<StoredRecord[]>(log().getAll())
      for (const record of what.kind === 'breakRecord' ? records.slice(0, 1) : records) {
        if (what.kind === 'rewrite') count += await rewrite(record, what.words, what.from, what.to)
        else await asked(log().put({ ...record, body: record.body.slice(0, 8) }))
      }
      count += what.kind === 'breakRecord' ? records.length : 0
    }
    keys.close()
    logDb.close()
    return count

    /** The key of a replica, where the app keeps it: with Electron's main process, or in a database of the page. */
    async function openKeys(replica: string) {
      const { crm } = window as { readonly crm?: CrmBridge }
      if (crm !== undefined) {
        const read = async (key: string): Promise<string> => {
          const value = await crm.invoke('crm:secret-get', { key })
          if (typeof value !== 'string') throw new Error('there is no key')
          return value
        }
        const move = async (from: string, to: string): Promise<void> => {
          await crm.invoke('crm:secret-set', { key: to, value: await read(from) })
          await crm.invoke('crm:secret-remove', { key: from })
        }
        const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
        return {
          get: async () =>
            crypto.subtle.importKey('raw', bytesOf(await read(`key-${replica}`)), 'AES-GCM', false, [
              'encrypt',
              'decrypt',
            ]),
          hide: () => move(`key-${replica}`, `hidden-${replica}`),
          giveBack: () => move(`hidden-${replica}`, `key-${replica}`),
          close: () => {},
        }
      }
      const db = await asked(indexedDB.open('tradesphere-keys'))
      const stored = () => db.transaction('keys', 'readwrite').objectStore('keys')
      const read = async (name: string): Promise<{ name: string; key: CryptoKey }> => {
        const held = await asked<{ name: string; key: CryptoKey } | undefined>(stored().get(name))
        if (held === undefined) throw new Error('there is no key')
        return held
      }
      const move = async (from: string, to: string): Promise<void> => {
        const held = await read(from)
        await asked(stored().delete(from))
        await asked(stored().add({ ...held, name: to }))
      }
      return {
        get: async () => (await read(replica)).key,
        hide: () => move(replica, `hidden ${replica}`),
        giveBack: () => move(`hidden ${replica}`, replica),
        close: () => db.close(),
      }
    }
  }, spoiling)
  if (spoiled === 0) throw new Error(`nothing was there for ${spoiling.kind}`)
}

async function endWorkers(page: Page): Promise<void> {
  await Promise.all(
    page.workers().map(async (worker) => {
      const ended = worker.waitForEvent('close')
      await worker.evaluate(() => void setTimeout(() => globalThis.close()))
      await ended
    }),
  )
}
