import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { CUSTOMER_FIELDS, type CustomerChanges, type CustomerField } from '#shared/domain/customer.ts'
import type { UndoPreview } from '#shared/replica-api/import.ts'
import { changedFields, pickFields, sameValue } from '../conflict/field-values.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { type EditContext, isNewCustomer, isRefusedCreation, waitingFields } from '../outbox/queue-edit.ts'
import type { CustomerEdits } from './customer-edits.ts'

/** What the undoing needs to know. */
export interface UndoContext {
  /** Begins a write: the customers as they are by then. */
  readonly edits: () => CustomerEdits
  readonly mayDelete: (customer: ReplicaCustomer) => boolean
  readonly mayEdit: (customer: ReplicaCustomer) => boolean
  readonly newEdit: () => EditContext
  /** What the import itself changed of a customer that it had made. */
  readonly ownEdits: (id: string) => CustomerChanges
  readonly editedToo: boolean
}

/** What undoing changes, and what it comes to. */
export interface Undone {
  readonly put: readonly ReplicaCustomer[]
  readonly removed: readonly string[]
  readonly counts: UndoPreview
}

/** An update that an import made. */
export interface ImportUpdate {
  readonly customerId: string
  readonly before: CustomerChanges
  readonly after: CustomerChanges
}

export const NOTHING_UNDONE: UndoPreview = {
  removed: 0,
  editedSince: 0,
  notAllowed: 0,
  restored: 0,
  valuesKept: 0,
  elsewhere: 0,
  gone: 0,
}

/** Takes customers back that an import made: pure; doing it twice changes nothing more. */
export function undoCreations(ids: readonly string[], context: UndoContext): Undone {
  const customers = context.edits()
  const removed: string[] = []
  const counts = { ...NOTHING_UNDONE }
  for (const id of ids) {
    const held = customers.find(id)
    if (held === undefined || held.deletedAt !== null) {
      counts.gone += 1
    } else if (!context.editedToo && isEditedSince(held, context.ownEdits(id))) {
      counts.editedSince += 1
    } else if (isUnsent(held)) {
      // The server has never heard of it: there is nothing to delete there.
      removed.push(id)
      counts.removed += 1
    } else if (context.mayDelete(held) && customers.delete(id, context.newEdit()).ok) {
      counts.removed += 1
    } else {
      counts.notAllowed += 1
    }
  }
  return { put: customers.put(), removed, counts }
}

/** Puts values back that an import replaced, where they are still what it made of them. The latest update first. */
export function undoUpdates(updates: readonly ImportUpdate[], context: UndoContext): Undone {
  const customers = context.edits()
  const counts = { ...NOTHING_UNDONE }
  for (const { customerId, before, after } of updates) {
    const held = customers.find(customerId)
    const fields = changedFields(after)
    if (held === undefined || held.deletedAt !== null) {
      counts.gone += 1
      continue
    }
    const back = fields.filter((field) => sameValue(held[field], after[field]))
    counts.valuesKept += fields.length - back.length
    if (back.length === 0) continue
    if (!context.mayEdit(held)) {
      counts.notAllowed += 1
      continue
    }
    if (customers.update(customerId, pickFields(before, back), context.newEdit()).ok) counts.restored += back.length
    else counts.valuesKept += back.length
  }
  return { put: customers.put(), removed: [], counts }
}

/** Two of them as one. */
export function addUndone(a: UndoPreview, b: UndoPreview): UndoPreview {
  const sum = { ...a }
  for (const key of Object.keys(b) as (keyof UndoPreview)[]) sum[key] += b[key]
  return sum
}

/** Whether somebody has worked with a customer since the import made it. */
function isEditedSince(held: ReplicaCustomer, own: CustomerChanges): boolean {
  if (held.conversationCount > 0) return true
  return editedFields(held).some((field) => own[field] === undefined || !sameValue(own[field], held[field]))
}

function editedFields(held: ReplicaCustomer): readonly CustomerField[] {
  const [first, ...later] = localStateOf(held).mutations
  if (first?.op !== 'create') {
    return [...(Object.keys(held.fieldEdits) as CustomerField[]), ...waitingFields(held)]
  }
  // Edits of what was not sent yet flow into the creation, which then has another time.
  if (first.editedAt !== first.createdAt) return CUSTOMER_FIELDS
  return later.flatMap((mutation) => (mutation.op === 'update' ? changedFields(mutation.changes) : []))
}

function isUnsent(held: ReplicaCustomer): boolean {
  if (isRefusedCreation(held)) return true
  return isNewCustomer(held) && localStateOf(held).mutations.every(({ sent }) => !sent)
}
