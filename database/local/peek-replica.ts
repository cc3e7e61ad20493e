import { derivedOf } from './derived-of.ts'
import type { DerivedReader } from './local-replica.ts'
import { LogFile } from './log-storage/log-file.ts'
import { apiOf, logDatabaseName, nameOf, type ReplicaPlace } from './replica-place.ts'

/**
 * Looks at what was computed from a replica that is on this machine, before it is opened: that reads all
 * of it, and needs RxDB, which is loaded meanwhile. Null where nothing can be seen; opening says why.
 */
export async function peekReplica<T>(
  place: ReplicaPlace,
  look: (derived: DerivedReader) => Promise<T>,
): Promise<T | null> {
  const { keys } = place
  const name = nameOf(place)
  let file: LogFile | null = null
  try {
    const key = (await keys?.find(name)) ?? null
    if (keys !== undefined && key === null) return null
    file = await LogFile.open({ ...apiOf(place), name: logDatabaseName(name), key })
    return await look(derivedOf(file.derived))
  } catch {
    return null
  } finally {
    file?.close()
  }
}
