import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CUSTOMER_FIELDS, type CustomerChanges } from '#shared/domain/customer.ts'
import { emptyCustomer } from '../testing/fake-server.ts'
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
  expect(outcome).toEqual({ base: { phone: '1' }, changes: { phone: '2' }, conflicts: [] })
})

test('SY-4: a field that both changed alike needs nothing more', () => {
  const outcome = mergeEdits(edit({ tags: ['a'] }, { tags: ['a', 'b'] }, 5), master({ tags: ['a', 'b'] }, { tags: 4 }))
  expect(outcome).toEqual({ base: {}, changes: {}, conflicts: [] })
})

test('SY-4: my later edit shows, and theirs is kept with its author and time', () => {
  const outcome = mergeEdits(edit({ phone: '1' }, { phone: 'mine' }, 9), master({ phone: 'theirs' }, { phone: 5 }))
  expect(outcome.base).toEqual({ phone: 'theirs' })
  expect(outcome.changes).toEqual({ phone: 'mine' })
  expect(outcome.conflicts).toEqual([
    {
      field: 'phone',
      shown: 'mine',
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

const text = fc.constantFrom('a', 'b', 'c')
const someFields = fc.subarray([...CUSTOMER_FIELDS], { minLength: 1 })
const valuesOf = (fields: readonly string[], values: readonly string[]): CustomerChanges =>
  Object.fromEntries(
    fields.map((field, index) => {
      const value = values[index] ?? 'a'
      return [field, field === 'tags' ? [value] : value]
    }),
  )
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
          expect(kept || same || conflict !== undefined).toBe(true)
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
