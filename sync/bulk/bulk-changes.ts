import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { type CustomerChanges, FIELD_LIMITS } from '#shared/domain/customer.ts'
import type { BulkChange } from '#shared/replica-api/bulk.ts'
import { changedFields, pickFields, sameValue } from '../conflict/field-values.ts'

/** An act that edits fields. */
type FieldChange = Exclude<BulkChange, { kind: 'delete' }>

/** What an act made of one customer. */
export interface BulkEdit {
  readonly before: CustomerChanges
  readonly after: CustomerChanges
}

/** What an act makes of a customer; `unchanged`: nothing, `tooManyTags`: it can't. */
export function bulkEditOf(customer: ReplicaCustomer, change: FieldChange): BulkEdit | 'unchanged' | 'tooManyTags' {
  const after: CustomerChanges =
    change.kind === 'owner' ? { ownerId: change.ownerId } : { tags: withTags(customer.tags, change) }
  const fields = changedFields(after).filter((field) => !sameValue(customer[field], after[field]))
  if (fields.length === 0) return 'unchanged'
  if ((after.tags?.length ?? 0) > FIELD_LIMITS.tags) return 'tooManyTags'
  return { before: pickFields(customer, fields), after: pickFields(after, fields) }
}

/**
 * What takes an act back where it still shows; null: nothing does. An owner who was changed since stays;
 * of the tags exactly those come and go that the act had taken and given, whatever was tagged since.
 */
export function bulkUndoOf(customer: ReplicaCustomer, { before, after }: BulkEdit): CustomerChanges | null {
  const back: CustomerChanges = {}
  if (after.ownerId !== undefined && customer.ownerId === after.ownerId) back.ownerId = before.ownerId
  if (after.tags !== undefined && before.tags !== undefined) {
    const given = { add: without(before.tags, after.tags), remove: without(after.tags, before.tags) }
    const tags = sameValue(customer.tags, after.tags) ? before.tags : withTags(customer.tags, given)
    if (!sameValue(tags, customer.tags) && tags.length <= FIELD_LIMITS.tags) back.tags = tags
  }
  return changedFields(back).length === 0 ? null : back
}

function withTags(tags: readonly string[], { add, remove }: { add: readonly string[]; remove: readonly string[] }) {
  return [...new Set([...without(tags, remove), ...add])]
}

function without(tags: readonly string[], gone: readonly string[]): string[] {
  return tags.filter((tag) => !gone.includes(tag))
}
