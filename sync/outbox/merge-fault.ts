import { type Customer, customerChangesSchema, customerFieldSchema } from '#shared/domain/customer.ts'
import type { RecordChange } from '#shared/replica-api/records.ts'
import type { AppError } from '#shared/util/result.ts'
import { sameValue } from '../conflict/field-values.ts'
import type { PendingMerge } from '../conflict/pending-merges.ts'

/** The customers as they show. */
interface Shown {
  readonly get: (id: string) => Customer | undefined
  readonly preview: (merge: PendingMerge) => Customer[]
}

/** Why a merge can't be made of the customers as they are; null: it can. The server asks the same. */
export function mergeFault(
  { targetId, sourceIds, choices }: Extract<RecordChange, { kind: 'merge.make' }>,
  shown: Shown,
): AppError | null {
  const at = new Date(0).toISOString()
  const merge = { id: '', targetId, sourceIds, choices, at, undone: null, rev: null }
  const target = sourceIds.includes(targetId)
    ? undefined
    : shown.preview(merge).find(({ mergedInto }) => mergedInto === null)
  if (target === undefined) {
    const message = 'A customer of this merge was deleted or merged meanwhile, or is not on this computer. Look again.'
    return { code: 'not_found', message }
  }
  // What the kept customer held before may be older than a rule.
  const before = shown.get(target.id)
  const changed = customerFieldSchema.options.filter((field) => !sameValue(before?.[field], target[field]))
  const values = Object.fromEntries(changed.map((field) => [field, target[field]]))
  const issue = customerChangesSchema.safeParse(values).error?.issues[0]
  return issue === undefined ? null : { code: 'invalid', message: issue.message, field: String(issue.path[0]) }
}
