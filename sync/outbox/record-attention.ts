import type { ReplicaRecord } from '#database/local/replica-record.ts'
import { composeRecord, recordLocalOf } from '../conflict/record-rows.ts'
import { queueRecordChange } from './queue-record.ts'

/**
 * Queues refused changes of a record again, in their order and under new ids. A base that no longer
 * held is left out: whoever sends again has read that somebody else was faster. Null: nothing is left.
 */
export function resendRecord(
  held: ReplicaRecord,
  context: { readonly newId: () => string; readonly editedAt: string },
): ReplicaRecord | null {
  const { mutations, rejected } = recordLocalOf(held)
  let next = composeRecord(held.collection, held.id, held.body, { mutations: [...mutations], rejected: null })
  for (const { mutation } of rejected?.mutations ?? []) {
    const { mutationId: _, ...again } = mutation
    const bare = 'base' in again ? { ...again, base: undefined } : again
    const renewed = { ...bare, mutationId: context.newId(), editedAt: context.editedAt } as typeof mutation
    next = queueRecordChange(next ?? undefined, held.collection, renewed)
  }
  return next
}

/** The record without its refused changes; null when it exists nowhere else and leaves the replica. */
export function discardRefused(held: ReplicaRecord): ReplicaRecord | null {
  return composeRecord(held.collection, held.id, held.body, { ...recordLocalOf(held), rejected: null })
}
