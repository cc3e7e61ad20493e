import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerChanges } from '#shared/domain/customer.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { localStateOf, serverRow } from '../conflict/overlay.ts'
import { discardRejected, foldBases, foldChanges } from './attention.ts'
import { type EditContext, queueEdit } from './queue-edit.ts'

/** A merge of what was merged before is followed so far; a ring can't come from the server, but must not hang us. */
const MAX_STEPS = 50

/**
 * Where a customer that was merged away went, at the end of a row of merges. Null: it was not merged
 * away, or that customer is deleted or not on this computer.
 */
export function mergeTarget(
  held: ReplicaCustomer,
  find: (id: string) => ReplicaCustomer | undefined,
): ReplicaCustomer | null {
  let at: ReplicaCustomer | undefined = held
  for (let step = 0; step < MAX_STEPS && at !== undefined; step += 1) {
    const { mergedInto, deletedAt } = serverRow(at)
    if (mergedInto === null) return at.id === held.id || deletedAt !== null || at.deletedAt !== null ? null : at
    at = find(mergedInto)
  }
  return null
}

/**
 * The refused edit of a customer that was merged away, made on the customer it went to: tags are
 * added and removed, notes added; any other field shows what was written, and what stood there
 * becomes a conflict to settle. Both customers are to be stored together.
 */
export function resendToTarget(
  held: ReplicaCustomer,
  target: ReplicaCustomer,
  corrections: CustomerChanges,
  context: EditContext,
): Result<{ readonly source: ReplicaCustomer; readonly target: ReplicaCustomer }> {
  const { rejected } = localStateOf(held)
  if (rejected === null) return fail('nothing_to_do', 'This change was settled in the meantime.')
  if (!rejected.mutations.some((mutation) => mutation.op === 'update')) {
    return fail('merged', 'The customer was merged into another one. Undo the merge instead, or discard this change.')
  }
  const changes = { ...foldChanges(rejected.mutations), ...corrections }
  // Notes have no common base in another customer: what is not there yet is added.
  const base = { ...foldBases(rejected.mutations), notes: null }
  const source = discardRejected(held)
  if (source === null) return fail('nothing_to_do', 'This change was settled in the meantime.')
  return ok({ source, target: queueEdit(target, base, changes, context) })
}
