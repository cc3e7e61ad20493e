import { inTime } from './in-time.ts'
import { lookIntoMirror, mirrorDatabase } from './log-storage/unsent-mirror.ts'
import { logDatabaseName, nameOf, type ReplicaMirror } from './replica-place.ts'

/**
 * The companies of a user that have a mirror, with how many documents lie in each: where the browser has deleted
 * everything else, nothing else knows of them. Without those that can't be asked now.
 */
export async function mirroredReplicas(
  mirror: ReplicaMirror,
  userId: string,
): Promise<{ readonly companyId: string; readonly documents: number }[]> {
  const prefix = logDatabaseName(nameOf({ userId, companyId: '' }))
  const found = []
  try {
    const api = await mirror.open()
    const removed = new Set((await mirror.toRemove.all()).map(logDatabaseName))
    for (const { name = '' } of await inTime(api.indexedDB.databases())) {
      if (!name.startsWith(prefix) || removed.has(name)) continue
      // One that can't be asked must not hide the others.
      const looked = await lookIntoMirror(api, name).catch(mirror.onFailure)
      if (looked) found.push({ companyId: name.slice(prefix.length), documents: looked.documents })
    }
  } catch (cause) {
    mirror.onFailure(cause)
  }
  return found
}

/**
 * Deletes the mirror of a replica. What it goes with must go all the same: where that fails it is told, and stays
 * noted; nobody reads it any more. Resolves to whether it is gone.
 *
 * @throws StorageError when it can't be noted; then nothing has happened
 */
export async function removeMirror({ open, toRemove, onFailure }: ReplicaMirror, replica: string): Promise<boolean> {
  await toRemove.add(replica)
  try {
    await inTime(open().then((api) => mirrorDatabase(api, logDatabaseName(replica)).delete()))
  } catch (cause) {
    onFailure(cause)
    return false
  }
  await toRemove.done(replica)
  return true
}
