import {
  type QueuedRecordMutation,
  type RecordLocal,
  type ReplicaRecord,
  recordKey,
  type StoredCollection,
} from '#database/local/replica-record.ts'
import { COLLECTION_ROWS, type CollectionRow, type Tombstone } from '#shared/sync-protocol/collections.ts'
import { parseJson } from '#shared/util/parse-json.ts'

/** A row of any collection but customers. */
export type StoredRow = CollectionRow<StoredCollection>

/** Whose machine this is: what a record that was made here shows before the server has stamped it. */
export interface RecordAuthor {
  readonly companyId: string
  readonly user: { readonly id: string; readonly name: string }
}

const NO_LOCAL: RecordLocal = { mutations: [], rejected: null }

/** What waits or was refused on a record, empty where nothing does. */
export function recordLocalOf(record: ReplicaRecord | undefined): RecordLocal {
  return record?.local ?? NO_LOCAL
}

/** Whether a pulled row says that there is none any more. */
export function isTombstone(row: StoredRow | Tombstone): row is Tombstone {
  return 'gone' in row
}

/**
 * Lays local state on the server's row (as text; null: none). Null: nothing is left, the record leaves.
 * `row` is the row itself, where somebody has it at hand.
 */
export function composeRecord(
  collection: StoredCollection,
  id: string,
  body: string | null,
  local: RecordLocal,
  row: StoredRow | null = null,
): ReplicaRecord | null {
  const isPlain = local.mutations.length === 0 && local.rejected === null
  if (body === null && isPlain) return null
  if (isPlain && row !== null) return plainRecord(collection, row, body)
  const known = [row ?? (body === null ? {} : parseJson(body)), ...local.mutations.map(fieldsOf)]
  if (body === null) known.push(...(local.rejected?.mutations ?? []).map(fieldsOf))
  return {
    key: recordKey(collection, id),
    collection,
    id,
    customerId: lastText(known, ['customerId', 'targetId']),
    at: firstText(known, TIMES) ?? EPOCH,
    body,
    local: isPlain ? null : local,
  }
}

/** Nearly all of them, by the hundred thousand in a first sync. */
function plainRecord(collection: StoredCollection, row: StoredRow, body: string | null): ReplicaRecord {
  const customerId = 'customerId' in row ? row.customerId : 'targetId' in row ? row.targetId : null
  const at = firstText([row], TIMES) ?? EPOCH
  return { key: recordKey(collection, row.id), collection, id: row.id, customerId, at, body, local: null }
}

/** A row or tombstone from the server over what is held; waiting changes stay on top. Null: it leaves. */
export function applyPulledRecord(
  held: ReplicaRecord | undefined,
  collection: StoredCollection,
  row: StoredRow | Tombstone,
): ReplicaRecord | null {
  if (isTombstone(row)) return composeRecord(collection, row.id, null, recordLocalOf(held))
  return composeRecord(collection, row.id, JSON.stringify(row), recordLocalOf(held), row)
}

/**
 * The row as it shows: the server's with waiting changes on top. Null: it is not to be shown (deleted
 * here, refused, or its text is damaged, which the next full sync mends).
 */
export function shownRow<C extends StoredCollection>(
  record: ReplicaRecord & { readonly collection: C },
  author: RecordAuthor,
): CollectionRow<C> | null {
  const { collection, body } = record
  let row: object | null = body === null ? null : asObject(parseJson(body))
  for (const { mutation } of recordLocalOf(record).mutations) {
    if (mutation.op === 'create') row = { ...newRow(record, author, mutation.editedAt), ...mutation.changes }
    else if (mutation.op === 'update') row = row === null ? null : { ...row, ...mutation.changes }
    else row = collection === 'merges' && row !== null ? { ...row, undoneAt: mutation.editedAt } : null
  }
  if (row === null) return null
  const parsed = COLLECTION_ROWS[collection].safeParse(row)
  return parsed.success ? (parsed.data as CollectionRow<C>) : null
}

/** What the server will fill in by itself. */
function newRow({ collection, id }: ReplicaRecord, { companyId, user }: RecordAuthor, at: string): object {
  const common = { id, companyId, rev: '0' }
  const mine = { userId: user.id, userName: user.name }
  switch (collection) {
    case 'savedFilters':
      return { ...common, userId: user.id, createdAt: at, updatedAt: at }
    case 'interactions':
      return { ...common, ...mine, sessionId: null, at }
    case 'importBatches': {
      const counts = { rowCount: 0, createdCount: 0, updatedCount: 0, skippedCount: 0, invalidCount: 0 }
      return { ...common, ...mine, ...counts, createdAt: at, endedAt: null, undoneAt: null }
    }
    case 'quoteRequests': {
      const asked = { requestedByUserId: user.id, requestedByUserName: user.name, requestedAt: at, answeredAt: null }
      return { ...common, ...asked, quoteId: null, note: null, status: 'open' }
    }
    case 'merges': {
      const done = { mergedByUserId: user.id, mergedByUserName: user.name, mergedAt: at, fieldChoices: {} }
      return { ...common, ...done, undoneAt: null, undoneByUserId: null }
    }
    case 'duplicateDismissals':
      return { ...common, userId: user.id, createdAt: at }
    default:
      return common
  }
}

/** What the collections call the time of a row. */
const TIMES = ['at', 'createdAt', 'mergedAt', 'requestedAt', 'editedAt'] as const
const EPOCH = '1970-01-01T00:00:00.000Z'

function fieldsOf({ mutation }: QueuedRecordMutation): object {
  const { editedAt } = mutation
  return 'changes' in mutation ? { ...mutation.changes, editedAt } : { editedAt }
}

/** The value under one of the names in the last object that has any of them. */
function lastText(objects: readonly unknown[], names: readonly string[]): string | null {
  const holder = objects.map(asObject).findLast((object) => names.some((name) => Object.hasOwn(object, name)))
  return holder === undefined ? null : firstText([holder], names)
}

function firstText(objects: readonly unknown[], names: readonly string[]): string | null {
  for (const object of objects) {
    const fields = asObject(object)
    for (const name of names) {
      const value: unknown = fields[name]
      if (typeof value === 'string') return value
    }
  }
  return null
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
