import { expect, test } from 'vitest'
import { changesOf, valuesOf } from './row-values.ts'

test('IO-2: a row that is corrected keeps its tags, those with a comma in them too', () => {
  const fields = { name: 'Ann', email: null, phone: '1', address: null, notes: null, ownerId: null }
  const values = valuesOf({ ...fields, tags: ['vip', 'Berlin, Mitte', 'a "b"; c'] })
  expect(changesOf({ ...values, email: ' a@x.de ' })).toEqual({
    name: 'Ann',
    email: 'a@x.de',
    phone: '1',
    address: null,
    notes: null,
    tags: ['vip', 'Berlin, Mitte', 'a "b"; c'],
  })
  expect(changesOf({ ...values, tags: 'vip, lead; vip' }).tags).toEqual(['vip', 'lead'])
})
