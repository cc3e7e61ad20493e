import type { QueuedMutation, ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerChanges } from '#shared/domain/customer.ts'
import type { UndoPreview } from '#shared/replica-api/import.ts'
import { changedFields, pickFields, sameValue } from '../conflict/field-values.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { type EditContext, isNewCustomer, isRefusedCreation } from '../outbox/queue-edit.ts'
import type { CustomerEdits } from './customer-edits.ts'

/** What the undoing needs to know. */
export interface UndoContext {
  readonly importId: string
  readonly userId: string
  /** Who imported; only their edits can be the import's. */
  readonly importedBy: string
  /** Whether others' work hangs on a customer: what was entered about them, quotes, calls, merges. */
  readonly hasWorkAround: (customer: ReplicaCustomer) => boolean
  /** Begins a write: the customers as they are by then. */
  readonly edits: () => CustomerEdits
  readonly mayDelete: (customer: ReplicaCustomer) => boolean
  readonly mayEdit: (customer: ReplicaCustomer) => boolean
  readonly newEdit: () => EditContext
  /** With customers that were edited since. */
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

/**
 * Takes customers back that an import made: pure; doing it twice changes nothing more. Whom others have
 * worked with since is deleted like anybody else, by whoever may; for the rest the right to undo is enough.
 */
export function undoCreations(ids: readonly string[], context: UndoContext): Undone {
  const { importId, editedToo } = context
  const customers = context.edits()
  const removed: string[] = []
  const counts = { ...NOTHING_UNDONE }
  for (const id of ids) {
    const held = customers.find(id)
    if (held === undefined || held.deletedAt !== null) {
      counts.gone += 1
      continue
    }
    const worked = workSince(held, context)
    if (worked === 'of others' && !context.mayDelete(held)) {
      counts.notAllowed += 1
    } else if (worked !== 'none' && !editedToo) {
      counts.editedSince += 1
    } else if (isUnsent(held)) {
      // The server has never heard of it: there is nothing to delete there.
      removed.push(id)
      counts.removed += 1
    } else {
      const edit = context.newEdit()
      customers.delete(id, worked === 'of others' ? edit : { ...edit, importId })
      counts.removed += 1
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
    // Not sent yet it flows into what the import did: as if that had not been.
    const edit = isOpenIn(held, context.importId) ? { importId: context.importId } : {}
    if (customers.update(customerId, pickFields(before, back), { ...context.newEdit(), ...edit }).ok)
      counts.restored += back.length
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

/** Whose work a customer holds that the import did not bring. */
function workSince(held: ReplicaCustomer, context: UndoContext): 'none' | 'own' | 'of others' {
  const { importId, userId, importedBy } = context
  if (held.conversationCount > 0 || context.hasWorkAround(held)) return 'of others'
  const edits = Object.values(held.fieldEdits).filter((edit) => edit.importId !== importId || edit.by !== importedBy)
  if (edits.some(({ by }) => by !== userId)) return 'of others'
  return edits.length > 0 || localStateOf(held).mutations.some((each) => isOwnEdit(each, importId)) ? 'own' : 'none'
}

function isOwnEdit(mutation: QueuedMutation, importId: string): boolean {
  // Edits of what was not sent yet flow into the creation, which then has another time.
  if (mutation.op === 'create') return mutation.editedAt !== mutation.createdAt
  return mutation.op === 'update' && mutation.importId !== importId
}

/** Whether the last thing that waits is what an import did, and still takes edits. */
function isOpenIn(held: ReplicaCustomer, importId: string): boolean {
  const last = localStateOf(held).mutations.at(-1)
  return last?.op === 'update' && !last.sent && last.importId === importId
}

function isUnsent(held: ReplicaCustomer): boolean {
  if (isRefusedCreation(held)) return true
  return isNewCustomer(held) && localStateOf(held).mutations.every(({ sent }) => !sent)
}
