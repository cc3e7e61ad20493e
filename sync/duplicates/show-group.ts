import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { DuplicateGroup as FoundGroup } from '#shared/matching/find-duplicates.ts'
import { matchReasons } from '#shared/matching/match-reasons.ts'
import { suggestMerge } from '#shared/matching/suggest-merge.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { asCustomer } from './preview-merge.ts'

/** The members of a group who are still there: a group follows a moment after they have gone. */
export function membersLeft(group: FoundGroup, get: (id: string) => ReplicaCustomer | undefined): ReplicaCustomer[] {
  return group.members.flatMap((id) => get(id) ?? []).filter(({ deletedAt }) => deletedAt === null)
}

/** A group as people see it; null: fewer than two of its members are left. */
export function showGroup(group: FoundGroup, get: (id: string) => ReplicaCustomer | undefined): DuplicateGroup | null {
  const { members, choices } = suggestMerge(membersLeft(group, get).map(asCustomer))
  const [kept, ...others] = members
  const [key] = group.members
  if (kept === undefined || others.length === 0 || key === undefined) return null
  const isPresent = new Set(members.map(({ id }) => id))
  const pairs = group.pairs.filter(({ a, b }) => isPresent.has(a) && isPresent.has(b))
  const weakest = pairs.toSorted((x, y) => weakness(x, group) - weakness(y, group))[0]
  return {
    key,
    probability: group.probability,
    members: [...members],
    reasons: weakest === undefined ? [] : [...matchReasons(weakest.pattern)],
    pairs: pairs.map(({ a, b, probability, pattern }) => ({ a, b, probability, reasons: [...matchReasons(pattern)] })),
    suggestion: { targetId: kept.id, choices },
  }
}

/** How far a pair is from being the link on which the likelihood of its group rests. */
function weakness({ probability }: { readonly probability: number }, group: FoundGroup): number {
  return Math.abs(probability - group.probability)
}
