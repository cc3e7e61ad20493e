import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { RecordLocal, ReplicaRecord } from '#database/local/replica-record.ts'
import type { ReplicaState } from '#database/local/replica-state.ts'
import { forgetInBulkActs } from '../bulk/bulk-journal.ts'
import { composeRecord } from '../conflict/record-rows.ts'
import { forgetInJournals } from '../import/forget-in-journal.ts'

/** The replica before a write, and the write. */
export interface ErasureView {
  readonly customer: (id: string) => ReplicaCustomer | undefined
  readonly records: () => Iterable<ReplicaRecord>
  readonly state: ReplicaState
  readonly put: readonly ReplicaCustomer[]
  /** Records that the same write brings. */
  readonly putRecords: readonly ReplicaRecord[]
}

/** What has to be written with it. */
export interface Forgotten {
  readonly put: readonly ReplicaRecord[]
  readonly removed: readonly string[]
  readonly state: ReplicaState
}

const NO_LOCAL: RecordLocal = { mutations: [], rejected: null }

/**
 * What a write that makes customers erased takes along (SPEC DB-8), whichever way it came: all that
 * waits, was refused or was set aside about them, their place among the recent ones, and every row of
 * theirs that is older than the erasure. The server's anonymised rows come with the pull; those that
 * fell out of its window never do. Null: nobody is newly erased.
 */
export function forgetErased(view: ErasureView): Forgotten | null {
  const revs = new Map<string, bigint>()
  for (const { id, erasedAt, rev } of view.put) {
    if (erasedAt != null && view.customer(id)?.erasedAt == null) revs.set(id, BigInt(rev))
  }
  if (revs.size === 0) return null
  const brought = new Set(view.putRecords.map(({ key }) => key))
  const put: ReplicaRecord[] = []
  const removed: string[] = []
  for (const record of [...view.putRecords, ...[...view.records()].filter(({ key }) => !brought.has(key))]) {
    const next = withoutErased(record, revs)
    if (next === null) removed.push(record.key)
    else if (next !== record) put.push(next)
  }
  const isTheirs = (id: string) => revs.has(id)
  const { recent = [], quarantine = [], erasures = [] } = view.state
  return {
    put,
    removed,
    state: {
      ...forgetInJournals(
        view.state,
        [...revs.keys()].flatMap((id) => view.customer(id) ?? []),
      ),
      ...forgetInBulkActs(view.state, new Set(revs.keys())),
      erasures: [...erasures.filter((id) => !isTheirs(id)), ...revs.keys()],
      recent: recent.filter((id) => !isTheirs(id)),
      quarantine: quarantine.filter((stored) => erasureOf([stored], revs) === null),
    },
  }
}

/** The record itself where it tells nothing of them; null: nothing is left. */
function withoutErased(record: ReplicaRecord, revs: ReadonlyMap<string, bigint>): ReplicaRecord | null {
  const { collection, id, customerId, body, local } = record
  const isMerge = collection === 'merges'
  // What waits may have moved it away from one of them.
  if (!isMerge && local === null && !revs.has(customerId ?? '')) return record
  const row = readRow(body)
  const inBody = erasureOf(isMerge ? record : row.customerId, revs)
  const inLocal = isMerge ? inBody : erasureOf(customerId, revs)
  const isOld = inBody !== null && body !== null && isOlder(row, inBody) && !isBare(collection, row)
  if (!isOld && (inLocal === null || local === null)) return record
  return composeRecord(collection, id, isOld ? null : body, inLocal === null && local !== null ? local : NO_LOCAL)
}

/** The erasure of whom something is about: the customer of that id, or any whose id occurs in it. */
function erasureOf(about: unknown, revs: ReadonlyMap<string, bigint>): bigint | null {
  if (typeof about === 'string') return revs.get(about) ?? null
  const text = JSON.stringify(about) ?? ''
  return [...revs].find(([id]) => text.includes(id))?.[1] ?? null
}

/** Entries of the log that hold no values are not written anew by an erasure: they would never come again. */
function isBare(collection: ReplicaRecord['collection'], { changes }: Row): boolean {
  return collection === 'activity' && JSON.stringify(changes) === '{}'
}

/** `rev` grows with each transaction of the server: an older one has not seen the erasure. */
function isOlder({ rev }: Row, erasure: bigint): boolean {
  return typeof rev !== 'string' || BigInt(rev) < erasure
}

interface Row {
  readonly customerId?: unknown
  readonly rev?: unknown
  readonly changes?: unknown
}

/** Of a damaged body nothing is known, so that it counts as old. */
function readRow(body: string | null): Row {
  try {
    return body === null ? {} : (JSON.parse(body) as Row)
  } catch {
    return {}
  }
}
