import { expect, test } from 'vitest'
import type { Customer } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { isTaken, type MergeDraft, mergeRows, sendableChoices } from './merge-draft.ts'

const A = '0a111111-0000-4000-8000-00000000000a'
const B = '0a111111-0000-4000-8000-00000000000b'
const ELSE = '0a111111-0000-4000-8000-00000000000c'

function customer(id: string, fields: Partial<Customer>): Customer {
  return { ...emptyCustomer(id, ELSE), name: 'Anna Krüger', ...fields }
}

const anna = customer(A, { phone: '040 1', tags: ['timber'], notes: 'Before seven.' })
const ana = customer(B, { name: 'Ana Krueger', email: 'ana@example.com', phone: '040 2', tags: ['key'] })
const both = [anna, ana]
const row = (draft: Partial<MergeDraft>, field: string) => {
  const found = mergeRows(both, { targetId: A, choices: {}, ...draft }).find((one) => one.field === field)
  if (found === undefined) throw new Error(`no row ${field}`)
  return found
}

test('SE-4: without a choice the kept customer wins, empty fields are filled, tags are joined', () => {
  expect(row({}, 'name')).toMatchObject({ value: 'Anna Krüger', chosen: { kind: 'from', id: A } })
  expect(row({}, 'email')).toMatchObject({ value: 'ana@example.com', chosen: { kind: 'from', id: B } })
  expect(row({}, 'tags')).toMatchObject({ value: ['timber', 'key'], chosen: { kind: 'combined' } })
  expect(row({ targetId: B }, 'name')).toMatchObject({ value: 'Ana Krueger', chosen: { kind: 'from', id: B } })
})

test('SE-4: fields that differ come first', () => {
  const rows = mergeRows(both, { targetId: A, choices: {} })
  expect(rows.map(({ differs }) => differs)).toEqual([true, true, true, true, true, false, false, false])
})

test('SE-4: one picks a side, combines or types, and sees what comes out', () => {
  expect(row({ choices: { phone: { from: B } } }, 'phone')).toMatchObject({ value: '040 2', problem: null })
  expect(row({ choices: { notes: { combine: true } } }, 'notes').value).toBe('Before seven.')
  expect(row({ choices: { phone: { value: '040 3' } } }, 'phone')).toMatchObject({
    value: '040 3',
    chosen: { kind: 'typed' },
  })
  expect(isTaken(row({ choices: { notes: { combine: true } } }, 'notes'), ana)).toBe(false)
  expect(isTaken(row({}, 'tags'), ana)).toBe(true)
  expect(isTaken(row({ choices: { phone: { from: B } } }, 'phone'), ana)).toBe(true)
})

test('SE-4: a value that the field can not hold is said at the field, one that stood there before is not', () => {
  expect(row({ choices: { email: { value: 'nobody' } } }, 'email').problem).toContain('not an email address')
  expect(row({ choices: { name: { value: '' } } }, 'name').problem).toBe('Give the customer a name.')
  const old = [customer(A, { email: 'nobody' }), ana]
  expect(mergeRows(old, { targetId: A, choices: {} }).every(({ problem }) => problem === null)).toBe(true)
})

test('SE-4: a choice of somebody who was left out is passed over', () => {
  const draft: MergeDraft = { targetId: A, choices: { phone: { from: ELSE }, notes: { combine: true } } }
  expect(sendableChoices(both, draft)).toEqual({ notes: { combine: true } })
  expect(row(draft, 'phone').value).toBe('040 1')
})
