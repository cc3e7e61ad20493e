import type { ReplicaRecord } from '#database/local/replica-record.ts'
import { composeRecord, recordLocalOf } from '../conflict/record-rows.ts'
import { queueRecordChange } from './queue-record.ts'

/**
 * Queues refused changes of a record again, in their order and under new ids, but for what was written
 * over them since and waits. A base that no longer held is left out: whoever sends again has read that
 * somebody else was faster. Null: nothing is left.
 */
export function resendRecord(
  held: ReplicaRecord,
  context: { readonly newId: () => string; readonly editedAt: string },
): ReplicaRecord | null {
  const { mutations, rejected } = recordLocalOf(held)
  const since = new Set(
    mutations.flatMap(({ mutation }) => ('changes' in mutation ? Object.keys(mutation.changes) : [])),
  )
  let next = composeRecord(held.collection, held.id, held.body, { mutations: [...mutations], rejected: null })
  for (const { mutation } of rejected?.mutations ?? []) {
    const { mutationId: _, ...again } = mutation.op === 'update' ? withoutFields(mutation, since) : mutation
    if (again.op === 'update' && Object.keys(again.changes).length === 0) continue
    const bare = 'base' in again ? { ...again, base: undefined } : again
    const renewed = { ...bare, mutationId: context.newId(), editedAt: context.editedAt } as typeof mutation
    next = queueRecordChange(next ?? undefined, held.collection, renewed)
  }
  return next
}

function withoutFields<M extends { readonly changes: object }>(mutation: M, fields: ReadonlySet<string>): M {
  const changes = Object.entries(mutation.changes).filter(([field]) => !fields.has(field))
  return { ...mutation, changes: Object.fromEntries(changes) }
}

/** The record without its refused changes; null when it exists nowhere else and leaves the replica. */
export function discardRefused(held: ReplicaRecord): ReplicaRecord | null {
  return composeRecord(held.collection, held.id, held.body, { ...recordLocalOf(held), rejected: null })
}
