import { inTime } from './in-time.ts'
import { lookIntoMirror } from './log-storage/unsent-mirror.ts'
import { logDatabaseName, nameOf, type ReplicaPlace } from './replica-place.ts'

/**
 * The companies of a user that have a mirror, with how many documents lie in each: where the browser has deleted
 * everything else, nothing else knows of them. None where it can't be asked now.
 */
export async function mirroredReplicas(
  place: Pick<ReplicaPlace, 'userId' | 'mirror'>,
): Promise<{ readonly companyId: string; readonly documents: number }[]> {
  const mirror = (await place.mirror) ?? null
  if (mirror === null) return []
  const prefix = logDatabaseName(nameOf({ userId: place.userId, companyId: '' }))
  const found = []
  try {
    for (const { name = '' } of await inTime(mirror.indexedDB.databases())) {
      if (!name.startsWith(prefix)) continue
      const { documents } = await lookIntoMirror(mirror, name)
      found.push({ companyId: name.slice(prefix.length), documents })
    }
  } catch (cause) {
    mirror.onFailure(cause)
  }
  return found
}
