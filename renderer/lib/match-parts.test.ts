import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchParts } from './match-parts.ts'

test('SE-1: the matched range is marked, the rest is not', () => {
  expect(matchParts('Müller & Söhne', [[0, 6]])).toEqual([
    { text: 'Müller', marked: true },
    { text: ' & Söhne', marked: false },
  ])
})

test('SE-1: of any ranges, in any order, overlapping or out of bounds, a character is marked exactly when one covers it', () => {
  const range = fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 40 }))
  const rangesOrNone = fc.option(fc.array(range, { maxLength: 6 }), { nil: undefined })
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), rangesOrNone, (text, ranges) => {
      const parts = matchParts(text, ranges)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      expect(parts.every((part) => part.text !== '')).toBe(true)
      const marks = parts.flatMap((part) => Array<boolean>(part.text.length).fill(part.marked))
      const covered = (at: number) => ranges?.some(([from, to]) => from <= at && at < to) ?? false
      expect(marks).toEqual(Array.from({ length: text.length }, (_, at) => covered(at)))
    }),
  )
})
