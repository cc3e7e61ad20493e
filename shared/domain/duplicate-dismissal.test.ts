import { expect, test } from 'vitest'
import { pairId, pairsOf } from './duplicate-dismissal.ts'

test('SE-3: every pair of customers has an id of its own, though their ids follow each other, whoever comes first', () => {
  const import1 = Array.from({ length: 40 }, (_, i) => `8f14e45f-ceea-467f-a0e6-1f00000000${i + 10}`)
  const import2 = import1.map((id) => id.replace('8f14e45f', '9a0364b9'))
  const pairs = pairsOf([...import1, ...import2])
  expect(pairs).toHaveLength((80 * 79) / 2)
  expect(new Set(pairs.map(([a, b]) => pairId(a, b))).size).toBe(pairs.length)
  expect(pairs.every(([a, b]) => pairId(a, b) === pairId(b, a))).toBe(true)
})
