import { Dexie } from 'dexie'
import { carryOver, isUnused } from './carry-over.ts'
import type { IndexedDbApi } from './indexed-db-api.ts'
import type { LocalReplica } from './local-replica.ts'
import { isEncryptedLog } from './log-storage/log-database.ts'
import { lookIntoMirror } from './log-storage/unsent-mirror.ts'
import { removeMirror } from './mirrored-replicas.ts'
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
export { mirroredReplicas, mirrorsOf, removeMirror } from './mirrored-replicas.ts'

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
    await removeDatabases(apiOf(place), place.mirror ?? null, nameOf(place))
    await place.keys?.forget(nameOf(place))
  } catch (cause) {
    throw toStorageError(cause)
  }
}

async function openOnLog(place: ReplicaPlace, api: IndexedDbApi, name: string): Promise<LocalReplica> {
  const old = await dexieDatabases(api, name)
  const replica = withKeys(place, await openLog(place, api, name, old.length > 0))
  try {
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
  if (!(await isStored(api, logDatabaseName(name)))) return open()
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
  await removeLog(api, place.mirror ?? null, name)
  return open()
}

/** `hasOther`: another storage holds the replica, so an empty log has not vanished, and the mirror is older than that. */
async function openLog(
  { keys, ...place }: ReplicaPlace,
  api: IndexedDbApi,
  name: string,
  hasOther = false,
): Promise<LocalReplica> {
  const mirror = place.mirror ?? null
  const isGone = async () =>
    mirror === null ||
    !(await mirror.toRemove.all()).includes(name) ||
    (await removeMirror(mirror, name).catch(mirror.onFailure)) === true
  const isNoted = !(await isGone())
  let key = (await keys?.find(name)) ?? null
  const wasThere = key !== null || (await keys?.had(name)) === true
  const isThere = await isStored(api, logDatabaseName(name))
  const isNew = !isThere && !hasOther && !isNoted
  const mirrored = isNew && mirror !== null ? await lookInto(mirror, name, wasThere) : null
  let isUnasked = isNew && mirrored === null
  if (keys !== undefined && key === null) {
    if (mirrored?.isEncrypted) {
      // Of one that is not marked nobody knows whether it was removed, or its key is locked away.
      if (!wasThere || mirrored.key === null) throw new StorageError('storage_locked', 'The mirror needs its key.')
      await keys.restore?.(name, mirrored.key)
      key = mirrored.key
    } else if (!isThere || !(await isEncryptedLog(api, logDatabaseName(name)))) {
      // For a log that another one has encrypted it would only hide that the right one is missing.
      key = await keys.create(name)
    }
  }
  const beside = (await keys?.beside?.(name)) ?? null
  const used = mirror && {
    ...mirror,
    key: beside,
    counts: !hasOther && !isNoted && !isUnasked,
    open: async () => {
      if (!(await isGone())) throw new Error('The second place of what waits is still to be removed.')
      const opened = await mirror.open()
      // Not to be asked is not empty: one that holds something is left as it is.
      if (isUnasked && (await lookIntoMirror(opened, logDatabaseName(name))).documents > 0)
        throw new Error('The second place of what waits holds something that could not be read.')
      isUnasked = false
      return opened
    },
  }
  const of = { key, wasThere, mirror: used, mirrorToRemove: mirror }
  return openRxReplica(name, logReplicaStorage(api, name, of))
}

/** What the mirror of a log says that is not there; null: it can't be asked, and nothing speaks for its holding anything. */
async function lookInto(mirror: ReplicaMirror, name: string, wasThere: boolean) {
  try {
    return await lookIntoMirror(await mirror.open(), logDatabaseName(name))
  } catch (cause) {
    if (wasThere) throw new StorageError('storage_silent', cause)
    mirror.onFailure(cause)
    return null
  }
}

async function isStored({ indexedDB }: IndexedDbApi, database: string): Promise<boolean> {
  return (await indexedDB.databases()).some(({ name }) => name === database)
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
