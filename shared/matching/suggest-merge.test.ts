import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Customer } from '../domain/customer.ts'
import { mergeChoicesSchema } from '../domain/merge-choices.ts'
import { mergeOutcome } from '../domain/merge-outcome.ts'
import { emptyCustomer } from '../domain/testing/empty-customer.ts'
import { suggestMerge } from './suggest-merge.ts'

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

function person(n: number, fields: Partial<Customer>): Customer {
  const createdAt = `2026-01-0${n}T00:00:00Z`
  return { ...emptyCustomer(idOf(n), idOf(99)), name: 'Anna Vogel', createdAt, ...fields }
}

/** What accepting a suggestion makes. */
function merged(...customers: Customer[]) {
  const { members, choices } = suggestMerge(customers)
  const images = members.map((customer) => ({ id: customer.id, customer, isAdded: true }))
  const outcome = mergeOutcome(images, mergeChoicesSchema.parse(choices))
  if (outcome === null) throw new Error('The choices name somebody else')
  return { kept: members[0]?.id, ...outcome, choices }
}

test('SE-4: kept is who has most fields, then most conversations, then is oldest', () => {
  const full = { email: 'anna@x.org', phone: '1234567' }
  expect(merged(person(1, {}), person(2, full)).kept).toBe(idOf(2))
  expect(merged(person(1, full), person(2, { ...full, conversationCount: 3 })).kept).toBe(idOf(2))
  expect(merged(person(2, full), person(1, full)).kept).toBe(idOf(1))
})

test.each<[string, Partial<Customer>, Partial<Customer>, Partial<Customer>]>([
  [
    'the name with all its words',
    { name: 'A. Vogel', email: 'a@x.org' },
    { name: 'Anna Maria Vogel' },
    { name: 'Anna Maria Vogel' },
  ],
  [
    'a name that is not shouted',
    { name: 'ANNA VOGEL', email: 'a@x.org' },
    { name: 'Anna Vogel' },
    { name: 'Anna Vogel' },
  ],
  ['an address that is one', { email: 'nobody', phone: '1234567' }, { email: 'anna@x.org' }, { email: 'anna@x.org' }],
  [
    'a phone with its country code',
    { phone: '030 5550177', email: 'a@x.org' },
    { phone: '+49305550177' },
    { phone: '+49305550177' },
  ],
  [
    'the whole address',
    { address: 'Berlin', email: 'a@x.org' },
    { address: '5 Lindenallee, 10115 Berlin' },
    { address: '5 Lindenallee, 10115 Berlin' },
  ],
  [
    'of two as good the later one',
    { email: 'old@x.org', phone: '1234567' },
    { email: 'new@x.org' },
    { email: 'new@x.org' },
  ],
  ['notes of both', { notes: 'One', email: 'a@x.org' }, { notes: 'Two' }, { notes: 'One\n\nTwo' }],
])('SE-4: suggested is %s', (_, one, other, expected) => {
  expect(merged(person(1, one), person(2, other))).toMatchObject(expected)
})

test('SE-4: what most of them have wins over what was written last', () => {
  const phones = ['+49 30 5550177', '+49305550177', '+49 30 9999999']
  expect(merged(...phones.map((phone, n) => person(n + 1, { phone }))).phone).not.toBe('+49 30 9999999')
})

test('SE-4: where nothing differs there is nothing to choose', () => {
  expect(merged(person(1, { email: 'a@x.org' }), person(2, {})).choices).toEqual({})
})

const text = fc.option(fc.string({ minLength: 1, maxLength: 12 }), { nil: null })
const people = fc.array(
  fc.record({
    name: fc.string({ minLength: 1, maxLength: 12 }),
    email: text,
    phone: text,
    address: text,
    notes: fc.option(fc.string({ minLength: 1, maxLength: 9_000 }), { nil: null }),
    tags: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 50 }),
  }),
  { minLength: 2, maxLength: 5 },
)

test('SE-4: a suggestion never empties a field, fits what fields may hold, and does not depend on the order', () => {
  fc.assert(
    fc.property(people, (all) => {
      const customers = all.map((fields, n) => person(n + 1, fields))
      const outcome = merged(...customers)
      for (const field of ['name', 'email', 'phone', 'address', 'notes'] as const) {
        const values = customers.flatMap((customer) => customer[field] ?? [])
        expect(outcome[field] === null).toBe(values.length === 0)
        if (field !== 'notes' && values.length > 0) expect(values).toContain(outcome[field])
      }
      expect(outcome.tags.length).toBeLessThanOrEqual(50)
      expect((outcome.notes ?? '').length).toBeLessThanOrEqual(20_000)
      expect(merged(...customers.toReversed())).toEqual(outcome)
    }),
    { numRuns: 100 },
  )
})
