import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test.each([
  [['--only', 'PF-99'], /--only knows PF-1 and .*PF-6/],
  [['--rows', 'many'], /--rows takes a whole number/],
  [['--fast'], /Unknown option.*Usage: npm run bench/],
  [['--json', '/no/such/folder/x.json'], /Name a file in a folder that exists/],
])('QA-1: npm run bench with %j ends with one line and exit code 2', { timeout: 30_000 }, (args, sentence) => {
  const { status, stdout, stderr } = spawnSync('node', [`${import.meta.dirname}/run.ts`, ...args], { encoding: 'utf8' })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(sentence)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('IO-1: where the sets are missing --docs keeps the figures that are there, and fails', { timeout: 30_000 }, () => {
  const page = () => readFileSync(`${import.meta.dirname}/../docs/figures.md`, 'utf8')
  const before = page()
  const { status, stderr } = spawnSync('node', [`${import.meta.dirname}/run.ts`, '--only', 'IO-1', '--docs'], {
    encoding: 'utf8',
    env: { ...process.env, CSV_SETS: '/no/such/folder' },
  })
  expect(status).toBe(2)
  expect(stderr).toContain('IO-1 measured nothing: docs/figures.md keeps what it has of it.')
  expect(page()).toBe(before)
})
