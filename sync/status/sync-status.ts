import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import type { StorageIncident } from '#shared/replica-api/storage-incident.ts'
import type { SyncPhase, SyncStatus } from '#shared/replica-api/sync-status.ts'
import { isView } from '../conflict/apply-record-verdict.ts'
import { attentionCount } from '../outbox/attention.ts'
import type { WaitingChanges } from './waiting-changes.ts'

/** What the status is made of. */
export interface StatusInput {
  readonly phase: SyncPhase
  /** Changes of customers. */
  readonly waiting: Pick<WaitingChanges, 'count' | 'since'>
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
  let mutations = waiting.count
  let waitingSince = waiting.since
  for (const held of records.waiting()) {
    for (const queued of held.local?.mutations ?? []) {
      // That somebody looked at a customer is sent, but nobody would call it a change.
      if (isView(queued)) continue
      const { editedAt } = queued.mutation
      mutations += 1
      if (waitingSince === null || Date.parse(editedAt) < Date.parse(waitingSince)) waitingSince = editedAt
    }
  }
  let needAttention = input.unreadable
  for (const held of attention) needAttention += attentionCount(held)
  for (const _ of records.refused()) needAttention += 1
  return { phase, waiting: mutations, elsewhere, waitingSince, attention: needAttention, lastSyncAt, incident }
}
