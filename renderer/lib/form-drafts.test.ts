import { expect, test } from 'vitest'
import { emptyFormValues } from './customer-form-values.ts'
import { createFormDrafts } from './form-drafts.ts'

function memoryStorage(initial: string | null = null) {
  let held = initial
  return {
    getItem: () => held,
    setItem: (_key: string, value: string) => {
      held = value
    },
  }
}

const values = { ...emptyFormValues(null), name: 'Müller' }

test('UI-3: unsaved input survives going away and a reload, by form', () => {
  const storage = memoryStorage()
  createFormDrafts(storage).keep('new', values)
  const later = createFormDrafts(storage)
  expect(later.get('new')).toEqual(values)
  expect(later.get('another')).toBeNull()
})

test('UI-3: a saved form leaves no draft behind', () => {
  const storage = memoryStorage()
  const drafts = createFormDrafts(storage)
  drafts.keep('new', values)
  drafts.forget(['new'])
  expect(drafts.get('new')).toBeNull()
  expect(createFormDrafts(storage).get('new')).toBeNull()
})

test('UI-3: damaged drafts are dropped, not shown', () => {
  expect(createFormDrafts(memoryStorage('{"new": {"name": 5}}')).get('new')).toBeNull()
})
