import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerFields } from '#shared/domain/customer.ts'
import type { ImportCounts, RowOutcome } from '#shared/replica-api/import.ts'
import { changedFields, pickFields } from '../conflict/field-values.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { type EditContext, queueCreate, queueEdit } from '../outbox/queue-edit.ts'
import type { ImportChunk } from './import-journal.ts'
import type { PlanRows } from './import-plan.ts'
import { changesOf, differences } from './row-changes.ts'
import type { RowTable } from './row-table.ts'

/** What applying rows needs to know. */
export interface ApplyContext {
  readonly plan: PlanRows
  readonly table: RowTable
  readonly companyId: string
  readonly user: { readonly id: string; readonly name: string }
  /** A customer as it is held and shows. */
  readonly find: (id: string) => ReplicaCustomer | undefined
  /** An edit of it, laid on top of a pending merge where there is one. */
  readonly edit: (held: ReplicaCustomer, edit: (customer: ReplicaCustomer) => ReplicaCustomer) => ReplicaCustomer
  /** Why one may not edit it; null: one may. */
  readonly refusal: (customer: ReplicaCustomer) => string | null
  readonly newEdit: () => EditContext
}

/** What a chunk of rows changes. Its counts add up to its rows. */
export interface AppliedRows {
  readonly put: readonly ReplicaCustomer[]
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

/** What the rows of some places change: pure, so that it can be written in one piece, or not at all. */
export function applyRows(from: number, to: number, context: ApplyContext): AppliedRows {
  const put = new Map<string, ReplicaCustomer>()
  const journal: ImportChunk = { updates: [], others: [] }
  const counts = { ...NO_COUNTS }
  for (let place = from; place < to; place++) {
    const planned = plannedOutcome(context.plan, place)
    const { outcome, reason } = applyRow(place, context, put, journal)
    counts[COUNTED[outcome]] += 1
    if (outcome === planned) continue
    const cells = outcome === 'failed' ? [...(context.table.rows[place]?.cells ?? [])] : []
    journal.others.push({ place, outcome, reason, cells })
  }
  return { put: [...put.values()], counts, journal }
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

function applyRow(
  place: number,
  context: ApplyContext,
  put: Map<string, ReplicaCustomer>,
  journal: ImportChunk,
): Applied {
  const { plan, table } = context
  const action = plan.actionOf(place)
  if (action === 'skip') return { outcome: plan.outcomeOfSkipped(place), reason: '' }
  const reading = table.read(place)
  if (reading.kind === 'invalid') return { outcome: 'failed', reason: reading.reason }
  const id = plan.customerOf(place)
  if (action === 'create') {
    if (id !== null) put.set(id, made(id, reading.fields, context))
    return { outcome: 'created', reason: '' }
  }
  const held = id === null ? undefined : (put.get(id) ?? context.find(id))
  if (held === undefined) return { outcome: 'duplicate', reason: 'The row that it repeats was left out.' }
  if (held.deletedAt !== null) {
    return { outcome: 'failed', reason: 'The customer was deleted or merged meanwhile. Import the row again.' }
  }
  const changes = changesOf(reading.fields, held, action)
  const fields = changedFields(changes)
  if (fields.length === 0) {
    const left = differences(reading.fields, held)
    if (left.length === 0) return { outcome: 'unchanged', reason: '' }
    return { outcome: 'duplicate', reason: `Left as it is: the customer has another ${left.join(', ')}.` }
  }
  const refusal = context.refusal(held)
  if (refusal !== null) return { outcome: 'failed', reason: refusal }
  const [open] = localStateOf(held).mutations
  // A creation that is still here keeps its time: by it the undoing sees that nobody else has edited it.
  const edit = context.newEdit()
  const editedAt = open?.op === 'create' && !open.sent ? open.editedAt : edit.editedAt
  put.set(
    held.id,
    context.edit(held, (customer) => queueEdit(customer, {}, changes, { ...edit, editedAt })),
  )
  journal.updates.push({ place, customerId: held.id, before: pickFields(held, fields), after: changes })
  return { outcome: 'updated', reason: '' }
}

function made(id: string, fields: CustomerFields, { companyId, user, newEdit }: ApplyContext): ReplicaCustomer {
  return queueCreate({ id, companyId, fields, source: 'import', createdBy: user }, newEdit())
}
