import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unreadableItem } from './unreadable.ts'

test('R-3: what was written shows by field, refused changes first, of customers and of other records', () => {
  const held = {
    name: 'Ada',
    local: {
      rejected: { mutations: [{ changes: { name: 'Ada B.' } }] },
      mutations: [
        { changes: { phone: '42', tags: ['a', 'b'], email: null } },
        { mutation: { changes: { note: 'x' } } },
      ],
    },
  }
  expect(unreadableItem(held)).toEqual({
    title: 'Ada',
    lines: [
      { field: 'name', value: 'Ada B.' },
      { field: 'phone', value: '42' },
      { field: 'tags', value: '["a","b"]' },
      { field: 'email', value: '' },
      { field: 'note', value: 'x' },
    ],
    stored: JSON.stringify(held, null, 2),
  })
})

test('R-3: whatever was stored, all of it can be shown and saved', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      expect(JSON.parse(unreadableItem(document).stored)).toEqual(JSON.parse(JSON.stringify(document)))
    }),
  )
  expect(unreadableItem({ local: { mutations: 'gone', rejected: 7 } })).toMatchObject({ title: null, lines: [] })
})
