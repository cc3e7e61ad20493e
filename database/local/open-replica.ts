import type { IndexedDbApi } from './indexed-db-api.ts'
import type { LocalReplica } from './local-replica.ts'
import { dexieReplicaStorage, logReplicaStorage, type StorageKind } from './replica-storages.ts'
import { openRxReplica } from './rx-replica.ts'

export type { IndexedDbApi } from './indexed-db-api.ts'
export type { DamagedDocument, LocalReplica, ReplicaCommit, ReplicaContents } from './local-replica.ts'

/** Whose replica to open, and where. */
export interface OpenReplicaOptions extends IndexedDbApi {
  readonly userId: string
  readonly companyId: string
  /** Default: `log`. */
  readonly storage?: StorageKind
}

/**
 * Opens (or makes) the replica of a user in a company. The one place that knows which storage lies
 * below.
 *
 * @throws StorageError when the platform refuses storage.
 */
export async function openReplica(options: OpenReplicaOptions): Promise<LocalReplica> {
  const { userId, companyId, indexedDB, IDBKeyRange, storage = 'dexie' } = options
  const name = `replica-${userId}-${companyId}`
  const api = { indexedDB, IDBKeyRange }
  return openRxReplica(name, storage === 'log' ? logReplicaStorage(api, name, null) : dexieReplicaStorage(api))
}
