import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerFields } from '#shared/domain/customer.ts'
import type { ImportCounts, RowOutcome } from '#shared/replica-api/import.ts'
import { wordsOf } from '#shared/util/words-of.ts'
import { changedFields, pickFields } from '../conflict/field-values.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { type EditContext, queueCreate } from '../outbox/queue-edit.ts'
import type { CustomerEdits } from './customer-edits.ts'
import type { ImportChunk } from './import-journal.ts'
import type { PlanRows } from './import-plan.ts'
import { changesOf, differences } from './row-changes.ts'
import type { RowTable } from './row-table.ts'

/** What applying rows needs to know. */
export interface ApplyContext {
  readonly importId: string
  readonly plan: PlanRows
  readonly table: RowTable
  readonly companyId: string
  readonly user: { readonly id: string; readonly name: string }
  /** Takes in what the rows change. */
  readonly customers: CustomerEdits
  /** Why one may not edit it; null: one may. */
  readonly refusal: (customer: ReplicaCustomer) => string | null
  readonly newEdit: () => EditContext
}

/** What a chunk of rows came to. Its counts add up to its rows. */
export interface AppliedRows {
  readonly counts: ImportCounts
  readonly journal: ImportChunk
}

export const NO_COUNTS: ImportCounts = { created: 0, updated: 0, unchanged: 0, duplicates: 0, skipped: 0, failed: 0 }

/** The count that a row of an outcome belongs to. */
export const COUNTED: Readonly<Record<RowOutcome, keyof ImportCounts>> = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  duplicate: 'duplicates',
  skipped: 'skipped',
  failed: 'failed',
}

/** Lays what the rows of some places change into `context.customers`: it is written in one piece, or not at all. */
export function applyRows(from: number, to: number, context: ApplyContext): AppliedRows {
  const journal: ImportChunk = { updates: [], others: [] }
  const counts = { ...NO_COUNTS }
  for (let place = from; place < to; place++) {
    const planned = plannedOutcome(context.plan, place)
    const { outcome, reason } = applyRow(place, context, journal)
    counts[COUNTED[outcome]] += 1
    if (outcome === planned && reason === '') continue
    const cells = outcome === 'failed' ? [...context.table.rows.at(place).cells] : []
    journal.others.push({ place, outcome, reason, cells })
  }
  return { counts, journal }
}

/** What a row comes to where nothing has changed since the rehearsal. */
export function plannedOutcome(plan: PlanRows, place: number): RowOutcome {
  const action = plan.actionOf(place)
  if (action === 'skip') return plan.outcomeOfSkipped(place)
  return action === 'create' ? 'created' : 'updated'
}

interface Applied {
  readonly outcome: RowOutcome
  readonly reason: string
}

function applyRow(place: number, context: ApplyContext, journal: ImportChunk): Applied {
  const { plan, table, customers } = context
  const action = plan.actionOf(place)
  if (action === 'skip') return { outcome: plan.outcomeOfSkipped(place), reason: '' }
  const reading = table.read(place)
  if (reading.kind === 'invalid') return { outcome: 'failed', reason: reading.reason }
  const id = plan.customerOf(place)
  if (action === 'create') {
    // Written before, whatever says that it was not: what has become of the customer since must not get lost.
    if (id !== null && customers.find(id) === undefined) customers.make(made(id, reading.fields, context))
    return { outcome: 'created', reason: '' }
  }
  const held = id === null ? undefined : customers.find(id)
  if (held === undefined) return { outcome: 'duplicate', reason: 'The row that it repeats was left out.' }
  if (held.deletedAt !== null) {
    return { outcome: 'failed', reason: 'The customer was deleted or merged meanwhile. Import the row again.' }
  }
  const changes = changesOf(reading.fields, held, action)
  const fields = changedFields(changes)
  const left = differences(reading.fields, Object.assign({}, held, changes))
  const reason = left.length === 0 ? '' : `Left as it is: the customer has another ${left.map(wordsOf).join(', ')}.`
  if (fields.length === 0) return { outcome: left.length === 0 ? 'unchanged' : 'duplicate', reason }
  const refusal = context.refusal(held)
  if (refusal !== null) return { outcome: 'failed', reason: refusal }
  const [open] = localStateOf(held).mutations
  // A creation that is still here keeps its time: by it the undoing sees that nobody else has edited it.
  const edit = context.newEdit()
  const editedAt = open?.op === 'create' && !open.sent ? open.editedAt : edit.editedAt
  const edited = customers.update(held.id, changes, { ...edit, editedAt, importId: context.importId })
  if (!edited.ok) return { outcome: 'failed', reason: edited.error.message }
  journal.updates.push({ place, customerId: held.id, before: pickFields(held, fields), after: changes })
  return { outcome: 'updated', reason }
}

function made(id: string, fields: CustomerFields, { companyId, user, newEdit }: ApplyContext): ReplicaCustomer {
  return queueCreate({ id, companyId, fields, source: 'import', createdBy: user }, newEdit())
}
