import type { QueuedRecordMutation, RejectedRecordWrite, ReplicaRecord } from '#database/local/replica-record.ts'
import type { RecordAnswer, RecordCollection } from '#shared/sync-protocol/record-push.ts'
import { composeRecord, isTombstone, recordLocalOf } from './record-rows.ts'

/** The server's word on one change of a record. */
export type RecordVerdict = RecordAnswer<RecordCollection>['verdicts'][number]

const CHANGED = {
  code: 'conflict',
  message: 'Somebody changed this before your change arrived. Send yours again to put it on top, or discard it.',
}

/**
 * The record after the server's verdict on its oldest mutation; null: it leaves the replica. A
 * verdict about any other mutation is an echo, and changes nothing.
 */
export function applyRecordVerdict(held: ReplicaRecord, verdict: RecordVerdict, now: string): ReplicaRecord | null {
  const local = recordLocalOf(held)
  const [judged, ...rest] = local.mutations
  if (judged === undefined || judged.mutation.mutationId !== verdict.mutationId) return held
  const body = verdict.status === 'rejected' ? held.body : isTombstone(verdict.row) ? null : JSON.stringify(verdict.row)
  const next = (mutations: readonly QueuedRecordMutation[], rejected: RejectedRecordWrite | null) =>
    composeRecord(held.collection, held.id, body, { mutations, rejected })
  if (verdict.status === 'applied') return next(rest, local.rejected)
  // That somebody looked at a customer is not worth anybody's attention.
  if (isView(judged)) return next(rest, local.rejected)
  // What follows a creation makes no sense without it: it is kept as part of it.
  const isCreation = judged.mutation.op === 'create'
  const { code, message } = verdict.status === 'conflict' ? CHANGED : verdict
  const mutations = [...(local.rejected?.mutations ?? []), judged, ...(isCreation ? rest : [])]
  const waiting = isCreation ? [] : rest.map((later) => rebaseBelow(later, judged))
  return next(waiting, { mutations, code, message, at: now })
}

/** Whoever changed something on top of a refused change had seen, below it, what that one was based on. */
function rebaseBelow(later: QueuedRecordMutation, refused: QueuedRecordMutation): QueuedRecordMutation {
  const [over, below] = [baseOf(later), baseOf(refused)]
  if (over === null || below === null) return later
  const base = Object.fromEntries(
    Object.entries(over).map(([field, value]) => [field, field in below ? below[field] : value]),
  )
  // Both are of one collection, which TypeScript can't see in the union.
  return { ...later, mutation: { ...later.mutation, base } as QueuedRecordMutation['mutation'] }
}

function baseOf({ mutation }: QueuedRecordMutation): Readonly<Record<string, unknown>> | null {
  return 'base' in mutation ? (mutation.base ?? null) : null
}

/** Whether a change only says that somebody looked at a customer. */
export function isView({ mutation }: QueuedRecordMutation): boolean {
  return mutation.op === 'create' && 'type' in mutation.changes && mutation.changes.type === 'view'
}
