import { expect, test } from 'vitest'
import { DEFAULT_MODEL } from '#shared/matching/match-model.ts'
import { atOnce } from '#shared/util/in-steps.ts'
import { decodeScan, encodeScan } from './saved-scan.ts'

const scan = { model: DEFAULT_MODEL, scannedAt: '2026-11-22T00:00:00.000Z', customers: 9 }
const pairsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ a: `a${n}`, b: `b${n}`, probability: n / count, pattern: n }))

test.each([0, 1, 1_000, 1_001, 12_000])('SE-3: a scan with %i pairs is read as it was saved', (count) => {
  const pairs = pairsOf(count)
  expect(decodeScan(atOnce(encodeScan({ ...scan, pairs })))).toEqual({ ...scan, pairs })
})

test('SE-3: many pairs are written down in steps, between which others run', () => {
  expect([...encodeScan({ ...scan, pairs: pairsOf(12_000) })].length).toBeGreaterThan(10)
})
