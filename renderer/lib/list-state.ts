import { z } from 'zod'
import { customerSourceSchema } from '#shared/domain/customer.ts'
import { type ListQuery, type SortBy, sortBySchema } from '#shared/replica-api/list.ts'

const sortSchema = z.object({ by: sortBySchema, direction: z.enum(['asc', 'desc']) })
type Sort = z.infer<typeof sortSchema>

/** What a person has set up in the customer list; survives navigation and restart. */
export const listStateSchema = z.object({
  search: z.string().max(200),
  view: z.enum(['all', 'mine', 'recent']),
  source: customerSourceSchema.nullable(),
  /** The order without a search. */
  sort: sortSchema,
  /** The order chosen for the present search; null: best match first. */
  searchSort: sortSchema.nullable(),
  selectedId: z.guid().nullable(),
  /** Pixels from the top of the list. */
  scrollTop: z.number().nonnegative(),
})
export type ListState = z.infer<typeof listStateSchema>

export const INITIAL_LIST_STATE: ListState = {
  search: '',
  view: 'all',
  source: null,
  sort: { by: 'name', direction: 'asc' },
  searchSort: null,
  selectedId: null,
  scrollTop: 0,
}

/** The question to the replica that a list state stands for. */
export function queryOf(state: ListState): ListQuery {
  return { search: state.search, view: state.view, source: state.source, sort: effectiveSort(state) }
}

/** The order that applies now: with a search the best match comes first, unless another order was chosen for it. */
export function effectiveSort(state: ListState): Sort {
  if (state.search.trim() === '') return state.sort
  return state.searchSort ?? { by: 'relevance', direction: 'desc' }
}

/** State after typing `search`. A cleared search forgets the order that was chosen for it. */
export function withSearch(state: ListState, search: string): ListState {
  const text = search.slice(0, 200)
  return { ...state, search: text, searchSort: text.trim() === '' ? null : state.searchSort, scrollTop: 0 }
}

/** State after a click on the header of a column: its natural order first, then the reverse. */
export function withSortToggled(state: ListState, by: SortBy): ListState {
  const now = effectiveSort(state)
  const natural = by === 'name' ? 'asc' : 'desc'
  const reverse = natural === 'asc' ? 'desc' : 'asc'
  const sort: Sort = { by, direction: now.by === by && now.direction === natural ? reverse : natural }
  return state.search.trim() === '' ? { ...state, sort, scrollTop: 0 } : { ...state, searchSort: sort, scrollTop: 0 }
}

/** Whether anything narrows the list: a search, a view or a filter. */
export function isNarrowed(state: ListState): boolean {
  return state.search.trim() !== '' || state.view !== 'all' || state.source !== null
}
