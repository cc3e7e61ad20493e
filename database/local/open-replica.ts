import { Dexie } from 'dexie'
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { IndexedDbApi } from './indexed-db-api.ts'
import { type ReplicaCustomer, replicaCustomerSchema } from './replica-customer.ts'
import { type ReplicaState, type ReplicaStateKey, replicaStateSchemas } from './replica-state.ts'
import { customerRxSchema, type StateDocument, stateRxSchema } from './rx-schemas.ts'
import { putDocuments, removeDocuments } from './rx-writer.ts'
import { StorageError, toStorageError } from './storage-error.ts'

export type { IndexedDbApi } from './indexed-db-api.ts'

/** What to write together. Customers are durable before the state that speaks about them is touched. */
export interface ReplicaCommit {
  readonly customers?: readonly ReplicaCustomer[]
  readonly removed?: readonly string[]
  readonly state?: ReplicaState
}

/** Everything a replica holds, read once when it is opened. */
export interface ReplicaContents {
  readonly customers: ReplicaCustomer[]
  readonly state: ReplicaState
  /** Stored customers that could not be read, as they are: to be fetched again from the server. */
  readonly damaged: readonly { readonly id: string; readonly hasLocalState: boolean; readonly stored: unknown }[]
}

/** The durable part of a replica: one user's copy of one company's customers. */
export interface LocalReplica {
  load(): Promise<ReplicaContents>
  /**
   * Resolves when everything is durable. Customers of one commit are written in one transaction,
   * state in a second one after it: a crash in between leaves the older state, never a newer one.
   *
   * @throws StorageError when anything was not written; the caller must not go on as if it had been.
   */
  commit(commit: ReplicaCommit): Promise<void>
  close(): Promise<void>
  /** Closes and deletes everything stored for this user and company. */
  remove(): Promise<void>
}

/** Whose replica to open, and where. */
export interface OpenReplicaOptions extends IndexedDbApi {
  readonly userId: string
  readonly companyId: string
}

interface Collections {
  customers: RxCollection<ReplicaCustomer>
  state: RxCollection<StateDocument>
}

/**
 * Opens (or makes) the replica of a user in a company. The one place that knows which storage lies
 * below: RxDB on Dexie for now, behind an interface that a faster one can take over.
 *
 * @throws StorageError when the platform refuses storage.
 */
export async function openReplica(options: OpenReplicaOptions): Promise<LocalReplica> {
  const stores = new Set<string>()
  const dexieSettings = {
    indexedDB: options.indexedDB,
    IDBKeyRange: options.IDBKeyRange,
    // "Saved" must survive a power loss; Chromium's default only hands the write to the system.
    chromeTransactionDurability: 'strict' as const,
  }
  let database: RxDatabase<Collections>
  try {
    database = await createRxDatabase<Collections>({
      name: `replica-${options.userId}-${options.companyId}`,
      storage: getRxStorageDexie({ ...dexieSettings, onCreate: (_db, name) => void stores.add(name) }),
      multiInstance: false,
      eventReduce: false,
    })
    await database.addCollections({ customers: { schema: customerRxSchema }, state: { schema: stateRxSchema } })
  } catch (cause) {
    throw new StorageError('storage_refused', cause)
  }
  const { customers, state } = database.collections
  const close = async () => void (await database.close())
  return {
    load: () => load(customers, state),
    commit: (commit) => write(customers, state, commit),
    close,
    remove: async () => {
      await close()
      for (const name of stores) await new Dexie(name, dexieSettings).delete()
    },
  }
}

async function write(
  customers: RxCollection<ReplicaCustomer>,
  state: RxCollection<StateDocument>,
  commit: ReplicaCommit,
): Promise<void> {
  await putDocuments(customers, commit.customers ?? [])
  await removeDocuments(customers, commit.removed ?? [])
  await putDocuments(
    state,
    Object.entries(commit.state ?? {}).map(([key, value]) => ({ key, json: JSON.stringify(value) })),
  )
}

async function load(
  customers: RxCollection<ReplicaCustomer>,
  state: RxCollection<StateDocument>,
): Promise<ReplicaContents> {
  try {
    const stored = await readAll(customers)
    const readable: ReplicaCustomer[] = []
    const damaged: ReplicaContents['damaged'][number][] = []
    for (const document of stored) {
      const parsed = replicaCustomerSchema.safeParse(document)
      if (parsed.success) readable.push(parsed.data)
      else damaged.push({ id: String(document.id), hasLocalState: document.local != null, stored: document })
    }
    return { customers: readable, damaged, state: parseState(await readAll(state)) }
  } catch (cause) {
    throw toStorageError(cause)
  }
}

/** All documents as plain data: no RxDocument objects, which would cost 100,000 proxies. */
async function readAll<T>(collection: RxCollection<T>): Promise<T[]> {
  const query = collection.find()
  const { documents } = await collection.storageInstance.query(query.getPreparedQuery())
  return documents as unknown as T[]
}

/** Values that no longer parse are dropped: all of them can be had again from the server. */
function parseState(documents: readonly StateDocument[]): ReplicaState {
  const state: Record<string, unknown> = {}
  for (const { key, json } of documents) {
    if (!isStateKey(key)) continue
    const parsed = replicaStateSchemas[key].safeParse(parseJson(json))
    if (parsed.success) state[key] = parsed.data
  }
  return state as ReplicaState
}

function isStateKey(key: string): key is ReplicaStateKey {
  return Object.hasOwn(replicaStateSchemas, key)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
