import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'

/** What somebody decided about a group. */
export interface Decision {
  readonly kind: 'merged' | 'dismissed' | 'skipped'
  readonly group: DuplicateGroup
  /** The id of what was written; null: it was refused, or nothing had to be. */
  readonly written: Promise<string | null>
}

/** A sitting over the duplicates: the groups at hand, the one that is looked at, and what was decided. */
export interface ReviewState {
  /** Which groups are looked at: the suggested ones, or those that are only asked about. */
  readonly likely: 'suggested' | 'asked'
  /** As the worker told them last, most likely first; null: not yet. */
  readonly known: readonly DuplicateGroup[] | null
  /** Of all of them, those that are not at hand included. */
  readonly total: number
  /** Groups that came back by an undo and that the worker may not have found again yet. */
  readonly returned: readonly DuplicateGroup[]
  /** The group that is looked at; null, or not there any more: the first. */
  readonly current: string | null
  /** The latest one last. */
  readonly decisions: readonly Decision[]
}

export const INITIAL_REVIEW: ReviewState = {
  likely: 'suggested',
  known: null,
  total: 0,
  returned: [],
  current: null,
  decisions: [],
}

/** Names a group by who is in it: with somebody else it is another group, to be decided anew. */
export function groupName(group: DuplicateGroup): string {
  return group.members
    .map(({ id }) => id)
    .sort()
    .join(',')
}

/** The groups that wait for a decision, in order. */
export function openGroups(state: ReviewState): readonly DuplicateGroup[] {
  const decided = new Set(state.decisions.map(({ group }) => groupName(group)))
  const known = (state.known ?? []).filter((group) => !decided.has(groupName(group)))
  const names = new Set(known.map(groupName))
  const returned = state.returned.filter((group) => !names.has(groupName(group)) && !decided.has(groupName(group)))
  return returned.length === 0 ? known : [...returned, ...known].sort((a, b) => b.probability - a.probability)
}

/** How many groups wait for a decision, those that are not at hand included. */
export function openCount(state: ReviewState): number {
  return state.total - (state.known?.length ?? 0) + openGroups(state).length
}

/** The group that is looked at; null: none is left. */
export function currentGroup(state: ReviewState): DuplicateGroup | null {
  const open = openGroups(state)
  return open.find((group) => groupName(group) === state.current) ?? open[0] ?? null
}

/** The state with the group `step` places further looked at; it stays at the ends. */
export function stepped(state: ReviewState, step: 1 | -1): ReviewState {
  const open = openGroups(state)
  const at = currentIndex(state)
  const next = open[Math.min(Math.max(at + step, 0), open.length - 1)]
  return { ...state, current: next === undefined ? null : groupName(next) }
}

/** Where the group that is looked at stands among the open ones; -1: there is none. */
export function currentIndex(state: ReviewState): number {
  const current = currentGroup(state)
  return current === null ? -1 : openGroups(state).indexOf(current)
}

/** The state with one more decision. The group leaves; where it was looked at, the next one is there at once. */
export function decided(state: ReviewState, decision: Decision): ReviewState {
  const name = groupName(decision.group)
  const open = openGroups(state)
  const at = open.findIndex((group) => groupName(group) === name)
  const isCurrent = at === currentIndex(state)
  const next = open[at + 1] ?? open[at - 1]
  return {
    ...state,
    current: !isCurrent ? state.current : next === undefined ? null : groupName(next),
    returned: state.returned.filter((group) => groupName(group) !== name),
    decisions: [...state.decisions, decision],
  }
}

/** The state without a decision, which was taken back or refused: its group is looked at again. */
export function withdrawn(state: ReviewState, decision: Decision): ReviewState {
  return {
    ...state,
    current: groupName(decision.group),
    returned: [...state.returned, decision.group],
    decisions: state.decisions.filter((other) => other !== decision),
  }
}

/** How much was decided in this sitting. */
export function sittingCounts({ decisions }: ReviewState): Readonly<Record<Decision['kind'], number>> {
  const counts = { merged: 0, dismissed: 0, skipped: 0 }
  for (const { kind } of decisions) counts[kind] += 1
  return counts
}
