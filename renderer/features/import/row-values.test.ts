import { expect, test } from 'vitest'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import { changesOf, valuesOf } from './row-values.ts'

test('IO-2: a row that is corrected keeps its tags, those with a comma in them too', () => {
  const fields = { ...NO_FIELDS, name: 'Ann', phone: '1' }
  const values = valuesOf({ ...fields, tags: ['vip', 'Berlin, Mitte', 'a "b"; c'] })
  const { ownerId: _, ...unknown } = NO_FIELDS
  expect(changesOf({ ...values, email: ' a@x.de ' })).toEqual({
    ...unknown,
    name: 'Ann',
    email: 'a@x.de',
    phone: '1',
    tags: ['vip', 'Berlin, Mitte', 'a "b"; c'],
  })
  expect(changesOf({ ...values, tags: 'vip, lead; vip' }).tags).toEqual(['vip', 'lead'])
})
