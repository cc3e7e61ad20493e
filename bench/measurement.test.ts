import { expect, test } from 'vitest'
import { type Measurement, percentile, rounded } from './measurement.ts'
import { asTable } from './table.ts'

test('QA-1: percentiles are those of the sorted samples', () => {
  const samples = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect([percentile(samples, 0), percentile(samples, 0.5), percentile(samples, 0.95), percentile(samples, 1)]).toEqual(
    [1, 51, 96, 100],
  )
  expect(percentile([7], 0.95)).toBe(7)
  expect(rounded(1234.5)).toBe(1230)
})

test('QA-1: the table has a line for each measurement, with its unit and what it is measured against', () => {
  const measurement: Measurement = {
    id: 'PF-1',
    what: 'search',
    rows: 1_000,
    unit: 'ms',
    p50: 1,
    p95: 2,
    max: 3,
    target: null,
    pass: true,
    baseline: { name: 'plain', value: 600 },
    ratio: 300,
  }
  const [head, line, ...rest] = asTable([measurement]).split('\n')
  expect(head).toMatch(/^id +what +rows/)
  expect(line).toMatch(/^PF-1 +search +1000 +1 ms +2 ms +3 ms +- +yes +plain: 600 ms +300x$/)
  expect(rest).toEqual([])
})
