import type { QueuedRecordMutation, ReplicaRecord, StoredCollection } from '#database/local/replica-record.ts'
import type { RecordCollection, RecordMutation } from '#shared/sync-protocol/record-push.ts'
import { composeRecord, recordLocalOf } from '../conflict/record-rows.ts'

type AnyMutation = RecordMutation<RecordCollection>

/**
 * The record with one more change waiting; null: nothing is left of it (made and deleted before it
 * was ever sent). Changes flow together into the last one that has not been sent; one that was sent
 * is never touched.
 */
export function queueRecordChange(
  held: ReplicaRecord | undefined,
  collection: StoredCollection,
  mutation: AnyMutation,
): ReplicaRecord | null {
  const { mutations, rejected } = recordLocalOf(held)
  const compose = (next: readonly QueuedRecordMutation[]) =>
    composeRecord(collection, mutation.id, held?.body ?? null, { mutations: next, rejected })
  const last = mutations.at(-1)
  if (last === undefined || last.sent) return compose([...mutations, { sent: false, mutation }])
  const before = mutations.slice(0, -1)
  if (mutation.op === 'delete' && last.mutation.op === 'create') return compose(before)
  const joined = joinMutations(last.mutation, mutation)
  return joined === null
    ? compose([...mutations, { sent: false, mutation }])
    : compose([...before, { sent: false, mutation: joined }])
}

/** Two changes as one; null where they are none (a deletion after an update goes by itself). */
function joinMutations(open: AnyMutation, next: AnyMutation): AnyMutation | null {
  if (next.op !== 'update' || (open.op !== 'create' && open.op !== 'update')) return null
  const changes = { ...open.changes, ...next.changes }
  // Both are of one collection, which TypeScript can't see in the union.
  const joined = { ...open, changes, editedAt: next.editedAt } as AnyMutation
  if (open.op !== 'update' || !('base' in open || 'base' in next)) return joined
  return {
    ...joined,
    base: { ...('base' in next ? next.base : {}), ...('base' in open ? open.base : {}) },
  } as AnyMutation
}

/** The mutation of a record that is to be sent next; later ones wait for its verdict. */
export function nextRecordMutation(held: ReplicaRecord): QueuedRecordMutation | undefined {
  return recordLocalOf(held).mutations[0]
}

/** The record with its next mutation marked as under way: to be stored before the request leaves. */
export function markRecordSent(held: ReplicaRecord): ReplicaRecord {
  const local = recordLocalOf(held)
  const [first, ...rest] = local.mutations
  if (first === undefined || first.sent) return held
  return { ...held, local: { ...local, mutations: [{ ...first, sent: true }, ...rest] } }
}
