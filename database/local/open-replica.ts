import { Dexie } from 'dexie'
import { carryOver, isUnused } from './carry-over.ts'
import type { IndexedDbApi } from './indexed-db-api.ts'
import type { LocalReplica } from './local-replica.ts'
import { isEncryptedLog } from './log-storage/log-database.ts'
import { isEncryptedMirror } from './log-storage/unsent-mirror.ts'
import { apiOf, logDatabaseName, nameOf, type ReplicaMirror, type ReplicaPlace } from './replica-place.ts'
import {
  dexieDatabases,
  dexieReplicaStorage,
  logReplicaStorage,
  removeDatabases,
  removeLog,
  type StorageKind,
} from './replica-storages.ts'
import { openRxReplica } from './rx-replica.ts'
import { StorageError, toStorageError } from './storage-error.ts'

export type { IndexedDbApi } from './indexed-db-api.ts'
export type { LocalReplica, ReplicaContents } from './local-replica.ts'

/** Which replica to open, and on what. */
export interface OpenReplicaOptions extends ReplicaPlace {
  /** Default: `log`. */
  readonly storage?: StorageKind
}

/**
 * Opens (or makes) the replica of a user in a company. The one place that knows which storage lies
 * below. What another storage holds of it is carried over first, queued edits included; a crash in
 * the middle of that is made good by the next start, because a log that holds anything holds all.
 *
 * @throws StorageError when the platform refuses storage, or the key is missing
 */
export async function openReplica(options: OpenReplicaOptions): Promise<LocalReplica> {
  const { storage = 'log' } = options
  const name = nameOf(options)
  const api = apiOf(options)
  try {
    if (storage === 'dexie') return await openOnDexie(options, api, name)
    return await openOnLog(options, api, name)
  } catch (cause) {
    throw cause instanceof StorageError ? cause : new StorageError('storage_refused', cause)
  }
}

/** Deletes everything stored for a user and company, without opening it. @throws StorageError */
export async function removeReplica(place: ReplicaPlace): Promise<void> {
  try {
    await removeDatabases(apiOf(place), (await place.mirror) ?? null, nameOf(place))
    await place.keys?.forget(nameOf(place))
  } catch (cause) {
    throw toStorageError(cause)
  }
}

async function openOnLog(place: ReplicaPlace, api: IndexedDbApi, name: string): Promise<LocalReplica> {
  const replica = withKeys(place, await openLog(place, api, name))
  try {
    const old = await dexieDatabases(api, name)
    if (old.length > 0 && (await isUnused(replica))) {
      const source = await openRxReplica(name, dexieReplicaStorage(api, name))
      await carryOver(source, replica).finally(() => source.close())
    }
    for (const database of old) await new Dexie(database, { ...api }).delete()
    return replica
  } catch (error) {
    await replica.close()
    throw error
  }
}

async function openOnDexie(place: ReplicaPlace, api: IndexedDbApi, name: string): Promise<LocalReplica> {
  const open = async () => withKeys(place, await openRxReplica(name, dexieReplicaStorage(api, name)))
  const stored = await api.indexedDB.databases()
  if (!stored.some((database) => database.name === logDatabaseName(name))) return open()
  const log = await openLog(place, api, name)
  if (await isUnused(log)) {
    await log.close()
  } else {
    try {
      // What an interrupted way back has left there is older than the log.
      for (const database of await dexieDatabases(api, name)) await new Dexie(database, { ...api }).delete()
      const target = await open()
      await carryOver(log, target).finally(() => target.close())
    } finally {
      await log.close()
    }
  }
  await removeLog(api, (await place.mirror) ?? null, name)
  return open()
}

async function openLog({ keys, ...place }: ReplicaPlace, api: IndexedDbApi, name: string): Promise<LocalReplica> {
  const mirror = (await place.mirror) ?? null
  let key = (await keys?.find(name)) ?? null
  const wasThere = key !== null || (await keys?.had(name)) === true
  // A new key for a log that another one has encrypted would only hide that the right one is missing.
  if (keys !== undefined && key === null && !(await isEncrypted(api, mirror, name))) key = await keys.create(name)
  const copied = keys?.copy?.(name)
  const replica = await openRxReplica(name, logReplicaStorage(api, name, { key, wasThere, mirror }))
  // Before the first write is taken: its mirror would be unreadable.
  await copied
  return replica
}

async function isEncrypted(api: IndexedDbApi, mirror: ReplicaMirror | null, name: string): Promise<boolean> {
  const logName = logDatabaseName(name)
  const isStored = async (place: IndexedDbApi) =>
    (await place.indexedDB.databases()).some((database) => database.name === logName)
  if ((await isStored(api)) && (await isEncryptedLog(api, logName))) return true
  return mirror !== null && (await isEncryptedMirror(mirror, logName))
}

/** A replica that is removed takes its key with it: whatever the disk still holds of it is unreadable then. */
function withKeys({ keys }: ReplicaPlace, replica: LocalReplica): LocalReplica {
  if (keys === undefined) return replica
  return {
    ...replica,
    remove: async () => {
      await replica.remove()
      await keys.forget(replica.name)
    },
  }
}
