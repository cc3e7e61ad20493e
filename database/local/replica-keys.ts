import { Dexie, type Table } from 'dexie'
import type { IndexedDbApi } from './indexed-db-api.ts'
import type { ReplicaMarks } from './replica-marks.ts'
import { toStorageError } from './storage-error.ts'

/** The keys that replicas are encrypted with, one for each, by the replica's name. */
export interface ReplicaKeys {
  /** The key of a replica; null: there is none, or the platform does not give it out now. @throws StorageError */
  find(replica: string): Promise<CryptoKey | null>
  /** Whether there was a key that nobody has deleted, when `find` has none: the platform has lost it, and the replica too. */
  had(replica: string): Promise<boolean>
  /** Makes a key and resolves when it is durably kept. @throws StorageError */
  create(replica: string): Promise<CryptoKey>
  /** The key if it lies beside the replica, where it would go together with it; null: it is kept elsewhere. @throws StorageError */
  beside?(replica: string): Promise<CryptoKey | null>
  /** Puts back a key that went together with the replica. @throws StorageError */
  restore?(replica: string, key: CryptoKey): Promise<void>
  /** Deletes the key: what is left of the replica can't be read again. @throws StorageError */
  forget(replica: string): Promise<void>
}

/** The platform's secret store: Electron's, over the host. */
export interface KeySecrets {
  get(key: string): Promise<string | null>
  /** Whether it is durably kept: a platform without a key store refuses. */
  set(key: string, value: string): Promise<boolean>
  remove(key: string): Promise<void>
}

const DATABASE = 'tradesphere-keys'
const KEY_BYTES = 32
const USAGES: KeyUsage[] = ['encrypt', 'decrypt']

/**
 * Keys of a browser: made by WebCrypto as not extractable and kept by IndexedDB as they are, so that
 * no script ever sees their bytes. They protect what is left of a replica that was removed, not a
 * disk in strange hands: the browser keeps keys and data side by side. `marks` tell a replica that went
 * together with its key from one that never was.
 */
export function browserKeys(api: IndexedDbApi, marks: ReplicaMarks | null = null): ReplicaKeys {
  const use = async <T>(
    work: (keys: Table<{ name: string; key: CryptoKey }, string>) => PromiseLike<T>,
  ): Promise<T> => {
    const db = new Dexie(DATABASE, { ...api, chromeTransactionDurability: 'strict' })
    db.version(1).stores({ keys: 'name' })
    try {
      await db.open()
      return await work(db.table('keys'))
    } catch (cause) {
      throw toStorageError(cause)
    } finally {
      db.close()
    }
  }
  // Never over one that is there: what it has encrypted would be lost.
  const restore = async (name: string, key: CryptoKey) => {
    await use((keys) => keys.add({ name, key }))
    await marks?.add(name)
  }
  const beside = async (name: string) => (await use((keys) => keys.get(name)))?.key ?? null
  return {
    beside,
    restore,
    find: async (name) => {
      const key = await beside(name)
      // Also one from before there were marks, or from a start that ended between key and mark.
      if (key !== null) await marks?.add(name)
      return key
    },
    had: async (name) => (await marks?.has(name)) ?? false,
    create: async (name) => {
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: KEY_BYTES * 8 }, false, USAGES)
      await restore(name, key)
      return key
    },
    forget: async (name) => {
      await use((keys) => keys.delete(name))
      await marks?.remove(name)
    },
  }
}

/**
 * Keys in the platform's secret store; those of `fallback` where it has none. A key that is in the
 * fallback stays there, also when a secret store turns up later.
 */
export function secretKeys(secrets: KeySecrets, fallback: ReplicaKeys): ReplicaKeys {
  const nameOf = (replica: string) => `key-${replica}`
  return {
    find: async (replica) => {
      const stored = await secrets.get(nameOf(replica))
      return stored === null ? fallback.find(replica) : importKey(stored)
    },
    had: (replica) => fallback.had(replica),
    beside: async (replica) => (await fallback.beside?.(replica)) ?? null,
    restore: async (replica, key) => fallback.restore?.(replica, key),
    create: async (replica) => {
      const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(KEY_BYTES))))
      return (await secrets.set(nameOf(replica), text)) ? importKey(text) : fallback.create(replica)
    },
    forget: async (replica) => {
      await secrets.remove(nameOf(replica))
      await fallback.forget(replica)
    },
  }
}

function importKey(text: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, USAGES)
}
