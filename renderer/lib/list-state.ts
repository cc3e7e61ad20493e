import { z } from 'zod'
import { activeParts, type CustomerFilter, customerFilterSchema } from '#shared/domain/customer-filter.ts'
import { type SavedList, type Sort, type SortBy, sortSchema } from '#shared/domain/saved-list.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'

/** What a person has set up in the customer list; survives navigation and restart. */
export const listStateSchema = z.object({
  search: z.string().max(200),
  filter: customerFilterSchema,
  /** The order without a search. */
  sort: sortSchema,
  /** The order chosen for the present search, or for those opened lately; null: best match, or last opened first. */
  askedSort: sortSchema.nullable(),
  selectedId: z.guid().nullable(),
  /** Pixels from the top of the list. */
  scrollTop: z.number().nonnegative(),
})
export type ListState = z.infer<typeof listStateSchema>

export const INITIAL_LIST_STATE: ListState = {
  search: '',
  filter: {},
  sort: { by: 'name', direction: 'asc' },
  askedSort: null,
  selectedId: null,
  scrollTop: 0,
}

/** The question to the replica that a list state stands for. */
export function queryOf(state: ListState): ListQuery {
  return { search: state.search, filter: state.filter, sort: effectiveSort(state) }
}

const OWN_SORTS = {
  relevance: { by: 'relevance', direction: 'desc' },
  opened: { by: 'opened', direction: 'desc' },
} as const satisfies Partial<Record<SortBy, Sort>>

/**
 * The order that applies now: a search and the recent ones have one of their own, unless another was chosen
 * for them. The same object as long as it is the same order.
 */
export function effectiveSort(state: ListState): Sort {
  const own = ownSort(state)
  return own === null ? state.sort : (state.askedSort ?? OWN_SORTS[own])
}

/** The orders that there are to choose from now. */
export function sortChoices(state: ListState): SortBy[] {
  const own = ownSort(state)
  return [...(own === null ? [] : [own]), 'name', 'lastSeen', 'created', 'changed', 'conversations']
}

/** State after typing `search`. A cleared search forgets the order that was chosen for it. */
export function withSearch(state: ListState, search: string): ListState {
  return settled(state, { ...state, search: search.slice(0, 200) })
}

/** State with another filter. */
export function withFilter(state: ListState, filter: CustomerFilter): ListState {
  return settled(state, { ...state, filter })
}

/** State in another order. */
export function withSort(state: ListState, sort: Sort): ListState {
  return { ...state, ...(ownSort(state) === null ? { sort } : { askedSort: sort }), scrollTop: 0 }
}

/** State after a click on the header of a column: its natural order first, then the reverse. */
export function withSortToggled(state: ListState, by: SortBy): ListState {
  const now = effectiveSort(state)
  const natural = naturalDirection(by)
  const reverse = natural === 'asc' ? 'desc' : 'asc'
  return withSort(state, { by, direction: now.by === by && now.direction === natural ? reverse : natural })
}

/** State that shows what a saved filter holds. */
export function withSavedList(state: ListState, { search, filter, sort }: SavedList): ListState {
  return withSort({ ...state, search, filter, askedSort: null }, sort)
}

/** State without search and filters. */
export function withNothingNarrowed(state: ListState): ListState {
  return settled(state, { ...state, search: '', filter: {} })
}

/** Names from A; the latest and the most first. */
export function naturalDirection(by: SortBy): Sort['direction'] {
  return by === 'name' ? 'asc' : 'desc'
}

/** Whether anything narrows the list: a search or a filter. */
export function isNarrowed({ search, filter }: ListState): boolean {
  return search.trim() !== '' || activeParts(filter).length > 0
}

/** The order that goes with the present search or view by itself; null: none. */
function ownSort({ search, filter }: ListState): keyof typeof OWN_SORTS | null {
  if (search.trim() !== '') return 'relevance'
  return filter.view === 'recent' ? 'opened' : null
}

/** An order that was chosen for one search goes with the letters after it, not with another kind of list. */
function settled(before: ListState, next: ListState): ListState {
  return { ...next, askedSort: ownSort(before) === ownSort(next) ? next.askedSort : null, scrollTop: 0 }
}
