import fc from 'fast-check'
import { distance } from 'fastest-levenshtein'
import { expect, test } from 'vitest'
import { areNearNumbers, areTransposed } from './text-similarity.ts'

const digits = fc.string({ unit: fc.constantFrom('1', '2', '3'), maxLength: 7 })

test('SE-3: numbers are near that are one edit or one swap of neighbours apart, and have two digits', () => {
  fc.assert(
    fc.property(digits, digits, (a, b) => {
      const isNear = Math.max(a.length, b.length) > 1 && (distance(a, b) <= 1 || areTransposed(a, b))
      expect(areNearNumbers(a, b)).toBe(isNear)
    }),
    { numRuns: 2_000 },
  )
})
