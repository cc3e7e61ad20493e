import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import type { StorageIncident } from '#shared/replica-api/storage-incident.ts'
import type { SyncPhase, SyncStatus } from '#shared/replica-api/sync-status.ts'
import { isView } from '../conflict/apply-record-verdict.ts'
import { attentionCount } from '../outbox/attention.ts'

/** What the status is made of. */
export interface StatusInput {
  readonly phase: SyncPhase
  readonly waiting: Iterable<ReplicaCustomer>
  readonly attention: Iterable<ReplicaCustomer>
  readonly records: { waiting(): Iterable<ReplicaRecord>; refused(): Iterable<ReplicaRecord> }
  /** Pieces of unsent work that can't be read any more. */
  readonly unreadable: number
  readonly lastSyncAt: string | null
  readonly elsewhere: number
  readonly incident: StorageIncident | null
}

/** The truth about sync, in numbers (SPEC SY-7). */
export function computeSyncStatus(input: StatusInput): SyncStatus {
  const { phase, waiting, attention, records, lastSyncAt, elsewhere, incident } = input
  let mutations = 0
  let waitingSince: string | null = null
  let oldest = Number.POSITIVE_INFINITY
  let last = ''
  const count = (editedAt: string) => {
    mutations += 1
    // An import has tens of thousands of one time, and this is asked ten times a second.
    if (editedAt === last) return
    last = editedAt
    const at = Date.parse(editedAt)
    if (at >= oldest) return
    oldest = at
    waitingSince = editedAt
  }
  for (const held of waiting) for (const { editedAt } of held.local?.mutations ?? []) count(editedAt)
  for (const held of records.waiting()) {
    // That somebody looked at a customer is sent, but nobody would call it a change.
    for (const queued of held.local?.mutations ?? []) if (!isView(queued)) count(queued.mutation.editedAt)
  }
  let needAttention = input.unreadable
  for (const held of attention) needAttention += attentionCount(held)
  for (const _ of records.refused()) needAttention += 1
  return { phase, waiting: mutations, elsewhere, waitingSince, attention: needAttention, lastSyncAt, incident }
}
