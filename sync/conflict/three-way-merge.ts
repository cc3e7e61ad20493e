import type { Customer, CustomerChanges, CustomerField } from '#shared/domain/customer.ts'
import type { FieldConflict } from '#shared/replica-api/detail.ts'
import { changedFields, sameValue } from './field-values.ts'

/** An edit of some fields: what they held, what they shall hold, and when each was edited. */
export interface FieldEdits {
  readonly base: CustomerChanges
  readonly changes: CustomerChanges
  /** ISO instants in server time, by field. */
  readonly times: { readonly [F in CustomerField]?: string | undefined }
  /** The time of fields without one of their own. */
  readonly editedAt: string
}

/** What is left of an edit after somebody else's: rebased on the master, with the losing values kept. */
export interface MergeOutcome {
  readonly base: CustomerChanges
  /** Empty when nothing is left to be sent. */
  readonly changes: CustomerChanges
  readonly conflicts: readonly FieldConflict[]
}

/**
 * Three-way merge, field by field against the common base (SPEC SY-4). A field that only one side
 * changed keeps that change; both sides alike needs nothing; both sides differently: the later edit
 * shows and the other value becomes a conflict with its author and time. On a tie the master wins,
 * so that two replicas never trade the field for ever.
 */
export function mergeEdits(edits: FieldEdits, master: Customer): MergeOutcome {
  const base: CustomerChanges = {}
  const changes: CustomerChanges = {}
  const conflicts: FieldConflict[] = []
  for (const field of changedFields(edits.changes)) {
    const mine = edits.changes[field]
    const theirs = master[field]
    if (sameValue(mine, theirs)) continue
    const changedByThem = !sameValue(edits.base[field], theirs)
    const mineAt = edits.times[field] ?? edits.editedAt
    const theirEdit = master.fieldEdits[field]
    const theirsAt = theirEdit?.at ?? master.updatedAt
    const mineIsLater = Date.parse(mineAt) > Date.parse(theirsAt)
    if (!changedByThem || mineIsLater) {
      Object.assign(base, { [field]: theirs })
      Object.assign(changes, { [field]: mine })
    }
    if (changedByThem) {
      const theirsByName = theirEdit?.byName ?? null
      conflicts.push({ field, shown: mineIsLater ? 'mine' : 'theirs', mine, mineAt, theirs, theirsAt, theirsByName })
    }
  }
  return { base, changes, conflicts }
}
