import { createRxDatabase, type RxCollection, type RxDatabase, type RxDocumentData, type RxStorage } from 'rxdb'
import { customerSchema } from '#shared/domain/customer.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { shapeCheckOf } from '#shared/util/shape-check.ts'
import type {
  DamagedDocument,
  DerivedStore,
  LocalReplica,
  ReplicaCommit,
  ReplicaCondition,
  ReplicaContents,
} from './local-replica.ts'
import { RemovedDocuments } from './removed-documents.ts'
import { type ReplicaCustomer, replicaCustomerSchema } from './replica-customer.ts'
import { parseReplicaRecord, type ReplicaRecord } from './replica-record.ts'
import { parseReplicaState } from './replica-state.ts'
import { customerRxSchema, recordRxSchema, type StateDocument, stateRxSchema } from './rx-schemas.ts'
import { prepareWrite } from './rx-writer.ts'
import { StorageError, toStorageError } from './storage-error.ts'

interface Collections {
  customers: RxCollection<ReplicaCustomer>
  records: RxCollection<ReplicaRecord>
  state: RxCollection<StateDocument>
}

/** A storage for RxDB, and what it can do beyond RxDB's contract. */
export interface ReplicaStorage {
  // biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of "whatever internals a storage has".
  readonly storage: RxStorage<any, any>
  /** The context that makes so many writes of the same moment one atomic write; null where none can. */
  readonly together: ((writes: number) => string) | null
  /** All documents of a collection that are not deleted, as plain data. */
  readonly readAll: <T>(collection: RxCollection<T>) => Promise<T[]>
  /** Deletes what is stored; called when the database is closed. */
  readonly remove: () => Promise<void>
  readonly condition: () => ReplicaCondition
  /** Resolves when what is stored can't be read any more; asked for when it is open. */
  readonly damaged: () => Promise<Error>
  /** What was computed from the documents; null where none is kept, or before it is open. */
  readonly derived: () => DerivedStore | null
  /** Takes older versions of documents out of the store. */
  readonly compactNow: () => Promise<void>
}

/** Documents that are read between two looks at the clock. */
const SLICE_DOCUMENTS = 500

/** Opens the collections of a replica on a storage. @throws StorageError when the platform refuses storage */
export async function openRxReplica(name: string, parts: ReplicaStorage): Promise<LocalReplica> {
  let opened: RxDatabase<Collections> | null = null
  try {
    opened = await createRxDatabase<Collections>({
      name,
      storage: parts.storage,
      multiInstance: false,
      eventReduce: false,
    })
    await opened.addCollections({
      customers: { schema: customerRxSchema },
      records: { schema: recordRxSchema },
      state: { schema: stateRxSchema },
    })
  } catch (cause) {
    await opened?.close().catch(() => undefined)
    throw cause instanceof StorageError ? cause : new StorageError('storage_refused', cause)
  }
  const database = opened
  const { collections } = database
  const { customers, records, state } = collections
  const removed = new RemovedDocuments([customers, records, state].map(({ storageInstance }) => storageInstance))
  const close = async () => {
    removed.stop()
    await database.close()
  }
  return {
    name,
    condition: parts.condition(),
    damaged: parts.damaged(),
    derived: parts.derived(),
    load: () => load(parts, collections),
    commit: async (commit) => {
      await write(parts, collections, commit)
      removed.written([
        ...(commit.removed?.length ? [customers.storageInstance] : []),
        ...(commit.removedRecords?.length ? [records.storageInstance] : []),
      ])
    },
    compactNow: async () => {
      try {
        await removed.forgetNow()
        await parts.compactNow()
      } catch (cause) {
        throw toStorageError(cause)
      }
    },
    close,
    remove: async () => {
      await close()
      try {
        await parts.remove()
      } catch (cause) {
        throw toStorageError(cause)
      }
    },
  }
}

async function write(
  { together }: ReplicaStorage,
  { customers, records, state }: Collections,
  commit: ReplicaCommit,
): Promise<void> {
  const values = Object.entries(commit.state ?? {}).map(([key, value]) => ({ key, json: JSON.stringify(value) }))
  const prepared = [
    await prepareWrite(customers, { put: commit.customers ?? [], removed: commit.removed ?? [] }),
    await prepareWrite(records, { put: commit.records ?? [], removed: commit.removedRecords ?? [] }),
    await prepareWrite(state, { put: values }),
  ]
  const writes = prepared.filter((one) => one !== null)
  if (together !== null && writes.length > 1) {
    const context = together(writes.length)
    await Promise.all(writes.map((run) => run(context)))
    return
  }
  for (const run of writes) await run('replica')
}

async function load({ readAll }: ReplicaStorage, { customers, records, state }: Collections): Promise<ReplicaContents> {
  try {
    const damaged: DamagedDocument[] = []
    const readable: ReplicaCustomer[] = []
    const nextSlice = slices()
    for (const [n, document] of (await readAll(customers)).entries()) {
      // The list shows already and may be scrolled meanwhile.
      if (n % SLICE_DOCUMENTS === 0) await nextSlice()
      const parsed = parseCustomer(document)
      if (parsed !== null) readable.push(parsed)
      else damaged.push({ id: String(document.id), hasLocalState: document.local != null, stored: document })
    }
    const damagedRecords: DamagedDocument[] = []
    const readableRecords: ReplicaRecord[] = []
    for (const document of await readAll(records)) {
      const parsed = parseReplicaRecord(document)
      if (parsed !== null) readableRecords.push(parsed)
      else damagedRecords.push({ id: String(document.key), hasLocalState: document.local != null, stored: document })
    }
    const rows = { customers: readable, damaged, records: readableRecords, damagedRecords }
    return { ...rows, state: parseReplicaState(await readAll(state)) }
  } catch (cause) {
    throw toStorageError(cause)
  }
}

const isServerRow = shapeCheckOf(customerSchema)

/** Reads a stored customer; null: it is damaged. Those without edits, nearly all, take the short way. */
export function parseCustomer(document: ReplicaCustomer): ReplicaCustomer | null {
  if (document.local !== null || isServerRow?.(document) !== true) {
    return replicaCustomerSchema.safeParse(document).data ?? null
  }
  const { _deleted, _rev, _meta, _attachments, ...customer } = document as RxDocumentData<ReplicaCustomer>
  return customer as ReplicaCustomer
}
