import { expect, test } from 'vitest'
import { type CustomerFields, NO_FIELDS } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { customerId } from '../testing/one-company.ts'
import { RowJudge } from './row-judge.ts'

const person = (n: number, changes: Partial<CustomerFields> = {}): CustomerFields => ({
  ...NO_FIELDS,
  name: `Person ${n}`,
  email: `person${n}@example.com`,
  phone: `+4915110000${String(n).padStart(3, '0')}`,
  ...changes,
})

function judged(rows: readonly CustomerFields[]): string[] {
  const judge = new RowJudge({
    customer: () => undefined,
    row: (place) => rows[place] ?? person(0),
    mayEdit: () => true,
  })
  return rows.map((fields, place) => judge.judge(place, fields).kind)
}

test('IO-2: rows that look alike but have mailboxes and phones of their own are no doubles', () => {
  const kinds = judged(Array.from({ length: 300 }, (_, n) => person(n)))
  expect(new Set(kinds)).toEqual(new Set(['new']))
})

test('IO-2: the same person twice in a file is one, also with less said or in another spelling', () => {
  const ada = person(1, { name: 'Ada Lindqvist', email: 'ada@example.com', phone: '+46701234567' })
  const kinds = judged([ada, { ...ada, phone: null }, { ...ada, name: 'LINDQVIST, Ada' }, person(2)])
  expect(kinds).toEqual(['new', 'duplicateInFile', 'duplicateInFile', 'new'])
})

test('IO-4: whom no key finds is known again, also with the phone and the mailbox in another form', () => {
  const reception = (n: number) => ({ name: 'Reception', address: `${n} Some Street` })
  const customers = Array.from({ length: 60 }, (_, n) => ({
    ...emptyCustomer(customerId(n), customerId(0)),
    ...reception(n),
    phone: '0473 218 385',
    email: 'Office@Example.com',
  }))
  const judge = new RowJudge({
    customer: (id) => customers.find((one) => one.id === id),
    row: person,
    mayEdit: () => true,
  })
  for (const customer of customers) judge.add(customer)
  const found = customers.map((_, n) =>
    judge.judge(n, person(n, { ...reception(n), phone: '+61473218385', email: 'office@example.com' })),
  )
  expect(found.map(({ kind, match }) => [kind, match?.target])).toEqual(customers.map(({ id }) => ['unchanged', id]))
})

test('IO-4: of two with one name each is known again, also when one has a phone that nobody can dial', () => {
  const rows = [NO_FIELDS, { ...NO_FIELDS, phone: 'ring twice' }].map((fields) => ({ ...fields, name: 'Bob Ray' }))
  const customers = rows.map((fields, n) => ({ ...emptyCustomer(customerId(n), customerId(0)), ...fields }))
  const judge = new RowJudge({
    customer: (id) => customers.find((one) => one.id === id),
    row: person,
    mayEdit: () => true,
  })
  for (const customer of customers) judge.add(customer)
  const found = rows.map((fields, n) => judge.judge(n, fields))
  expect(found.map(({ kind, match }) => [kind, match?.target])).toEqual(customers.map(({ id }) => ['unchanged', id]))
})
