import { z } from 'zod'
import { SYNC_COLLECTIONS, type SyncCollection } from '#shared/sync-protocol/collections.ts'
import { RECORD_MUTATIONS, type RecordCollection, type RecordMutation } from '#shared/sync-protocol/record-push.ts'

/** The collections that lie in the generic store: all but customers. */
export type StoredCollection = Exclude<SyncCollection, 'customers'>
export const STORED_COLLECTIONS: readonly StoredCollection[] = SYNC_COLLECTIONS.filter((name) => name !== 'customers')
const storedCollectionSchema = z.enum(STORED_COLLECTIONS)

/** Where the pull of each stored collection stands; a missing one: from the beginning. */
export const recordCheckpointsSchema = z.partialRecord(storedCollectionSchema, z.record(z.string(), z.unknown()))

/** A change of a record that waits for its verdict. `sent` is stored before the request leaves, as for customers. */
export interface QueuedRecordMutation {
  readonly sent: boolean
  readonly mutation: RecordMutation<RecordCollection>
}

/** A change that the server refused, with the reason. */
export interface RejectedRecordWrite {
  readonly mutations: readonly QueuedRecordMutation[]
  readonly code: string
  readonly message: string
  readonly at: string
}

/** What this machine knows about a record beyond the server's row. */
export interface RecordLocal {
  readonly mutations: readonly QueuedRecordMutation[]
  readonly rejected: RejectedRecordWrite | null
}

/** A row of any collection but customers, as it is stored. */
export interface ReplicaRecord {
  /** `collection:id`, the primary key. */
  readonly key: string
  readonly collection: StoredCollection
  readonly id: string
  /** The customer it belongs to, where it belongs to one. */
  readonly customerId: string | null
  /** When it happened (ISO), for the order of a history. */
  readonly at: string
  /** The server's row as JSON text, read when it is needed; null: the server has none, as far as we know. */
  readonly body: string | null
  readonly local: RecordLocal | null
}

/** The key of a record. */
export function recordKey(collection: StoredCollection, id: string): string {
  return `${collection}:${id}`
}

/** Whether replicas may change rows of this collection. */
export function isPushable(collection: StoredCollection): collection is RecordCollection {
  return Object.hasOwn(RECORD_MUTATIONS, collection)
}

const storedSchema = z.object({
  key: z.string(),
  collection: storedCollectionSchema,
  id: z.guid(),
  customerId: z.guid().nullable(),
  at: z.string(),
  body: z.string().nullable(),
  local: z.unknown(),
})

const localSchemas = new Map(STORED_COLLECTIONS.filter(isPushable).map((name) => [name as string, localSchema(name)]))

function localSchema(collection: RecordCollection): z.ZodType<RecordLocal> {
  const mutation: z.ZodType<RecordMutation<RecordCollection>> = RECORD_MUTATIONS[collection]
  const mutations = z.array(z.object({ sent: z.boolean(), mutation }))
  const rejected = z.object({ mutations: mutations.min(1), code: z.string(), message: z.string(), at: z.string() })
  return z.object({ mutations, rejected: rejected.nullable() })
}

const NAMES: ReadonlySet<unknown> = new Set(STORED_COLLECTIONS)
const isText = (value: unknown) => typeof value === 'string'

/**
 * What the schema says of a record without local state, by hand: there are hundreds of thousands, and
 * where scripts may not be made from text (our policy) the schema costs ten times as much.
 */
function isPlainRecord(stored: unknown): stored is ReplicaRecord {
  if (typeof stored !== 'object' || stored === null) return false
  const { key, collection, id, customerId, at, body, local } = stored as Readonly<Record<string, unknown>>
  return (
    local === null &&
    NAMES.has(collection) &&
    isText(key) &&
    isText(id) &&
    isText(at) &&
    isText(body) &&
    (customerId === null || isText(customerId))
  )
}

/** Reads a stored record; null: it is damaged. Its `body` is parsed only when somebody reads the row. */
export function parseReplicaRecord(stored: unknown): ReplicaRecord | null {
  if (isPlainRecord(stored)) {
    const { key, collection, id, customerId, at, body } = stored
    return { key, collection, id, customerId, at, body, local: null }
  }
  const parsed = storedSchema.safeParse(stored)
  if (!parsed.success) return null
  const { data } = parsed
  if (data.local === null || data.local === undefined) return { ...data, local: null }
  const local = localSchemas.get(data.collection)?.safeParse(data.local)
  return local?.success ? { ...data, local: local.data } : null
}
