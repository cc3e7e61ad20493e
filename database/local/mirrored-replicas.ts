import { inTime } from './in-time.ts'
import type { IndexedDbApi } from './indexed-db-api.ts'
import { lookIntoMirror, mirrorDatabase } from './log-storage/unsent-mirror.ts'
import { logDatabaseName, nameOf, type ReplicaMirror } from './replica-place.ts'

/**
 * The companies of a user that have a mirror which is to stay: where the browser has deleted everything else,
 * nothing else knows of them.
 *
 * @throws StorageError, and what the platform throws: they can't be listed now
 */
export async function mirrorsOf({ open, toRemove }: ReplicaMirror, userId: string): Promise<string[]> {
  const prefix = logDatabaseName(nameOf({ userId, companyId: '' }))
  const removed = new Set((await toRemove.all()).map(logDatabaseName))
  const names = await databasesLike(await open(), prefix)
  return names.filter((name) => !removed.has(name)).map((name) => name.slice(prefix.length))
}

/** The same, with how many documents lie in each, ended ones included. Without those that can't be asked now. */
export async function mirroredReplicas(
  mirror: ReplicaMirror,
  userId: string,
): Promise<{ readonly companyId: string; readonly documents: number }[]> {
  const found = []
  try {
    const companies = await mirrorsOf(mirror, userId)
    const api = await mirror.open()
    for (const companyId of companies) {
      // One that can't be asked must not hide the others.
      const looked = await lookIntoMirror(api, logDatabaseName(nameOf({ userId, companyId }))).catch(mirror.onFailure)
      if (looked) found.push({ companyId, documents: looked.documents })
    }
  } catch (cause) {
    mirror.onFailure(cause)
  }
  return found
}

/**
 * Deletes the mirror of a replica, or all those whose names begin like this. What it goes with must go all the same:
 * where that fails it is told, and stays noted; nobody reads it any more. Resolves to whether it is gone.
 *
 * @throws StorageError when it can't be noted; then nothing has happened
 */
export async function removeMirror({ open, toRemove, onFailure }: ReplicaMirror, replica: string): Promise<boolean> {
  await toRemove.add(replica)
  const remove = async () => {
    const api = await open()
    const names = await databasesLike(api, logDatabaseName(replica))
    await Promise.all(names.map((name) => mirrorDatabase(api, name).delete()))
  }
  try {
    await inTime(remove())
  } catch (cause) {
    onFailure(cause)
    return false
  }
  await toRemove.done(replica)
  return true
}

async function databasesLike({ indexedDB }: IndexedDbApi, prefix: string): Promise<string[]> {
  const names = (await inTime(indexedDB.databases())).map(({ name = '' }) => name)
  return names.filter((name) => name.startsWith(prefix))
}
