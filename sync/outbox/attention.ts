import type { QueuedMutation, ReplicaCustomer } from '#database/local/replica-customer.ts'
import {
  CUSTOMER_FIELDS,
  type CustomerChanges,
  type CustomerField,
  customerFieldsSchema,
  heldChangesSchema,
} from '#shared/domain/customer.ts'
import type { AttentionItem, FieldConflict } from '#shared/replica-api/detail.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { changedFields, pickFields, sameValue } from '../conflict/field-values.ts'
import { localStateOf, overlay, serverRow } from '../conflict/overlay.ts'
import { type EditContext, isRefusedCreation, queueDelete, queueEdit, queueRestore } from './queue-edit.ts'

/**
 * What of a customer needs the user: a refused write and open conflicts, the refused one first.
 * `target`: where the customer went, if it was merged away: the refused write is offered for that one.
 */
export function attentionItems(held: ReplicaCustomer, target: ReplicaCustomer | null): AttentionItem[] {
  const { rejected, conflicts } = localStateOf(held)
  const items: AttentionItem[] = []
  if (rejected !== null) {
    const { code, message, field, at } = rejected
    const changes = foldChanges(rejected.mutations)
    const isCreation = rejected.mutations[0]?.op === 'create'
    const current = isCreation ? null : pickFields(target ?? serverRow(held), changedFields(changes))
    const mergedInto = target === null ? null : { id: target.id, name: target.name }
    const op = isCreation ? 'create' : (rejected.mutations.at(-1)?.op ?? 'update')
    const common = { customerId: held.id, customerName: held.name, op, changes, current }
    items.push({ kind: 'rejected', ...common, code, reason: message, field, at, mergedInto })
  }
  for (const conflict of offeredConflicts(conflicts)) {
    items.push({ kind: 'conflict', customerId: held.id, customerName: held.name, conflict })
  }
  return items
}

/**
 * The latest open conflict of each field: the one that settling is about. An earlier one of the same
 * field is offered when that is settled, so that nobody chooses between two values and gets a third.
 */
export function offeredConflicts(conflicts: readonly FieldConflict[]): FieldConflict[] {
  return [...new Map(conflicts.map((conflict) => [conflict.field, conflict])).values()]
}

/** How many entries a customer adds to "Needs attention". */
export function attentionCount(held: ReplicaCustomer): number {
  const { rejected, conflicts } = localStateOf(held)
  return (rejected === null ? 0 : 1) + offeredConflicts(conflicts).length
}

/**
 * Queues a refused write again, with corrections where given. `seen`: what the screen showed beside it;
 * what has come since is under it as under any edit. The customer changes place in the replica only
 * when its id was taken: then the answer has another id and the old one is to be removed.
 */
export function resendRejected(
  held: ReplicaCustomer,
  corrections: CustomerChanges,
  context: EditContext & { readonly newId: () => string; readonly seen?: CustomerChanges },
): Result<ReplicaCustomer> {
  const local = localStateOf(held)
  if (local.rejected === null) return fail('nothing_to_do', 'This change was settled in the meantime.')
  const { mutations, code } = local.rejected
  const changes = { ...foldChanges(mutations), ...corrections }
  const edit = { mutationId: context.mutationId, editedAt: context.editedAt, ...importOf(mutations) }
  const creation = mutations[0]
  if (creation?.op === 'create' && isRefusedCreation(held)) {
    const parsed = customerFieldsSchema.safeParse({ ...pickFields(held, CUSTOMER_FIELDS), ...changes })
    if (!parsed.success) return invalid(parsed.error.issues[0])
    const id = code === 'id_in_use' ? context.newId() : held.id
    const next: QueuedMutation = { ...creation, ...edit, id, changes: parsed.data, sent: false }
    return ok(overlay({ ...serverRow(held), id }, { ...local, rejected: null, mutations: [next] }))
  }
  if (serverRow(held).deletedAt !== null && mutations.some((mutation) => mutation.op === 'update')) {
    return fail('deleted', 'The customer is deleted. Restore it first, or discard this change.')
  }
  // The screen shows the server's values beside the refused ones. What was written here since is under
  // neither: texts and tags take it in, of other fields it goes to the conflict inbox.
  const { notes, tags } = foldBases(mutations)
  const base = {
    ...pickFields(serverRow(held), changedFields(changes)),
    ...context.seen,
    ...(notes === undefined ? {} : { notes }),
    ...(tags === undefined ? {} : { tags }),
  }
  let next = queueEdit({ ...held, local: { ...local, rejected: null } }, base, changes, edit)
  const last = mutations.at(-1)
  // The server answers what comes under an id that it has judged with that verdict, whatever it says.
  const behind = { ...edit, mutationId: context.newId() }
  if (last?.op === 'delete') next = queueDelete(next, behind)
  if (last?.op === 'restore') next = queueRestore(next, behind)
  return ok(tidy(next))
}

/** The customer without its refused write; null when it exists nowhere else and leaves the replica. */
export function discardRejected(held: ReplicaCustomer): ReplicaCustomer | null {
  if (isRefusedCreation(held)) return null
  return tidy({ ...held, local: { ...localStateOf(held), rejected: null } })
}

/**
 * Settles the latest open conflict of a field: the value that is kept stays where it stands, else it is
 * written as an edit of its own. What has come since nobody has settled: it is kept as under any edit.
 */
export function settleConflict(
  held: ReplicaCustomer,
  field: CustomerField,
  keep: FieldConflict['shown'],
  context: EditContext,
): Result<ReplicaCustomer> {
  const { conflicts } = localStateOf(held)
  const index = conflicts.findLastIndex((conflict) => conflict.field === field)
  const conflict = conflicts[index]
  if (conflict === undefined) return fail('nothing_to_do', 'This conflict was settled in the meantime.')
  let next = held
  if (!sameValue(conflict[keep], held[field])) {
    const kept = customerFieldsSchema.partial().safeParse({ [field]: conflict[keep] })
    if (!kept.success) return invalid(kept.error.issues[0])
    const base = heldChangesSchema.parse({ [field]: conflict[keep === 'mine' ? 'theirs' : 'mine'] })
    next = queueEdit(held, base, kept.data, context)
  }
  const local = localStateOf(next)
  return ok(tidy({ ...next, local: { ...local, conflicts: local.conflicts.toSpliced(index, 1) } }))
}

/** What each field held before the first of a list of mutations. */
export function foldBases(mutations: readonly QueuedMutation[]): CustomerChanges {
  let base: CustomerChanges = {}
  for (const mutation of mutations) if (mutation.op === 'update') base = { ...mutation.base, ...base }
  return base
}

/** The last value of each field in a list of mutations. */
export function foldChanges(mutations: readonly QueuedMutation[]): CustomerChanges {
  let changes: CustomerChanges = {}
  for (const mutation of mutations) {
    if (mutation.op === 'create' || mutation.op === 'update') changes = { ...changes, ...mutation.changes }
  }
  return changes
}

/** The import that all of a list of mutations belong to; empty: there is none. */
function importOf(mutations: readonly QueuedMutation[]): Pick<EditContext, 'importId'> {
  const [importId, ...others] = new Set(mutations.map((each) => ('importId' in each ? each.importId : undefined)))
  return importId === undefined || others.length > 0 ? {} : { importId }
}

/** Drops an empty local state, so that a settled customer looks like any other. */
function tidy(held: ReplicaCustomer): ReplicaCustomer {
  return overlay(serverRow(held), localStateOf(held))
}

function invalid(issue: { readonly message: string; readonly path: readonly PropertyKey[] } | undefined) {
  return fail('invalid', issue?.message ?? 'A value is not allowed here. Correct it.', issue?.path[0]?.toString())
}
