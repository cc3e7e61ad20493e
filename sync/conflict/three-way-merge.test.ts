import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CUSTOMER_FIELDS, type CustomerChanges, FIELD_LIMITS } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { changedFields, sameValue } from './field-values.ts'
import { mergeEdits } from './three-way-merge.ts'

const ID = '00000000-0000-4000-8000-000000000001'
const at = (minute: number) => `2026-03-01T08:${String(minute).padStart(2, '0')}:00.000Z`
const master = (fields: CustomerChanges, edits: Record<string, number> = {}) => ({
  ...emptyCustomer(ID, ID),
  ...(fields as object),
  fieldEdits: Object.fromEntries(
    Object.entries(edits).map(([field, minute]) => [field, { at: at(minute), by: ID, byName: 'Mia' }]),
  ),
})
const edit = (base: CustomerChanges, changes: CustomerChanges, minute: number, times = {}) => ({
  base,
  changes,
  times,
  editedAt: at(minute),
})

test('SY-4: a field that only I changed keeps my value, on whatever the other fields became', () => {
  const outcome = mergeEdits(edit({ phone: '1' }, { phone: '2' }, 5), master({ phone: '1', email: 'new@a.example' }))
  expect(outcome).toEqual({ base: { phone: '1' }, changes: { phone: '2' }, times: { phone: at(5) }, conflicts: [] })
})

test('SY-4: a field that both changed alike needs nothing more', () => {
  const outcome = mergeEdits(edit({ tags: ['a'] }, { tags: ['a', 'b'] }, 5), master({ tags: ['a', 'b'] }, { tags: 4 }))
  expect(outcome).toEqual({ base: {}, changes: {}, times: {}, conflicts: [] })
})

test('SY-4: my later edit shows, and theirs is kept with its author and time', () => {
  const outcome = mergeEdits(edit({ phone: '1' }, { phone: 'mine' }, 9), master({ phone: 'theirs' }, { phone: 5 }))
  expect(outcome.base).toEqual({ phone: 'theirs' })
  expect(outcome.changes).toEqual({ phone: 'mine' })
  expect(outcome.conflicts).toEqual([
    {
      field: 'phone',
      shown: 'mine',
      base: '1',
      mine: 'mine',
      mineAt: at(9),
      theirs: 'theirs',
      theirsAt: at(5),
      theirsByName: 'Mia',
    },
  ])
})

test('SY-4: their later edit shows, and mine is kept; on a tie theirs shows', () => {
  for (const minute of [5, 4]) {
    const outcome = mergeEdits(
      edit({ phone: '1' }, { phone: 'mine' }, minute),
      master({ phone: 'theirs' }, { phone: 5 }),
    )
    expect(outcome.changes).toEqual({})
    expect(outcome.conflicts).toMatchObject([{ field: 'phone', shown: 'theirs', mine: 'mine', theirs: 'theirs' }])
  }
})

test('SY-4: each field is as old as its own edit, not as the last edit that flowed into the same mutation', () => {
  const mine = edit({ phone: '1', name: 'A' }, { phone: 'mine', name: 'B' }, 9, { phone: at(2), name: at(9) })
  const outcome = mergeEdits(mine, master({ phone: 'theirs', name: 'A' }, { phone: 5 }))
  expect(outcome.changes).toEqual({ name: 'B' })
  expect(outcome.conflicts).toMatchObject([{ field: 'phone', shown: 'theirs', mineAt: at(2) }])
})

test('SY-4: what both made together is as late as the later of the two', () => {
  const theirs = master({ notes: 'a\nb\nc', tags: ['theirs'] }, { notes: 7, tags: 3 })
  const mine = edit({ notes: 'b\nc', tags: [] }, { notes: 'b\nc\nd', tags: ['mine'] }, 5)
  const { changes, times } = mergeEdits(mine, theirs)
  expect(changes).toEqual({ notes: 'a\nb\nc\nd', tags: ['theirs', 'mine'] })
  expect(times).toEqual({ notes: at(7), tags: at(5) })
})

test('SY-4: what I changed and changed back is no change: theirs stays, and nobody is asked', () => {
  expect(mergeEdits(edit({ phone: '1' }, { phone: '1' }, 9), master({ phone: '2' }, { phone: 5 }))).toEqual({
    base: {},
    changes: {},
    times: {},
    conflicts: [],
  })
})

test('SY-4: tags that both added or removed all count, and are never a conflict', () => {
  const mine = edit({ tags: ['a', 'b', 'c'] }, { tags: ['a', 'c', 'mine'] }, 5)
  expect(mergeEdits(mine, master({ tags: ['b', 'c', 'theirs'] }, { tags: 9 }))).toEqual({
    base: { tags: ['b', 'c', 'theirs'] },
    changes: { tags: ['c', 'theirs', 'mine'] },
    times: { tags: at(9) },
    conflicts: [],
  })
  // The same tags in another order are the same tags.
  const swapped = mergeEdits(edit({ tags: ['a'] }, { tags: ['a', 'b'] }, 9), master({ tags: ['b', 'a'] }, { tags: 5 }))
  expect(swapped).toEqual({ base: {}, changes: {}, times: {}, conflicts: [] })
})

test('SY-4: more tags than a customer may have are a conflict, because the server would refuse them all', () => {
  const many = (prefix: string) => Array.from({ length: FIELD_LIMITS.tags - 1 }, (_, n) => `${prefix}${n}`)
  const outcome = mergeEdits(edit({ tags: [] }, { tags: many('m') }, 9), master({ tags: many('t') }, { tags: 5 }))
  expect(outcome.changes.tags).toEqual(many('m'))
  expect(outcome.conflicts).toMatchObject([{ field: 'tags', shown: 'mine', theirs: many('t') }])
})

test('SY-4: notes that both wrote into keep both changes', () => {
  const notes = 'Calls on Mondays.\nPays late.\nLikes tea.'
  const mine = edit({ notes }, { notes: `${notes}\nMoved in May.` }, 5)
  const theirs = 'Calls on Fridays.\nPays late.\nLikes tea.'
  expect(mergeEdits(mine, master({ notes: theirs }, { notes: 9 }))).toEqual({
    base: { notes: theirs },
    changes: { notes: `${theirs}\nMoved in May.` },
    times: { notes: at(9) },
    conflicts: [],
  })
})

test('SY-4: notes changed in the same place are a conflict there, and all other changes of both stay', () => {
  const mine = edit({ notes: 'Phone: 1\nEnd' }, { notes: 'Phone: 2\nEnd\nMine' }, 5)
  const outcome = mergeEdits(mine, master({ notes: 'Top\nPhone: 3\nEnd' }, { notes: 9 }))
  expect(outcome.changes).toEqual({ notes: 'Top\nPhone: 3\nEnd\nMine' })
  expect(outcome.conflicts).toMatchObject([
    { shown: 'theirs', mine: 'Top\nPhone: 2\nEnd\nMine', theirs: 'Top\nPhone: 3\nEnd\nMine' },
  ])
})

test('SY-4: merged notes longer than notes may be are a conflict', () => {
  const long = (text: string) => text.repeat(FIELD_LIMITS.notes - 100)
  const outcome = mergeEdits(edit({ notes: null }, { notes: long('m') }, 5), master({ notes: long('t') }, { notes: 9 }))
  expect(outcome.changes).toEqual({})
  expect(outcome.conflicts).toMatchObject([{ field: 'notes', mine: long('m'), theirs: long('t') }])
})

const text = fc.constantFrom('a', 'b', 'c')
const PLAIN_FIELDS = CUSTOMER_FIELDS.filter((field) => field !== 'tags' && field !== 'notes')
const someFields = fc.subarray([...PLAIN_FIELDS], { minLength: 1 })
const valuesOf = (fields: readonly string[], values: readonly string[]): CustomerChanges =>
  Object.fromEntries(fields.map((field, index) => [field, values[index] ?? 'a']))
const values = fc.array(text, { minLength: 7, maxLength: 7 })

test('SY-4: whatever was changed, no value is lost: each of mine is kept, equal to theirs, or in a conflict', () => {
  fc.assert(
    fc.property(
      someFields,
      values,
      values,
      values,
      fc.nat(59),
      fc.nat(59),
      (fields, base, mine, theirs, mineAt, theirsAt) => {
        const edits = edit(valuesOf(fields, base), valuesOf(fields, mine), mineAt)
        const row = master(valuesOf(fields, theirs), Object.fromEntries(fields.map((field) => [field, theirsAt])))
        const outcome = mergeEdits(edits, row)
        for (const field of changedFields(edits.changes)) {
          const kept = outcome.changes[field] !== undefined
          const conflict = outcome.conflicts.find((item) => item.field === field)
          const same = sameValue(edits.changes[field], row[field])
          const unchangedByThem = sameValue(edits.base[field], row[field])
          const unchangedByMe = sameValue(edits.base[field], edits.changes[field])
          expect(kept || same || unchangedByMe || conflict !== undefined).toBe(true)
          // A field that only I changed is never a conflict and never given up.
          if (unchangedByThem && !same) expect([kept, conflict]).toEqual([true, undefined])
          // What shows after the merge is the later of the two, or mine alone.
          if (conflict !== undefined)
            expect([kept, conflict.shown]).toEqual(mineAt > theirsAt ? [true, 'mine'] : [false, 'theirs'])
          // What is sent again is based on what the master holds: it can't conflict with the same edit twice.
          if (kept) expect(sameValue(outcome.base[field], row[field])).toBe(true)
        }
      },
    ),
  )
})
