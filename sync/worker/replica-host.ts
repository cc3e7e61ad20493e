import type { IndexedDbApi } from '#database/local/open-replica.ts'
import type { ReplicaKeys } from '#database/local/replica-keys.ts'
import type { ReplicaMirror } from '#database/local/replica-place.ts'
import type { CreateBackend, SecretStore } from '../replication/backend.ts'
import type { Timing } from '../replication/timing.ts'
import type { Notify } from './open-workspace.ts'

/** Everything of the platform that the replica needs, handed in: under test it is all fake. */
export interface ReplicaHost {
  /** Null where the platform has no IndexedDB. */
  readonly indexedDb: IndexedDbApi | null
  /** Resolves to what releases the lock, or null when another window or worker holds it. */
  readonly acquireLock: () => Promise<(() => void) | null>
  /** Where the keys of the replicas lie; absent: they are not encrypted. */
  readonly replicaKeys?: ReplicaKeys
  /** Where what waits is kept a second time; absent or null: nowhere. */
  readonly mirror?: Pick<ReplicaMirror, 'open' | 'onFailure'> | null
  /** Where session secrets lie; null: in the vault. */
  readonly secrets: SecretStore | null
  readonly createBackend: CreateBackend
  /** What an administrator knows this machine by. */
  readonly deviceName: string
  readonly timing: Timing
  readonly newId: () => string
  readonly isOnline: () => boolean
  readonly notify: Notify
  readonly reportBug: (error: unknown) => void
}
