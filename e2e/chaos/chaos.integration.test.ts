import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ChaosReport } from './run-chaos.ts'
import { runCommand } from './run-command.ts'

/** Far fewer than a free machine plays in a minute. */
const LEAST_OPERATIONS = 250

test('SY-2 SY-3 SY-4 SY-5 SY-8 R-2: a minute of chaos with fixed seeds breaks no promise', {
  timeout: 300_000,
  // The order in which the machine does things is not the seed's: what breaks once in many plays is for
  // `npm run chaos` to find and is printed here; what breaks twice running fails.
  retry: 1,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-report-'))
  const file = join(folder, 'chaos.json')
  const { code, output } = await runCommand(['--minutes', '1', '--json', file])
  console.log(output.slice(-6_000))
  const report = JSON.parse(await readFile(file, 'utf8')) as ChaosReport
  await rm(folder, { recursive: true })
  expect(report.violations).toEqual([])
  expect(code).toBe(0)
  expect(report.operations).toBeGreaterThan(LEAST_OPERATIONS)
  expect(Object.values(report.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(LEAST_OPERATIONS / 10)
})

test('QA-1: bad input to the command is one line that says what to do, and exit code 2', async () => {
  const bad = [
    ['--seed', 'x'],
    ['--minutes', '0'],
    ['--json', join(tmpdir(), 'no', 'such', 'folder.json')],
    ['--nonsense'],
  ]
  const answers = await Promise.all(bad.map((options) => runCommand(options)))
  expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2])
  for (const { output } of answers) expect(output.trim().split('\n')).toHaveLength(1)
})
