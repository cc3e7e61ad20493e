import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type MatchableCustomer, toComparisonRecord } from './comparison-record.ts'
import { ASK, checkCustomer, SUGGEST, scanForDuplicates } from './find-duplicates.ts'
import { DEFAULT_MODEL } from './match-model.ts'
import { matchReasons } from './match-reasons.ts'
import { crmCustomers, customer, indexOf, scanned } from './testing/matching-fixtures.ts'

/** Groups as texts of member ids. */
const groupsOf = (customers: readonly MatchableCustomer[]) =>
  scanned(indexOf(customers)).groups.map(({ members }) => members.join(' '))

const HOME = { phone: '0151 1234567', address: 'Hauptstr. 5, 80331 München' }

describe('SE-3: people who share a lot are not one', () => {
  test.each<[string, Partial<MatchableCustomer>, Partial<MatchableCustomer>]>([
    ['a couple', { name: 'Lisa Berger', ...HOME }, { name: 'Thomas Berger', ...HOME }],
    [
      'a family with one mailbox',
      { name: 'Lisa Berger', email: 'familie@berger.de', ...HOME },
      { name: 'Thomas Berger', email: 'familie@berger.de', ...HOME },
    ],
    ['father and son, by name', { name: 'John Smith Sr.', ...HOME }, { name: 'John Smith Jr.', ...HOME }],
    [
      'father and son, by their births',
      { name: 'John Smith', notes: 'born 1950', ...HOME },
      { name: 'John Smith', notes: 'born 1982', ...HOME },
    ],
    [
      'colleagues behind a switchboard',
      { name: 'Maria Lopez', email: 'info@acme.com', phone: '0298765432' },
      { name: 'Peter Chan', email: 'info@acme.com', phone: '0298765432' },
    ],
    ['a couple with names one letter apart', { name: 'John Smyth', ...HOME }, { name: 'Joan Smyth', ...HOME }],
    [
      'two firms in one house',
      { name: 'Berg Plumbing Ltd', address: '5 Hill Rd, Dover 6714' },
      { name: 'Garden Restaurant', address: '5 Hill Rd, Dover 6714' },
    ],
  ])('%s', (_, a, b) => {
    expect(groupsOf([...CROWD, customer('a', a), customer('b', b)])).toEqual([])
  })
})

describe('SE-3: one person written twice is found', () => {
  test.each<[string, Partial<MatchableCustomer>, Partial<MatchableCustomer>]>([
    [
      'another phone format',
      { name: 'Anna Vogel', phone: '+61 420 091 973' },
      { name: 'Anna Vogel', phone: '0420091973' },
    ],
    [
      'a nickname',
      { name: 'Bill Turner', email: 'bturner@mail.com', ...HOME },
      { name: 'William Turner', email: 'bturner@mail.com', ...HOME },
    ],
    ['swapped names', { name: 'Vincent Alexandra', ...HOME }, { name: 'Alexandra Vincent', ...HOME }],
    ['a typing error', { name: 'Teneille Newpot', email: 'tn@x.org' }, { name: 'Teneille Newport', email: 'tn@x.org' }],
    [
      'an initial',
      { name: 'K. Vogel', email: 'kv17@x.org' },
      { name: 'Katharina Vogel', email: 'kv17@x.org', ...HOME },
    ],
    [
      'a move',
      { name: 'Anna Vogel', email: 'a.v@x.org', address: '5 Hill Rd, Dover 6714' },
      { name: 'Anna Vogel', email: 'a.v@x.org', address: '95 Lake St, Perth 2000' },
    ],
    [
      'a firm without its legal form',
      { name: 'Müller Bau GmbH', phone: '089 123456' },
      { name: 'Mueller Bau', phone: '+49 89 123456' },
    ],
  ])('%s', (_, a, b) => {
    expect(groupsOf([...CROWD, customer('a', a), customer('b', b)])).toEqual(['a b'])
  })
})

const GIVEN = 'Rosa Hugo Ines Paul Vera Emil Nora Karl Olga Theo'.split(' ')
const FAMILY = 'Stal Borg Wend Kuhn Pell Rast Dorn Finke Grub Halm Jost'.split(' ')

/** Forty people who have nothing to do with each other or with the cases. */
const CROWD: readonly MatchableCustomer[] = Array.from({ length: 40 }, (_, i) => {
  const [given, family] = [GIVEN[i % GIVEN.length] ?? '', `${FAMILY[(i * 3) % FAMILY.length]}${FAMILY[i % 7]}`]
  const phone = `04${String(10_000_000 + i * 777_777)}`
  const address = `${i + 20} ${FAMILY[(i * 5) % FAMILY.length]} Parade, Town${family} ${3_000 + i * 37}`
  return customer(`x${i}`, { name: `${given} ${family}`, email: `${family}${i}@x${i}.example`, phone, address })
})

describe('SE-3: on a labelled list of 1,250 customers with households and switchboards', () => {
  const customers = crmCustomers(readFileSync(`${import.meta.dirname}/testing/crm-1200.csv`, 'utf8'))
  const people = new Map(customers.map(({ id, person }) => [id, person]))
  const index = indexOf(customers)
  const result = scanned(index)
  const pairs = result.groups.flatMap((group) => group.pairs)
  const isRight = ({ a, b }: { a: string; b: string }) => people.get(a) === people.get(b)

  test('SE-5: precision is at least 0.95 and recall at least 0.85; of what is suggested more than 90 % is right', () => {
    const sizes = new Map<string | undefined, number>()
    for (const person of people.values()) sizes.set(person, (sizes.get(person) ?? 0) + 1)
    const truth = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
    const right = pairs.filter(isRight).length
    expect(truth).toBeGreaterThan(300)
    expect(right / pairs.length).toBeGreaterThan(0.95)
    expect(right / truth).toBeGreaterThan(0.85)
    const suggested = pairs.filter((pair) => pair.probability >= SUGGEST)
    expect(suggested.filter(isRight).length / suggested.length).toBeGreaterThan(0.9)
    expect(suggested.length).toBeGreaterThan(pairs.length / 2)
  })

  test('the answer does not depend on the order of the rows', () => {
    const turned = scanned(indexOf(customers.toReversed()))
    expect(turned.groups.map(({ members }) => members)).toEqual(result.groups.map(({ members }) => members))
    for (const [i, group] of turned.groups.entries()) {
      expect(group.probability).toBeCloseTo(result.groups[i]?.probability ?? 0, 6)
    }
  })

  test('each pair of a group is there once, with its probability and reasons', () => {
    for (const { members, pairs: inside } of result.groups) {
      expect(inside).toHaveLength((members.length * (members.length - 1)) / 2)
      for (const pair of inside) {
        expect(pair.a < pair.b).toBe(true)
        expect(pair.probability).toBeGreaterThanOrEqual(ASK)
        expect(matchReasons(pair.pattern).length).toBeGreaterThan(0)
      }
    }
    expect(result.groups.map((group) => group.probability)).toEqual(
      result.groups.map((group) => group.probability).toSorted((a, b) => b - a),
    )
  })

  test('customers marked apart never stand in one group, whatever links them', () => {
    const marks = new Set(pairs.filter((_, i) => i % 3 === 0).flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]))
    const { groups } = scanned(index, (a, b) => marks.has(`${a} ${b}`))
    const left = groups.flatMap((group) => group.pairs)
    expect(left.filter(({ a, b }) => marks.has(`${a} ${b}`))).toEqual([])
    expect(left.length).toBeGreaterThan(pairs.length / 3)
  })

  test('a customer checked alone has the partners that the scan found', () => {
    const strong = pairs.filter((pair) => pair.probability > 0.99).slice(0, 50)
    expect(strong).toHaveLength(50)
    const found = strong.filter(({ a, b }) => {
      const record = index.get(a)
      return (
        record && checkCustomer(record, index, result.model, () => false).some((pair) => pair.b === b || pair.a === b)
      )
    })
    expect(found.length).toBeGreaterThan(45)
    const [first] = strong
    const record = index.get(first?.a ?? '')
    expect(
      record && checkCustomer(record, index, result.model, (a, b) => [a, b].includes(first?.b ?? '')),
    ).not.toContainEqual(expect.objectContaining({ b: first?.b }))
  })

  test('a scan tells its progress and may be left at any step', () => {
    const scan = scanForDuplicates(index, () => false)
    const shares: number[] = []
    for (const { done, total } of scan) shares.push(done / total)
    expect(shares.length).toBeGreaterThan(10)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
    const left = scanForDuplicates(index, () => false)
    left.next()
    expect(left.return({ model: DEFAULT_MODEL, pairs: [], groups: [], compared: 0 }).done).toBe(true)
    expect(left.next().done).toBe(true)
  })
})

test('SE-3: a new customer is checked against a base that was never scanned', () => {
  const index = indexOf([customer('a', { name: 'Anna Vogel', email: 'a.v@x.org', ...HOME }), ...CROWD])
  const typed = toComparisonRecord(customer('new', { name: 'Ana Vogel', email: 'a.v@x.org' }))
  const [match, ...more] = checkCustomer(typed, index, DEFAULT_MODEL, () => false)
  expect(more).toEqual([])
  expect(match).toMatchObject({ a: 'a', b: 'new' })
  expect(matchReasons(match?.pattern ?? 0)).toEqual(['given name misspelt', 'same family name', 'same email'])
  const stranger = toComparisonRecord(customer('new', { name: 'Rita Solberg' }))
  expect(checkCustomer(stranger, index, DEFAULT_MODEL, () => false)).toEqual([])
})
