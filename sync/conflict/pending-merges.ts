import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import type { Customer } from '#shared/domain/customer.ts'
import { customerMergeSchema } from '#shared/domain/customer-merge.ts'
import { type MergeChoices, mergeChoicesSchema } from '#shared/domain/merge-choices.ts'
import { type MergeImage, mergeOutcome } from '#shared/domain/merge-outcome.ts'
import { parseJson } from '#shared/util/parse-json.ts'
import { sameValue } from './field-values.ts'
import { applyMutation, localStateOf, serverRow } from './overlay.ts'
import { recordLocalOf } from './record-rows.ts'

/** A merge, or its undoing, that the customers held here don't show yet. */
export interface PendingMerge {
  readonly id: string
  readonly targetId: string
  readonly sourceIds: readonly string[]
  readonly at: string
  /** What an undoing takes back; null: the merge itself is pending. */
  readonly undone: Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>> | null
  readonly choices: MergeChoices
  /** The version of the server's row where it has been carried out there: older customers don't show it. */
  readonly rev: bigint | null
}

/** A customer with pending merges on top, and the last of them. */
export interface ShownOnMerge {
  readonly customer: ReplicaCustomer
  readonly mergeId: string
}

type Find = (id: string) => ReplicaCustomer | undefined

/**
 * What a record of the collection `merges` says that is not in the customers yet: it waits to be
 * sent, or the server has done it and its customers are still on their way. Null: nothing.
 */
export function pendingMerge(record: ReplicaRecord, find: Find): PendingMerge | null {
  const { mutations } = recordLocalOf(record)
  const row = record.body === null ? undefined : customerMergeSchema.safeParse(parseJson(record.body)).data
  const [first] = mutations
  const last = mutations.at(-1)?.mutation
  if (row === undefined) {
    const creation = first?.mutation
    // Made and undone before the server was heard: nothing is left of it.
    if (creation?.op !== 'create' || !('targetId' in creation.changes) || last?.op === 'delete') return null
    const { targetId, sourceIds, choices = {} } = creation.changes
    const parsed = mergeChoicesSchema.safeParse(choices).data
    if (parsed === undefined) return null
    return { id: record.id, targetId, sourceIds, at: creation.editedAt, undone: null, choices: parsed, rev: null }
  }
  const { targetId, sourceIds, fieldChanges: undone } = row
  const common = { id: record.id, targetId, sourceIds }
  if (last?.op === 'delete') {
    return row.undoneAt === null ? { ...common, at: last.editedAt, undone, choices: {}, rev: null } : null
  }
  const rev = BigInt(row.rev)
  const isOlder = ({ rev: held }: Customer) => /^\d+$/.test(held) && BigInt(held) < rev
  const isUndone = row.undoneAt !== null
  const isBehind = sourceIds.some((id) => {
    const source = find(id)
    if (source === undefined || !isOlder(source)) return false
    return isUndone ? source.mergedInto === targetId : source.mergedInto === null && source.deletedAt === null
  })
  if (!isBehind) return null
  const choices = mergeChoicesSchema.safeParse(row.fieldChoices).data ?? {}
  return { ...common, at: row.undoneAt ?? row.mergedAt, undone: isUndone ? undone : null, choices, rev }
}

/**
 * The customers as they show with pending merges on top, in the order in which these were made (SPEC
 * DB-6); only those that differ from what is held. Nothing of it is stored: a merge that the server
 * refuses, or that is given up, leaves no trace. What the server would refuse is not shown as done.
 */
export function showMerges(merges: readonly PendingMerge[], find: Find): Map<string, ShownOnMerge> {
  const shown = new Map<string, ShownOnMerge>()
  const see: Find = (id) => shown.get(id)?.customer ?? withoutLater(find(id), merges)
  for (const merge of [...merges].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const parts = merge.undone === null ? mergedParts(merge, see) : unmergedParts(merge, merge.undone, see)
    for (const next of parts) {
      const held = find(next.id)
      const isNewer = merge.rev !== null && held !== undefined && BigInt(held.rev) >= merge.rev
      if (!isNewer) shown.set(next.id, { customer: withEditsAfter(next, merge.id), mergeId: merge.id })
    }
  }
  return shown
}

/** At the end of a row of merges; the customer itself where it was not merged. */
export function liveEnd(id: string, see: Find): ReplicaCustomer | undefined {
  let at = see(id)
  for (let step = 0; at?.mergedInto != null && step < 50; step += 1) at = see(at.mergedInto)
  return at
}

/** Edits made on top of a pending merge belong above it. */
function withoutLater(held: ReplicaCustomer | undefined, merges: readonly PendingMerge[]): ReplicaCustomer | undefined {
  const { mutations } = localStateOf(held)
  const isOnTop = (after: string | undefined) => after !== undefined && merges.some(({ id }) => id === after)
  if (held === undefined || !mutations.some(({ after }) => isOnTop(after))) return held
  const below = mutations.filter(({ after }) => !isOnTop(after))
  return { ...below.reduce<Customer>(applyMutation, serverRow(held)), local: held.local }
}

function withEditsAfter(shown: ReplicaCustomer, mergeId: string): ReplicaCustomer {
  const { local } = shown
  const later = localStateOf(shown).mutations.filter(({ after }) => after === mergeId)
  return later.length === 0 ? shown : { ...later.reduce<Customer>(applyMutation, shown), local }
}

function mergedParts({ targetId, sourceIds, choices, at }: PendingMerge, see: Find): ReplicaCustomer[] {
  const target = liveEnd(targetId, see)
  if (target === undefined || !isThere(target)) return []
  const images: MergeImage[] = [{ id: targetId, customer: target, isAdded: true }]
  if (target.id !== targetId) images.push({ id: target.id, customer: target, isAdded: false })
  const sources: ReplicaCustomer[] = []
  for (const id of new Set(sourceIds)) {
    const source = see(id)
    if (source === undefined) return []
    const isIn = id === target.id || liveEnd(id, see)?.id === target.id
    if (!isIn && !isThere(source)) return []
    images.push({ id, customer: source, isAdded: !isIn })
    if (!isIn) sources.push(source)
  }
  const values = mergeOutcome(images, choices)
  if (values === null || sources.length === 0) return []
  return [{ ...target, ...values }, ...sources.map((source) => ({ ...source, deletedAt: at, mergedInto: target.id }))]
}

/** Sources come back as they were; fields that still hold what the merge wrote get their old value. */
function unmergedParts(
  { targetId, sourceIds }: PendingMerge,
  undone: NonNullable<PendingMerge['undone']>,
  see: Find,
): ReplicaCustomer[] {
  const sources = sourceIds.flatMap((id) => see(id) ?? []).filter(({ mergedInto }) => mergedInto === targetId)
  const back = sources.map((source) => ({ ...source, deletedAt: null, mergedInto: null }))
  const target = see(targetId)
  if (target === undefined || back.length === 0) return back
  const values: Record<string, unknown> = {}
  for (const [field, { from, to }] of Object.entries(undone)) {
    if (field === 'viewCount') values[field] = Math.max(0, target.viewCount - (Number(to) - Number(from)))
    else if (sameValue(target[field as keyof Customer], to)) values[field] = from
  }
  return [{ ...target, ...values }, ...back]
}

function isThere({ deletedAt, erasedAt }: Customer): boolean {
  return deletedAt === null && erasedAt == null
}
