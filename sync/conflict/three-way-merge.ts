import { type Customer, type CustomerChanges, type CustomerField, FIELD_LIMITS } from '#shared/domain/customer.ts'
import type { FieldConflict } from '#shared/replica-api/detail.ts'
import { changedFields, sameValue } from './field-values.ts'
import { mergeTags, sameTags } from './merge-tags.ts'
import { mergeText } from './merge-text.ts'

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
  /** When each of these was edited: what both sides made is as late as the later of them. */
  readonly times: { readonly [F in CustomerField]?: string }
  readonly conflicts: readonly FieldConflict[]
}

/** A field after the merge: what it shall hold, and the two values where both changed the same place. */
interface MergedField {
  readonly value: unknown
  readonly conflict: { readonly mine: unknown; readonly theirs: unknown } | null
}

/**
 * Three-way merge, field by field against the common base (SPEC SY-4). A field that only one side
 * changed keeps that change; both sides alike needs nothing. Both sides differently: tags merge as
 * a set and notes as text; else the later edit shows and the other value becomes a conflict with its
 * author and time. On a tie the master wins, so that two replicas never trade the field for ever.
 */
export function mergeEdits(edits: FieldEdits, master: Customer): MergeOutcome {
  const base: CustomerChanges = {}
  const changes: CustomerChanges = {}
  const times: { [F in CustomerField]?: string } = {}
  const conflicts: FieldConflict[] = []
  for (const field of changedFields(edits.changes)) {
    const theirs = master[field]
    const mineAt = edits.times[field] ?? edits.editedAt
    const theirEdit = master.fieldEdits[field]
    const theirsAt = theirEdit?.at ?? master.updatedAt
    const shown = Date.parse(mineAt) > Date.parse(theirsAt) ? 'mine' : 'theirs'
    const { value, conflict } = mergeField(field, edits, master, shown)
    if (!sameValue(value, theirs)) {
      Object.assign(base, { [field]: theirs })
      Object.assign(changes, { [field]: value })
      times[field] = shown === 'mine' || sameValue(value, edits.changes[field]) ? mineAt : theirsAt
    }
    if (conflict !== null) {
      const base = edits.base[field] ?? null
      conflicts.push({ field, shown, base, ...conflict, mineAt, theirsAt, theirsByName: theirEdit?.byName ?? null })
    }
  }
  return { base, changes, times, conflicts }
}

function mergeField(
  field: CustomerField,
  { base: bases, changes }: FieldEdits,
  master: Customer,
  shown: FieldConflict['shown'],
): MergedField {
  const [base, mine, theirs] = [bases[field], changes[field], master[field]]
  if (sameValue(mine, theirs) || sameValue(base, theirs)) return { value: mine, conflict: null }
  // Changed and changed back before it was ever sent.
  if (sameValue(mine, base)) return { value: theirs, conflict: null }
  if (field === 'tags') {
    const tags = mergeTags(bases.tags ?? [], changes.tags ?? [], master.tags)
    if (sameTags(tags, master.tags)) return { value: theirs, conflict: null }
    if (tags.length <= FIELD_LIMITS.tags) return { value: tags, conflict: null }
  }
  if (field === 'notes') {
    const text = mergeText(bases.notes ?? null, changes.notes ?? null, master.notes)
    if (text.kind === 'merged' && fits(text.text)) return { value: text.text, conflict: null }
    if (text.kind === 'conflict' && fits(text.mine) && fits(text.theirs)) {
      return { value: text[shown], conflict: { mine: text.mine, theirs: text.theirs } }
    }
  }
  return { value: shown === 'mine' ? mine : theirs, conflict: { mine, theirs } }
}

function fits(notes: string | null): boolean {
  return (notes?.length ?? 0) <= FIELD_LIMITS.notes
}
