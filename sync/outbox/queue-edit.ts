import type { QueuedMutation, ReplicaCustomer } from '#database/local/replica-customer.ts'
import {
  CUSTOMER_FIELDS,
  type Customer,
  type CustomerChanges,
  type CustomerField,
  type CustomerFields,
  type CustomerSource,
} from '#shared/domain/customer.ts'
import { changedFields, pickFields, sameValue } from '../conflict/field-values.ts'
import { LOCAL_REV, localStateOf, NO_LOCAL_STATE, overlay, serverRow } from '../conflict/overlay.ts'
import { mergeEdits } from '../conflict/three-way-merge.ts'

/** What an edit needs from outside: an id for its mutation, and the time (ISO, server's as far as known). */
export interface EditContext {
  readonly mutationId: string
  readonly editedAt: string
  /** The import that makes or undoes it. */
  readonly importId?: string
}

/** Who makes a customer, and where. */
export interface NewCustomer {
  readonly id: string
  readonly companyId: string
  readonly fields: CustomerFields
  readonly source: CustomerSource
  readonly createdBy: { readonly id: string; readonly name: string }
}

/** A customer made on this machine, with its creation waiting to be sent. */
export function queueCreate(made: NewCustomer, { mutationId, editedAt }: EditContext): ReplicaCustomer {
  const { id, companyId, fields, source, createdBy } = made
  const row: Customer = {
    ...fields,
    id,
    companyId,
    source,
    createdByUserId: createdBy.id,
    createdByUserName: createdBy.name,
    createdAt: editedAt,
    updatedAt: editedAt,
    lastSeenAt: null,
    conversationCount: 0,
    viewCount: 0,
    deletedAt: null,
    mergedInto: null,
    fieldEdits: {},
    rev: LOCAL_REV,
  }
  const creation: QueuedMutation = {
    op: 'create',
    mutationId,
    id,
    changes: fields,
    source,
    createdAt: editedAt,
    editedAt,
    sent: false,
  }
  return overlay(row, { ...NO_LOCAL_STATE, mutations: [creation] })
}

/**
 * The customer with some fields edited. Edits flow together into the last mutation that has not
 * been sent; one that was sent is never touched. Fields that already hold the value change nothing.
 */
export function queueUpdate(held: ReplicaCustomer, wanted: CustomerChanges, context: EditContext): ReplicaCustomer {
  const changes = pickFields(
    wanted,
    changedFields(wanted).filter((field) => !sameValue(wanted[field], held[field])),
  )
  const fields = changedFields(changes)
  if (fields.length === 0) return held
  const { mutations } = localStateOf(held)
  const open = mutations.at(-1)
  const before = mutations.slice(0, -1)
  const base = pickFields(held, fields)
  if (open?.op === 'create' && !open.sent) {
    return withMutations(held, [{ ...open, changes: { ...open.changes, ...changes }, editedAt: context.editedAt }])
  }
  // What an import did stays apart from what people do, so that it can be undone apart.
  if (open?.op === 'update' && !open.sent && open.importId === context.importId) {
    const merged = mergeIntoOpen(open, base, changes, context.editedAt)
    return withMutations(held, merged === null ? before : [...before, merged])
  }
  const { id } = held
  const update = { ...context, op: 'update' as const, id, base, changes, sent: false }
  return withMutations(held, [...mutations, { ...update, times: timesOf(fields, context.editedAt) }])
}

/**
 * An edit that was made while looking at `base`, which may not be what the customer holds by now: a
 * form stays open while others' changes arrive. What changed since merges as it does after a push.
 */
export function queueEdit(
  held: ReplicaCustomer,
  base: CustomerChanges,
  changes: CustomerChanges,
  context: EditContext,
): ReplicaCustomer {
  const known = { ...pickFields(held, changedFields(changes)), ...base }
  const master = { ...held, fieldEdits: { ...held.fieldEdits, ...waitingEdits(held) } }
  const outcome = mergeEdits({ base: known, changes, times: {}, editedAt: context.editedAt }, master)
  const next = queueUpdate(held, outcome.changes, context)
  if (outcome.conflicts.length === 0) return next
  const local = localStateOf(next)
  return overlay(serverRow(next), { ...local, conflicts: [...local.conflicts, ...outcome.conflicts] })
}

/** When the fields that wait to be sent were edited here: theirs is the value that shows, not the server's. */
function waitingEdits(held: ReplicaCustomer): Customer['fieldEdits'] {
  const edits: Customer['fieldEdits'] = {}
  for (const mutation of localStateOf(held).mutations) {
    if (mutation.op !== 'update') continue
    for (const field of changedFields(mutation.changes)) {
      edits[field] = { at: mutation.times?.[field] ?? mutation.editedAt, by: null, byName: null }
    }
  }
  return edits
}

/** The open update with more edits in it; null when nothing is left to change. */
function mergeIntoOpen(
  open: QueuedMutation & { op: 'update' },
  base: CustomerChanges,
  changes: CustomerChanges,
  editedAt: string,
): QueuedMutation | null {
  const mergedBase = { ...base, ...open.base }
  const mergedChanges = { ...open.changes, ...changes }
  const fields = changedFields(mergedChanges).filter((field) => !sameValue(mergedBase[field], mergedChanges[field]))
  if (fields.length === 0) return null
  const times = { ...open.times, ...timesOf(changedFields(changes), editedAt) }
  return {
    ...open,
    editedAt,
    base: pickFields(mergedBase, fields),
    changes: pickFields(mergedChanges, fields),
    times: Object.fromEntries(fields.map((field) => [field, times[field] ?? editedAt])),
  }
}

/** The customer deleted (softly). It leaves the list at once; the server hears of it with the next push. */
export function queueDelete(held: ReplicaCustomer, context: EditContext): ReplicaCustomer {
  if (held.deletedAt !== null) return held
  return append(held, { ...context, op: 'delete', id: held.id, sent: false })
}

/** Takes a deletion back: without a trace while it was not sent, else as a change of its own. */
export function queueRestore(held: ReplicaCustomer, context: EditContext): ReplicaCustomer {
  if (held.deletedAt === null) return held
  const { mutations } = localStateOf(held)
  const last = mutations.at(-1)
  if (last?.op === 'delete' && !last.sent) return withMutations(held, mutations.slice(0, -1))
  return append(held, { ...context, op: 'restore', id: held.id, sent: false })
}

/** Whether the server has never seen the customer. */
export function isNewCustomer(held: ReplicaCustomer): boolean {
  return held.rev === LOCAL_REV
}

/** Whether the server refused to create the customer: it is in no list, only under "Needs attention". */
export function isRefusedCreation(held: ReplicaCustomer): boolean {
  const { mutations, rejected } = localStateOf(held)
  return mutations.length === 0 && rejected?.mutations[0]?.op === 'create' && held.rev === LOCAL_REV
}

/** The fields that waiting mutations of a customer change. */
export function waitingFields(held: ReplicaCustomer): CustomerField[] {
  const waiting = localStateOf(held).mutations.flatMap((mutation) =>
    mutation.op === 'create' || mutation.op === 'update' ? changedFields(mutation.changes) : [],
  )
  return CUSTOMER_FIELDS.filter((field) => waiting.includes(field))
}

function append(held: ReplicaCustomer, mutation: QueuedMutation): ReplicaCustomer {
  return withMutations(held, [...localStateOf(held).mutations, mutation])
}

function withMutations(held: ReplicaCustomer, mutations: readonly QueuedMutation[]): ReplicaCustomer {
  return overlay(serverRow(held), { ...localStateOf(held), mutations: [...mutations] })
}

function timesOf(fields: readonly CustomerField[], at: string): { [F in CustomerField]?: string } {
  return Object.fromEntries(fields.map((field) => [field, at]))
}
