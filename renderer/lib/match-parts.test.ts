import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchParts } from './match-parts.ts'

test('SE-1: the matched range is marked, the rest is not', () => {
  expect(matchParts('Müller & Söhne', [[0, 6]])).toEqual([
    { text: 'Müller', marked: true },
    { text: ' & Söhne', marked: false },
  ])
})

test('SE-1: without ranges the text stays whole', () => {
  expect(matchParts('Müller', undefined)).toEqual([{ text: 'Müller', marked: false }])
  expect(matchParts('', [[0, 3]])).toEqual([])
})

test('SE-1: any ranges, in any order, overlapping or out of bounds, give back the whole text', () => {
  const range = fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 40 }))
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(range, { maxLength: 6 }), (text, ranges) => {
      const parts = matchParts(text, ranges)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      expect(parts.every((part) => part.text !== '')).toBe(true)
    }),
  )
})

test('SE-1: a character is marked exactly when a range covers it', () => {
  const range = fc.tuple(fc.nat(30), fc.nat(30))
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.array(range, { maxLength: 5 }), (text, ranges) => {
      const marks = matchParts(text, ranges).flatMap((part) => Array<boolean>(part.text.length).fill(part.marked))
      const expected = Array.from({ length: text.length }, (_, at) =>
        ranges.some(([from, to]) => from <= at && at < to),
      )
      expect(marks).toEqual(expected)
    }),
  )
})
