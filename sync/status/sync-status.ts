import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { SyncPhase, SyncStatus } from '#shared/replica-api/sync-status.ts'
import { attentionCount } from '../outbox/attention.ts'

/** What the status is made of. */
export interface StatusInput {
  readonly phase: SyncPhase
  readonly waiting: Iterable<ReplicaCustomer>
  readonly attention: Iterable<ReplicaCustomer>
  readonly lastSyncAt: string | null
}

/** The truth about sync, in numbers (SPEC SY-7). */
export function computeSyncStatus({ phase, waiting, attention, lastSyncAt }: StatusInput): SyncStatus {
  let mutations = 0
  let waitingSince: string | null = null
  for (const held of waiting) {
    for (const { editedAt } of held.local?.mutations ?? []) {
      mutations += 1
      if (waitingSince === null || Date.parse(editedAt) < Date.parse(waitingSince)) waitingSince = editedAt
    }
  }
  let needAttention = 0
  for (const held of attention) needAttention += attentionCount(held)
  return { phase, waiting: mutations, waitingSince, attention: needAttention, lastSyncAt }
}
