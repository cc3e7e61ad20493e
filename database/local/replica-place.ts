import type { IndexedDbApi } from './indexed-db-api.ts'
import type { MirrorsToRemove } from './mirrors-to-remove.ts'
import type { ReplicaKeys } from './replica-keys.ts'

/** Where what waits to be sent is kept a second time (`mirror-bucket.ts`), and who hears when that fails. */
export interface ReplicaMirror {
  /** Asked anew each time: what was refused may be given later. @throws what the platform throws */
  readonly open: () => Promise<IndexedDbApi>
  readonly toRemove: MirrorsToRemove
  readonly onFailure: (error: unknown) => void
}

/** Whose replica, and where. */
export interface ReplicaPlace extends IndexedDbApi {
  readonly userId: string
  readonly companyId: string
  /** Where the keys of encrypted replicas lie; absent: nothing is encrypted. */
  readonly keys?: ReplicaKeys | undefined
  /** Absent or null: what waits is in the replica only. */
  readonly mirror?: ReplicaMirror | null | undefined
}

/** Names a replica among all of this machine. */
export function nameOf({ userId, companyId }: Pick<ReplicaPlace, 'userId' | 'companyId'>): string {
  return `replica-${userId}-${companyId}`
}

/** The IndexedDB of a place, and nothing else of it. */
export function apiOf({ indexedDB, IDBKeyRange }: ReplicaPlace): IndexedDbApi {
  return { indexedDB, IDBKeyRange }
}

/** The IndexedDB database that holds the log of a replica. */
export function logDatabaseName(replica: string): string {
  return `tradesphere-log-${replica}`
}
