import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_FIELDS } from '../domain/customer.ts'
import { CustomerSearchIndex } from './customer-search-index.ts'
import { SEARCH_FIELDS, type SearchableCustomer, textOf } from './searchable-customer.ts'

function customer(id: string, fields: Partial<SearchableCustomer>): SearchableCustomer {
  return { ...NO_FIELDS, id, name: 'X', ...fields }
}

const base = [
  customer('anna', {
    name: 'Anna Müller',
    email: 'anna.mueller87@web.de',
    phone: '+49 (0)170 1234567',
    address: 'Hauptstraße 5, 10115 Berlin',
    notes: 'prefers a call in the morning',
    tags: ['vip', 'wholesale'],
  }),
  customer('joe', {
    name: 'Joe O’Brien',
    email: 'obrien@acme-tools.com',
    phone: '0412 345 678',
    address: '12 High St',
  }),
  customer('jp', { name: 'Jean-Pierre Lefèvre', phone: '+33145678901', tags: ['lead'] }),
  customer('tom', { name: 'Thomas Schneider', address: 'Melbourne 3000' }),
  customer('ivan', { name: 'Иван Петров' }),
  customer('nfd', { name: 'Zoe\u0308 Bra\u0308uer' }),
]

function indexOf(customers: readonly SearchableCustomer[] = base): CustomerSearchIndex {
  const index = new CustomerSearchIndex()
  index.upsertMany(customers)
  return index
}

const ids = (index: CustomerSearchIndex, query: string, limit = 10) =>
  index
    .search(query)
    .best(limit)
    .hits.map(({ customer }) => customer.id)
const total = (index: CustomerSearchIndex, query: string) => index.search(query).best(10).total

/** Who comes first, why, and what is marked. */
function firstOf(index: CustomerSearchIndex, query: string) {
  const found = index.search(query)
  const [hit] = found.best(10).hits
  return hit && { customer: hit.customer, ...found.explain(hit.customer) }
}

test.each([
  ['anna', 'anna'],
  ['mül', 'anna'],
  ['muller', 'anna'],
  ['MUELLER anna', 'anna'],
  ['berlin mull', 'anna'],
  ['hauptstrasse', 'anna'],
  ['morning call anna', 'anna'],
  ['whole', 'anna'],
  ['anna.mueller87@web.de', 'anna'],
  ['mueller87@w', 'anna'],
  ['nnamueller87', 'anna'],
  ['anna.muellre87@web.de', 'anna'],
  ['+491701234567', 'anna'],
  ['0170/123 45 67', 'anna'],
  ['0049 170 1234567', 'anna'],
  ['234567', 'anna'],
  ['obrien', 'joe'],
  ["o'brien", 'joe'],
  ['brien', 'joe'],
  ['+61 412 345 678', 'joe'],
  ['acme', 'joe'],
  ['12 high', 'joe'],
  ['jeanpierre', 'jp'],
  ['lefevre jean', 'jp'],
  ['lead', 'jp'],
  ['tomas schneider', 'tom'],
  ['shcneider', 'tom'],
  ['scneide', 'tom'],
  ['schnieder melbourne', 'tom'],
  ['petrov ivan', 'ivan'],
  ['петров', 'ivan'],
  ['zoe brauer', 'nfd'],
  ['zoë bräuer', 'nfd'],
])('SE-1: "%s" finds %s first', (query, id) => {
  expect(ids(indexOf(), query)[0]).toBe(id)
})

test.each(['', '   ', '--', '@', 'anna melbourne', 'xyzzy', 'smi', 'anna 99999'])(
  'SE-1: "%s" finds nobody',
  (query) => {
    expect(indexOf().search(query).best(10)).toEqual({ hits: [], total: 0 })
  },
)

test.each([
  ['ann', null],
  ['shcneider', '1 letter'],
  ['schnieedr', '2 letters'],
  ['0170 1234567', 'phone'],
  ['nnamueller87', 'email'],
  ['whole', 'tag'],
  ['morning', 'notes'],
  ['berlin', 'address'],
  ['anna berlin', 'address'],
])('SE-1: "%s" says why: %s', (query, why) => {
  expect(firstOf(indexOf(), query)?.why).toBe(why)
})

test.each([
  ['mull', 'name', ['Müll']],
  ['muell anna', 'name', ['Anna', 'Müll']],
  ['strass hauptstras', 'address', []],
  ['hauptstras', 'address', ['Hauptstraß']],
  ['0170/12345', 'phone', ['170 12345']],
  ['mueller87@w', 'email', ['mueller87@w']],
  ['whole', 'tags', ['whole']],
  ['obri', 'name', ['O’Bri']],
  ['brauer', 'name', ['Bra\u0308uer']],
])('SE-1: "%s" marks in %s: %j', (query, field, marked) => {
  const hit = firstOf(indexOf(), query)
  const name = SEARCH_FIELDS.find((each) => each === field) ?? 'name'
  const ranges = hit?.ranges[name] ?? []
  expect(ranges.map(([start, end]) => (hit ? textOf(hit.customer, name).slice(start, end) : ''))).toEqual(marked)
})

test('SE-1: a changed customer is found by the new text and no longer by the old one', () => {
  const index = indexOf()
  index.upsertMany([customer('anna', { name: 'Anna Berger', phone: '+4366012345' })])
  expect(ids(index, 'muller')).toEqual([])
  expect(ids(index, '7012345')).toEqual([])
  expect(ids(index, 'web.de')).toEqual([])
  expect(ids(index, 'berger')).toEqual(['anna'])
  expect(ids(index, '0660 12345')).toEqual(['anna'])
  expect(index.size).toBe(base.length)
})

test('SE-1: a removed customer is gone, and removing an unknown one does nothing', () => {
  const index = indexOf()
  index.remove('anna')
  index.remove('nobody')
  expect(total(index, 'anna')).toBe(0)
  expect(index.size).toBe(base.length - 1)
})

test('SE-1: after thousands of changes the index still finds the newest version of everybody', () => {
  const index = new CustomerSearchIndex()
  const version = (n: number, round: number) =>
    customer(`c${n}`, {
      name: `Person${n} Round${round}`,
      email: `p${n}@r${round}.org`,
      phone: `+4917${String(n).padStart(8, '0')}`,
    })
  for (let round = 0; round < 12; round++) index.upsertMany(Array.from({ length: 300 }, (_, n) => version(n, round)))
  for (let n = 0; n < 300; n += 3) index.remove(`c${n}`)
  expect(total(index, 'round11')).toBe(200)
  expect(total(index, 'round3')).toBe(0)
  expect(ids(index, 'person100 round11')).toContain('c100')
  expect(ids(index, 'p101@r11')).toEqual(['c101'])
  expect(ids(index, '1700000101')).toEqual(['c101'])
  expect(ids(index, '1700000099')).toEqual([])
})

test('SE-1: total counts all matches, hits are the best of them in falling order', () => {
  const index = indexOf(
    Array.from({ length: 200 }, (_, n) => customer(`c${n}`, { name: n === 150 ? 'Ann' : `Annabel Nr${n}` })),
  )
  const result = index.search('ann').best(20)
  expect(result.total).toBe(200)
  expect(result.hits).toHaveLength(20)
  expect(result.hits[0]?.customer.id).toBe('c150')
  const all = index.search('ann').best(1_000).hits
  expect(all).toHaveLength(200)
  for (const [i, hit] of all.entries()) expect(hit.score).toBeLessThanOrEqual(all[i - 1]?.score ?? 2)
})

test('SE-1: a last word of one letter is judged alike for few and for many customers that are left', () => {
  const customers = Array.from({ length: 600 }, (_, n) =>
    customer(`c${n}`, {
      name: `Person${n % 3 === 0 ? 'zebra' : 'lion'} ${n % 2 === 0 ? 'Amber' : 'Violet'}`,
      address: n % 5 === 0 ? 'Bern' : 'Ulm',
    }),
  )
  const index = indexOf(customers)
  const expected = (fits: (n: number) => boolean) => customers.filter((_, n) => fits(n)).length
  expect(total(index, 'personzebra b')).toBe(expected((n) => n % 3 === 0 && n % 5 === 0))
  expect(total(index, 'violet u')).toBe(expected((n) => n % 2 === 1 && n % 5 !== 0))
  expect(total(index, 'personzebra violet b')).toBe(expected((n) => n % 6 === 3 && n % 5 === 0))
  index.upsertMany([customer('one', { name: 'Quentin Single', address: 'Bern' })])
  expect(ids(index, 'single b')).toEqual(['one'])
  expect(ids(index, 'single u')).toEqual([])
})

test('SE-1: one letter looks at names, and elsewhere only where no name has it', () => {
  const index = indexOf()
  expect(ids(index, 'a')).toEqual(['anna'])
  expect(ids(index, 'h').sort()).toEqual(['anna', 'joe'])
})

test('SE-1: the whole name is found whatever the order of its words, and any query is survived', () => {
  const name = fc.stringMatching(/^[A-ZÄÖÜ][a-zäöüß]{2,9}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 2, maxLength: 20 }),
      fc.string({ unit: 'grapheme' }),
      (names, query) => {
        const customers = names.map((each, n) =>
          customer(`c${n}`, { name: `${each} ${names[(n + 1) % names.length]}` }),
        )
        const index = indexOf(customers)
        for (const each of customers) {
          const swapped = each.name.split(' ').reverse().join(' ')
          expect(ids(index, swapped, 50)).toContain(each.id)
        }
        const found = index.search(query)
        for (const { customer } of found.best(50).hits) {
          for (const [start, end] of found.explain(customer).ranges.name ?? []) {
            expect(start).toBeLessThan(end)
            expect(end).toBeLessThanOrEqual(customer.name.length)
          }
        }
      },
    ),
    { numRuns: 50 },
  )
})

const kinds = [
  customer('will', { name: 'William Fotheringay', address: '44 St Kilda Rd, Wodonga' }),
  customer('mary', { name: 'Anna Maria Zwirnlein', email: 'kuschelbaer_1979@freenet.de' }),
  customer('jean', { name: 'Hansjörg Mayrhofer', phone: '+48 656 004 250' }),
  customer('piet', { name: 'Pieter van der Westhuizen', address: 'Lilienthalstr. 8b, Berlin' }),
  customer('pyotr', { name: 'Пётр Чайковский', phone: '0412 998 877' }),
]

test.each([
  ['bill fothe', 'will', 'nickname', ['William', 'Fothe']],
  ['saint kilda road', 'will', 'address', []],
  ['annamaria zwirn', 'mary', null, ['Anna', 'Maria', 'Zwirn']],
  ['kuschelbaer_19', 'mary', 'email', []],
  ['hans joerg mayrhofer', 'jean', null, ['Hansjörg', 'Mayrhofer']],
  ['meierhofer', 'jean', 'sounds alike', ['Mayrhofer']],
  ['004250', 'jean', 'phone', []],
  ['vanderwest', 'piet', null, ['van der West']],
  ['lilienthalstraße 8b', 'piet', 'address', []],
  ['tschaikowski', 'pyotr', null, ['Чайковский']],
  ['412 998', 'pyotr', 'phone', []],
])('SE-1: "%s" finds %s, says why (%s) and marks %j', (query, id, why, marked) => {
  const hit = firstOf(indexOf(kinds), query)
  const name = hit?.customer.name ?? ''
  expect([hit?.customer.id, hit?.why]).toEqual([id, why])
  expect((hit?.ranges.name ?? []).map(([start, end]) => name.slice(start, end))).toEqual(marked)
})
