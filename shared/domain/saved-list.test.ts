import { expect, test } from 'vitest'
import { readSavedList } from './saved-list.ts'

const LIST = { search: 'ann', filter: { email: true }, sort: { by: 'name', direction: 'asc' } }

test('SE-2: a saved filter is read as it was saved', () => {
  expect(readSavedList(LIST)).toEqual(LIST)
})

test('SE-2: a saved filter with parts, values or settings of a newer app is not read at all, never in half', () => {
  expect(readSavedList({ ...LIST, filter: { email: true, moonPhase: 'full' } })).toBeNull()
  expect(readSavedList({ ...LIST, filter: { sources: ['telepathy'] } })).toBeNull()
  expect(readSavedList({ ...LIST, columns: ['name'] })).toBeNull()
  expect(readSavedList({ ...LIST, sort: { by: 'moonPhase', direction: 'asc' } })).toBeNull()
})
