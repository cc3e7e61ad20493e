import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareRecords } from './compare-records.ts'
import { COMPARISON_FIELDS, type ComparisonField, LEVELS, levelAt, toPattern } from './comparison-fields.ts'
import { type MatchableCustomer, toComparisonRecord } from './comparison-record.ts'
import { customer } from './testing/matching-fixtures.ts'
import { ValueCounts } from './value-counts.ts'

function compare(a: Partial<MatchableCustomer>, b: Partial<MatchableCustomer>, counts = new ValueCounts()) {
  return compareRecords(toComparisonRecord(customer('a', a)), toComparisonRecord(customer('b', b)), counts)
}

/** The name of a level of a field. */
function nameOf(field: ComparisonField, level: number): string {
  return Object.keys(LEVELS[field])[level] ?? ''
}

test.each([
  ['given exact', 'Anna Berg', 'Anna Berg'],
  ['given nickname', 'Bill Turner', 'William Turner'],
  ['given nickname', 'J. Robert Turner', 'Robert Turner'],
  ['given typo', 'Jasmine Berg', 'Jasmien Berg'],
  ['given typo', 'Ja yde Berg', 'Jayde Berg'],
  ['given initial', 'A. Berg', 'Anna Berg'],
  ['given initial', 'Ю. Коваленко', 'Юлія Коваленко'],
  ['given alike', 'Anna Maria Berg', 'Anna Lena Berg'],
  ['given alike', 'Stefani Berg', 'Stephanye Berg'],
  ['given different', 'Jane Berg', 'Jon Berg'],
  ['given different', 'Lisa Berg', 'Thomas Berg'],
  ['given different', 'Customer 1', 'Customer 2'],
  ['given missing', 'Berg,', 'Anna Berg'],
  ['given organisation', 'Berg GmbH', 'Anna Berg'],
  ['family exact', 'Anna Müller', 'ANNA MUELLER'],
  ['family typo', 'Anna Schneider', 'Anna Schnieder'],
  ['family partial', 'Lisa Schmidt', 'Lisa Schmidt-Meier'],
  ['family partial', 'José García', 'José García López'],
  ['family alike', 'Anna Meier', 'Anna Mayer'],
  ['family different', 'Anna Berg', 'Anna Nowak'],
  ['family different', 'Filiale 12 GmbH', 'Filiale 13 GmbH'],
  ['family exact', 'Filiale 12', 'filiale 12'],
  ['family missing', ', Anna', 'Anna Berg'],
  ['family exact', 'Müller Bau GmbH', 'Mueller Bau'],
  ['family typo', 'Hotel Bel-Air', 'Bel-Air Hotel'],
  ['family partial', 'Smith Plumbing Services', 'Smith Plumbing Services Northern Region'],
  ['family different', 'Smith Plumbing', 'Garden Restaurant'],
  ['order swapped', 'Vincent Alexandra', 'Alexandra Vincent'],
  ['order straight', 'OTTO, Angus', 'Angus Otto'],
  ['generation different', 'John Smith Jr.', 'John Smith Sr.'],
  ['generation oneSided', 'John Smith Jr.', 'John Smith'],
  ['generation exact', 'John Smith Jr.', 'John Smith junior'],
])('SE-3: %s: %s and %s', (wanted, a, b) => {
  const [field, level] = wanted.split(' ') as [ComparisonField, string]
  expect(nameOf(field, compare({ name: a }, { name: b })[field])).toBe(level)
  expect(nameOf(field, compare({ name: b }, { name: a })[field])).toBe(level)
})

test('SE-3: a name of one word is compared with both names of the other', () => {
  expect(compare({ name: 'Anna' }, { name: 'Anna Berg' })).toMatchObject({ given: LEVELS.given.exact, family: 0 })
  expect(compare({ name: 'Berg' }, { name: 'Anna Berg' })).toMatchObject({ given: 0, family: LEVELS.family.exact })
  const joined = compare({ name: 'AnnaBerger' }, { name: 'Anna Berger' })
  expect(joined).toMatchObject({ given: LEVELS.given.exact, family: LEVELS.family.exact })
})

test('SE-3: two spellings that many people have are two names, not a typing error', () => {
  const counts = new ValueCounts()
  for (let i = 0; i < 20; i++) {
    for (const name of ['Jayden Berg', 'Hayden Berg']) counts.add(toComparisonRecord(customer('x', { name })))
  }
  expect(compare({ name: 'Jayden Berg' }, { name: 'Hayden Berg' }).given).toBe(LEVELS.given.typo)
  expect(compare({ name: 'Jayden Berg' }, { name: 'Hayden Berg' }, counts).given).toBe(LEVELS.given.alike)
})

test.each([
  ['exact', 'anna.berg@gmail.com', 'AnnaBerg+shop@googlemail.com'],
  ['typo', 'aberger@web.de', 'abegrer@web.de'],
  ['typo', 'aberger@hotmail.com', 'aberger@hotmial.com'],
  ['user', 'sunshine77@gmx.de', 'sunshine77@web.de'],
  ['missing', 'anna.berg@gmx.de', 'anna.berg@web.de'],
  ['missing', 'anna.berg17@gmx.de', 'anna.berg71@gmx.de'],
  ['different', 'anna@gmx.de', 'info@firma.de'],
  ['missing', '', 'anna@gmx.de'],
])('SE-3: e-mail %s: %s and %s', (level, a, b) => {
  expect(nameOf('email', compare({ name: 'Anna Berg', email: a }, { name: 'Anna Berg', email: b }).email)).toBe(level)
})

test.each([
  ['exact', '+61 420 091 973', '0420091973'],
  ['exact', '0061 420 091 973', '(0420) 091-973 ext. 12'],
  ['exact', '9876 5432', '02 9876 5432'],
  ['near', '0420091973', '0420019973'],
  ['near', '+61420091973', '042009173'],
  ['near', '+61420091973', '04200991973'],
  ['different', '0420091973', '0298765432'],
  ['different', '212 555 1234', '312 555 1234 99'],
  ['missing', '123', '0420091973'],
])('SE-3: phone %s: %s and %s', (level, a, b) => {
  expect(nameOf('phone', compare({ phone: a }, { phone: b }).phone)).toBe(level)
})

test.each([
  ['street exact', '7 cope pl', '7 Cope Place, Dover'],
  ['street near', '8 marrcus clarke street', '8 marcus clarke street'],
  ['street near', '12 rosewood, curtis', '12 curtis, rosewood'],
  ['street exact', '12 rosewood garden, curtis place', '12 curtis place, rosewood garden'],
  ['street different', '7 cope place', '11 dooland court'],
  ['number exact', '12 Hill Rd', '12 Hill Road'],
  ['number near', '12 Hill Rd', '12a Hill Road'],
  ['number near', '126 Hill Rd', '162 Hill Road'],
  ['number different', '12 Hill Rd', '95 Hill Road'],
  ['place both', '1 Hill Rd, Dover NSW 6714', '1 Hill Rd, Dover, 6714'],
  ['place postcode', '1 Hill Rd, Dover NSW 6714', '1 Hill Rd, Perth, 6714'],
  ['place town', '1 Hill Rd, Dover NSW 6714', '1 Hill Rd, Dover, 2000'],
  ['place near', '1 Hill Rd, Dover NSW 6714', '1 Hill Rd, 6741'],
  ['place different', '1 Hill Rd, Dover NSW 6714', '1 Hill Rd, Perth WA 2000'],
  ['place missing', '1 Hill Rd', '1 Hill Rd, Perth WA 2000'],
])('SE-3: %s: %s and %s', (wanted, a, b) => {
  const [field, level] = wanted.split(' ') as [ComparisonField, string]
  expect(nameOf(field, compare({ address: a }, { address: b })[field])).toBe(level)
})

test('SE-3: a move is one difference, not three', () => {
  const moved = compare({ address: '5 Hill Rd, Dover NSW 6714' }, { address: '95 Lake St, Perth WA 2000' })
  expect(moved).toMatchObject({ street: LEVELS.street.different, number: 0, place: 0 })
})

test.each([
  ['exact', 'Born 12.03.1950 in Wien', 'geb. 1950-03-12'],
  ['exact', 'b. 1950', '*12.03.1950'],
  ['near', 'DOB 1950-03-12', 'DOB 1950-03-21'],
  ['different', 'born 1950', 'born 1980'],
  ['missing', 'paid in 1950', 'born 1980'],
])('SE-3: birth %s: %s and %s', (level, a, b) => {
  expect(nameOf('birth', compare({ notes: a }, { notes: b }).birth)).toBe(level)
})

test('SE-3: comparing is symmetric, and a pattern holds every level', () => {
  const text = fc.oneof(
    fc.constantFrom('Anna Berg', 'Berg Anna', 'A. Berg', 'Berg GmbH', 'José García López', 'Ann', '12', 'x@y.de'),
    fc.string({ maxLength: 24 }),
  )
  const fields = fc.record({ name: text, email: text, phone: text, address: text, notes: text })
  fc.assert(
    fc.property(fields, fields, (a, b) => {
      const comparison = compare(a, b)
      expect(compare(b, a)).toEqual(comparison)
      const pattern = toPattern(comparison)
      expect(COMPARISON_FIELDS.map((_, i) => levelAt(pattern, i))).toEqual(
        COMPARISON_FIELDS.map((field) => comparison[field]),
      )
    }),
    { numRuns: 300 },
  )
})
