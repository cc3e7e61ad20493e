import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode } from './codec.ts'

test('EL-1: what crosses the harness arrives as it left, whatever its keys and values', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, maxDepth: 4 })
  fc.assert(
    fc.property(anything, (value) => {
      expect(decode(encode(value))).toEqual(value)
    }),
    { numRuns: 1_000 },
  )
})

test('EL-1: a function does not cross', () => {
  expect(() => encode({ call: () => 1 })).toThrow('could not be cloned')
})
