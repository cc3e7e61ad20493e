import { expect, test } from 'vitest'
import {
  effectiveSort,
  INITIAL_LIST_STATE,
  isNarrowed,
  queryOf,
  withFilter,
  withSearch,
  withSortToggled,
} from './list-state.ts'

test('SE-1: a search shows the best match first, until another order is chosen', () => {
  const searching = withSearch(INITIAL_LIST_STATE, 'mue')
  expect(effectiveSort(searching)).toEqual({ by: 'relevance', direction: 'desc' })
  const sorted = withSortToggled(searching, 'lastSeen')
  expect(effectiveSort(sorted)).toEqual({ by: 'lastSeen', direction: 'desc' })
  expect(effectiveSort(withSearch(sorted, 'muel'))).toEqual({ by: 'lastSeen', direction: 'desc' })
})

test('SE-1: clearing the search brings the order from before back', () => {
  const byLastSeen = withSortToggled(INITIAL_LIST_STATE, 'lastSeen')
  const searched = withSortToggled(withSearch(byLastSeen, 'x'), 'name')
  expect(effectiveSort(withSearch(searched, ''))).toEqual({ by: 'lastSeen', direction: 'desc' })
})

test('SE-2: a second click on a header turns the order round', () => {
  const once = withSortToggled(INITIAL_LIST_STATE, 'name')
  expect(effectiveSort(once)).toEqual({ by: 'name', direction: 'desc' })
  expect(effectiveSort(withSortToggled(once, 'name'))).toEqual({ by: 'name', direction: 'asc' })
})

test('UI-1: a longer search than the replica takes is cut', () => {
  expect(queryOf(withSearch(INITIAL_LIST_STATE, 'x'.repeat(500))).search).toHaveLength(200)
})

test('UI-1: the list is narrowed by a search, a view or a filter', () => {
  expect(isNarrowed(INITIAL_LIST_STATE)).toBe(false)
  expect(isNarrowed({ ...INITIAL_LIST_STATE, search: '  ' })).toBe(false)
  expect(isNarrowed({ ...INITIAL_LIST_STATE, filter: { view: 'mine' } })).toBe(true)
  expect(isNarrowed({ ...INITIAL_LIST_STATE, filter: { email: false } })).toBe(true)
})

test('SE-2: those opened lately come by when, until another order is chosen for them; all others keep theirs', () => {
  const recent = withFilter(withSortToggled(INITIAL_LIST_STATE, 'lastSeen'), { view: 'recent' })
  expect(effectiveSort(recent)).toEqual({ by: 'opened', direction: 'desc' })
  const byName = withSortToggled(recent, 'name')
  expect(effectiveSort(withFilter(byName, { view: 'recent', email: true }))).toEqual({ by: 'name', direction: 'asc' })
  expect(effectiveSort(withFilter(byName, {}))).toEqual({ by: 'lastSeen', direction: 'desc' })
})
