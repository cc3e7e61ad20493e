import { Dexie } from 'dexie'
import type { RxCollection } from 'rxdb'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { derivedOf } from './derived-of.ts'
import type { IndexedDbApi } from './indexed-db-api.ts'
import type { ReplicaCondition } from './local-replica.ts'
import { DocumentLog } from './log-storage/document-log.ts'
import { LogLockedError, MirrorSilentError } from './log-storage/log-errors.ts'
import type { StoredDocument } from './log-storage/log-record.ts'
import { getRxStorageLog } from './log-storage/log-storage.ts'
import type { LogInternals } from './log-storage/log-storage-instance.ts'
import { togetherContext } from './log-storage/together.ts'
import type { MirrorPlace } from './log-storage/unsent-mirror.ts'
import { removeMirror } from './mirrored-replicas.ts'
import { logDatabaseName, type ReplicaMirror } from './replica-place.ts'
import type { ReplicaStorage } from './rx-replica.ts'
import { StorageError } from './storage-error.ts'

/** Where a replica lies: the log storage by default, RxDB's own Dexie storage on request. */
export type StorageKind = 'log' | 'dexie'

/** A document that RxDB's Dexie storage can't read any more shows when the replica is opened. */
const NEVER = new Promise<never>(() => undefined)

/** RxDB's own storage: one IndexedDB per collection, nothing atomic across them. */
export function dexieReplicaStorage(api: IndexedDbApi, name: string): ReplicaStorage {
  return {
    // "Saved" must survive a power loss; Chromium's default only hands the write to the system.
    storage: getRxStorageDexie({ ...api, chromeTransactionDurability: 'strict' }),
    together: null,
    readAll: async <T>(collection: RxCollection<T>) => {
      const query = collection.find()
      const { documents } = await collection.storageInstance.query(query.getPreparedQuery())
      return documents as unknown as T[]
    },
    remove: () => removeDatabases(api, null, name),
    derived: () => null,
    condition: () => 'sound',
    damaged: () => NEVER,
    // Each document lies in one place, and is written over.
    compactNow: async () => undefined,
  }
}

/** The key of a log, and what is known of the log before it is opened. */
export interface LogKey {
  readonly key: CryptoKey | null
  /** Whether there was one before: an empty log was not always empty then. */
  readonly wasThere: boolean
  readonly mirror?: (ReplicaMirror & Pick<MirrorPlace, 'key' | 'counts'>) | null
  /** What goes with the log when that is removed, used until then or not. */
  readonly mirrorToRemove?: ReplicaMirror | null
}

/** Our own storage: one log for all collections. A key encrypts it; none leaves it in the clear. */
export function logReplicaStorage(
  api: IndexedDbApi,
  name: string,
  { key, wasThere, mirror = null, mirrorToRemove = null }: LogKey,
): ReplicaStorage {
  const logName = logDatabaseName(name)
  let condition: ReplicaCondition = 'sound'
  let opened: DocumentLog | null = null
  return {
    storage: getRxStorageLog(async () => {
      try {
        const log = await DocumentLog.open({
          ...api,
          name: logName,
          key,
          salvage: (collection, document) => (isIrreplaceable(collection, document) ? asSent(document) : null),
          mirror: mirror && { ...mirror, canWait, waits },
        })
        if (log.damage !== null) condition = log.wasEmpty ? 'restored' : 'salvaged'
        // A log is never empty once it was in use.
        else if (wasThere && log.wasEmpty) condition = 'vanished'
        opened = log
        return log
      } catch (cause) {
        if (cause instanceof MirrorSilentError) throw new StorageError('storage_silent', cause)
        throw cause instanceof LogLockedError ? new StorageError('storage_locked', cause) : cause
      }
    }),
    together: togetherContext,
    readAll: async <T>(collection: RxCollection<T>) => {
      const { documents } = collection.storageInstance.internals as LogInternals
      return [...documents.values()].filter(({ _deleted }) => !_deleted) as unknown as T[]
    },
    remove: () => removeDatabases(api, mirrorToRemove, name),
    condition: () => condition,
    damaged: () => opened?.compaction.damaged ?? NEVER,
    compactNow: async () => {
      await opened?.derived.clear()
      await opened?.compaction.runWhole()
      await opened?.rewriteMirror(true)
    },
    derived: () => opened && { ...derivedOf(opened.derived), head: () => opened?.head ?? 0 },
  }
}

/** Deletes everything that any storage holds of a replica, without opening it. */
export async function removeDatabases(api: IndexedDbApi, mirror: ReplicaMirror | null, name: string): Promise<void> {
  await removeLog(api, mirror, name)
  for (const database of await dexieDatabases(api, name)) await new Dexie(database, { ...api }).delete()
}

/** Deletes a log, its mirror first: what is left of a removed log must not be laid into the next one. */
export async function removeLog(api: IndexedDbApi, mirror: ReplicaMirror | null, name: string): Promise<void> {
  if (mirror !== null) await removeMirror(mirror, name)
  await new Dexie(logDatabaseName(name), { ...api }).delete()
}

/** The databases that RxDB's Dexie storage has made for a replica. */
export async function dexieDatabases(api: IndexedDbApi, name: string): Promise<string[]> {
  const stored = await api.indexedDB.databases()
  return stored.flatMap((database) => (database.name?.startsWith(`rxdb-dexie-${name}--`) ? [database.name] : []))
}

/** State that says how far the server was read: after damage, everything is read again. */
const FROM_THE_START = new Set(['checkpoint', 'recordCheckpoints', 'lastSyncAt'])

/** Whether a document of a damaged log is kept: what waits to be sent, and what no server knows. */
function isIrreplaceable(collection: string, document: StoredDocument): boolean {
  if (document._deleted) return false
  if (collection.startsWith('state|')) return !FROM_THE_START.has(String(document.key))
  return document.local !== null && document.local !== undefined
}

/** Of the state only edits that could not be read wait, for a person. */
function canWait(collection: string, { key }: StoredDocument): boolean {
  return !collection.startsWith('state|') || key === 'quarantine'
}

function waits(collection: string, document: StoredDocument): boolean {
  return canWait(collection, document) && isIrreplaceable(collection, document) && document.json !== '[]'
}

/**
 * What a damaged log calls unsent may have been sent since: the record that says so can be the damaged
 * one. So its content must not change any more under its id.
 */
function asSent(document: StoredDocument): StoredDocument {
  const { local } = document
  if (typeof local !== 'object' || local === null || !('mutations' in local) || !Array.isArray(local.mutations)) {
    return document
  }
  return { ...document, local: { ...local, mutations: local.mutations.map((waiting) => ({ ...waiting, sent: true })) } }
}
