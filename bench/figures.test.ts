import { expect, test } from 'vitest'
import { circumstances, withFigures } from './figures.ts'
import type { Measurement } from './measurement.ts'

const MEASURED: Measurement = {
  id: 'PF-9',
  what: 'list page',
  rows: 100_000,
  unit: 'ms',
  p50: 2,
  p95: 4,
  max: 9,
  target: 10,
  pass: true,
  baseline: { name: 'OFFSET', value: 400 },
  ratio: 100,
}
const SECTION = `## \`bench PF-9\`

today

| what | rows | p50 / p95 | max | target | beside it | times |
|---|---|---|---|---|---|---|
| PF-9: list page | 100,000 | 2 / 4 ms | 9 ms | 10 ms | OFFSET: 400 ms | 100 |
`

test('PF-9: a figure stands with its target, what it is compared with, and when it was measured', () => {
  expect(withFigures('# Figures\n\nWords.\n', 'bench PF-9', 'today', [MEASURED])).toBe(
    `# Figures\n\nWords.\n\n${SECTION}`,
  )
  expect(circumstances(new Date('2026-03-02T10:00:00Z'))).toMatch(
    /^2026-03-02; (commit [\da-f]{7,}|no commit known).*; \d+ processors, \d+ GB; load \d/,
  )
})

test('PF-9: a target that was missed says so, with or without a number', () => {
  const missed = { ...MEASURED, p50: 12, p95: 12, max: 12, pass: false }
  const page = withFigures('', 'bench', 'today', [missed, { ...missed, target: null }])
  expect(page).toContain('| 12 ms | 12 ms | 10 ms, missed |')
  expect(page).toContain('| 12 ms | 12 ms | missed |')
})

test('PF-9: measuring again changes the section of that command only, wherever it stands', () => {
  const old = withFigures(`# Figures\n\n${SECTION}`, 'bench PF-10', 'then', [{ ...MEASURED, id: 'PF-10', p95: 7 }])
  const before = withFigures(old, 'bench PF-1', 'then', [{ ...MEASURED, id: 'PF-1' }])
  const after = withFigures(before, 'bench PF-10', 'now', [{ ...MEASURED, id: 'PF-10', p95: 8 }])
  expect([...after.matchAll(/^## .*/gm)].flat()).toEqual(['## `bench PF-1`', '## `bench PF-9`', '## `bench PF-10`'])
  expect(after).toBe(
    before.replace(
      'then\n\n| what | rows | p50 / p95 | max | target | beside it | times |\n|---|---|---|---|---|---|---|\n| PF-10: list page | 100,000 | 2 / 7',
      'now\n\n| what | rows | p50 / p95 | max | target | beside it | times |\n|---|---|---|---|---|---|---|\n| PF-10: list page | 100,000 | 2 / 8',
    ),
  )
})

test('PF-9: what was not there is said above the table, without the folders of this machine', () => {
  const skipped = ['IO-1: SKIPPED Pollock: not found in /home/me/csv. CSV_SETS names another folder.']
  const page = withFigures('', 'bench', 'today', [MEASURED], skipped)
  expect(page).toContain('today\n\nNot there, so skipped: Pollock.\n\n| what')
})
