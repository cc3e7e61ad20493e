import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestFirst, fitting } from './best-first.ts'

const standings = fc.uniqueArray(fc.nat(1_999_999), { maxLength: 60 }).chain((slots) =>
  fc
    .array(fc.constantFrom(0, 0.25, 0.5, 0.5000001, 0.74, 1, 1.2), {
      minLength: slots.length,
      maxLength: slots.length,
    })
    .map((scores) => ({ slots: Int32Array.from(slots), scores: Float32Array.from(scores) })),
)

test('SE-1: the best are those of the highest scores, equal ones by their slots, each with its score', () => {
  fc.assert(
    fc.property(standings, fc.integer({ min: 1, max: 70 }), (standing, limit) => {
      const pairs = [...standing.slots].map((slot, i) => [slot, standing.scores[i] ?? 0] as const)
      const sorted = pairs.toSorted(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b).slice(0, limit)
      const { slots, scores } = bestFirst(standing, limit)
      expect([...slots].map((slot, i) => [slot, scores[i]])).toEqual(sorted)
    }),
  )
})

test('SE-1: those that fit keep their scores and their order', () => {
  fc.assert(
    fc.property(standings, (standing) => {
      const { slots, scores } = fitting(standing, (slot) => slot % 3 === 0)
      const pairs = [...standing.slots].map((slot, i) => [slot, standing.scores[i]])
      expect([...slots].map((slot, i) => [slot, scores[i]])).toEqual(pairs.filter(([slot = 0]) => slot % 3 === 0))
    }),
  )
})
