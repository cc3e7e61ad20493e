import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import { compareRecords } from '#shared/matching/compare-records.ts'
import { toPattern } from '#shared/matching/comparison-fields.ts'
import { toComparisonRecord } from '#shared/matching/comparison-record.ts'
import { ValueCounts } from '#shared/matching/value-counts.ts'
import { differsInContact, isSurelySame, mayBeOneRow } from './row-contacts.ts'

const row = fc.record({
  id: fc.constant('row'),
  name: fc.constantFrom('Anna Berg', 'BERG, Anna', 'Tom Nowak', 'Berg GmbH', 'anna@berg.de', 'Anna', ''),
  email: fc.constantFrom(null, 'anna@berg.de', 'anna@gmail.com', 'anna17@gmail.com', 'anna71@gmail.com', 'tom@berg.de'),
  phone: fc.constantFrom(null, '+49420091973', '0420091973', '+49420091937', '0298765432', '12'),
  address: fc.constantFrom(null, '1 Hill Rd, Dover 6714'),
  notes: fc.constant(null),
})

test('IO-2: two rows that the quick look tells apart are told apart by the whole comparison, too', () => {
  let apart = 0
  fc.assert(
    fc.property(row, row, (one, other) => {
      const [a, b] = [toComparisonRecord(one), toComparisonRecord(other)]
      const pattern = toPattern(compareRecords(a, b, new ValueCounts()))
      const fields = { ...NO_FIELDS, ...one }
      const isApart = differsInContact(pattern) && !isSurelySame(pattern, fields)
      if (!mayBeOneRow(a, b)) {
        apart += 1
        expect(isApart).toBe(true)
      }
    }),
    { numRuns: 2_000 },
  )
  expect(apart).toBeGreaterThan(200)
})
