import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MatchableCustomer, toComparisonRecord } from './comparison-record.ts'
import type { DuplicateIndex } from './duplicate-index.ts'
import { ASK } from './find-duplicates.ts'
import { DEFAULT_MODEL } from './match-model.ts'
import { PairScorer } from './pair-scorer.ts'
import { crmCustomers, customer, indexOf } from './testing/matching-fixtures.ts'
import { COUNTED_FIELDS } from './value-counts.ts'

/** Few values, so that customers share keys, and blocks grow beyond their limits. */
const customers = fc.record({
  id: fc.nat(60).map(String),
  name: fc.constantFrom('Anna Berg', 'Anna Meier', 'Berg GmbH', 'Tom Berg', 'Tom Nowak', ''),
  email: fc.constantFrom(null, 'anna@berg.de', 'office@berg.de'),
  phone: fc.constantFrom(null, '0420091973', '0298765432'),
  address: fc.constantFrom(null, '1 Hill Rd, Dover 6714', '2 Lake St, Perth 2000'),
  notes: fc.constant(null),
})
const steps = fc.array(
  fc.oneof({ weight: 4, arbitrary: customers }, { weight: 1, arbitrary: fc.nat(60).map(String) }),
  {
    maxLength: 150,
  },
)

function pairsOf(index: DuplicateIndex): string[] {
  return [...index.pairs()].flatMap((slice) => slice.pairs.map(([a, b]) => `${a.id} ${b.id}`)).toSorted()
}

test('SE-3: an index kept up to date finds what one built afresh finds, each pair once', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const index = indexOf([])
      const left = new Map<string, Parameters<typeof toComparisonRecord>[0]>()
      for (const step of all) {
        if (typeof step === 'string') {
          index.remove(step)
          left.delete(step)
        } else {
          index.upsert(toComparisonRecord(step))
          left.set(step.id, step)
        }
      }
      const fresh = indexOf([...left.values()].toReversed())
      const pairs = pairsOf(index)
      expect(pairs).toEqual(pairsOf(fresh))
      expect(new Set(pairs).size).toBe(pairs.length)
      expect(index.size).toBe(left.size)
      for (const each of left.values()) {
        const record = toComparisonRecord(each)
        const ids = (of: DuplicateIndex) =>
          of
            .candidatesOf(record)
            .map(({ id }) => id)
            .toSorted()
        expect(ids(index)).toEqual(ids(fresh))
        expect(ids(index)).toEqual(partners(pairs, each.id))
        for (const field of COUNTED_FIELDS) {
          expect(index.counts.of(field, record.name.family)).toBe(fresh.counts.of(field, record.name.family))
        }
      }
    }),
    { numRuns: 60 },
  )
})

function partners(pairs: readonly string[], id: string): string[] {
  return pairs
    .map((pair) => pair.split(' '))
    .filter((pair) => pair.includes(id))
    .map(([a = '', b = '']) => (a === id ? b : a))
    .toSorted()
}

test.each<[string, Partial<MatchableCustomer>, Partial<MatchableCustomer>]>([
  ['names in the other order', { name: 'Corrie Fraser' }, { name: 'Fraser Corrie' }],
  ['names of one sound', { name: 'Stefan Meier' }, { name: 'Stephan Mayer' }],
  ['one phone in two formats', { phone: '+61 420 091 973' }, { phone: '0420091973' }],
  ['one mailbox', { email: 'info@berg.de' }, { email: 'INFO@berg.de' }],
  ['one user at two providers', { email: 'sunshine@gmx.de' }, { email: 'sunshine@web.de' }],
  ['one house', { address: '5 Hill Rd, Dover' }, { address: '5 Hill Road, Dover 6714' }],
  ['family name and town', { name: 'Tom Berg', address: 'Dover' }, { name: 'Eva Berg', address: '1 Hill Rd, Dover' }],
])('SE-3: %s is reason enough to compare two', (_, a, b) => {
  expect(pairsOf(indexOf([customer('a', a), customer('b', b)]))).toEqual(['a b'])
})

test('PF-8: what everybody shares is no reason to compare everybody', () => {
  const many = Array.from({ length: 500 }, (_, i) =>
    customer(`c${i}`, { name: `${word(i)} ${word(i * 7 + 3)}`, phone: '0298765432' }),
  )
  expect(pairsOf(indexOf(many)).length).toBeLessThan(2_000)
})

function word(seed: number): string {
  return Array.from({ length: 6 }, (_, i) => 'bcdfghklmnprstvz'.charAt((seed * (i * 2 + 3) + i * i) % 16)).join('a')
}

test('IO-2: who is close are some of those worth comparing, and nearly all who are asked about', () => {
  const index = indexOf(crmCustomers(readFileSync(`${import.meta.dirname}/testing/crm-1200.csv`, 'utf8')))
  const records = [...index.records()]
  const scorer = new PairScorer(DEFAULT_MODEL, index.counts)
  let asked = 0
  let missed = 0
  let compared = 0
  for (const record of records) {
    const close = new Set(index.closeCandidatesOf(record))
    const all = index.candidatesOf(record)
    compared += all.length
    expect([...close].every((other) => all.includes(other))).toBe(true)
    for (const other of all) {
      if (scorer.score(record, other).probability < ASK) continue
      asked += 1
      if (!close.has(other)) missed += 1
    }
  }
  expect(asked).toBeGreaterThan(200)
  expect(compared).toBeGreaterThan(2 * asked)
  expect(missed / asked).toBeLessThan(0.02)
})
