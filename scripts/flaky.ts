/**
 * `npm run flaky`: runs the tests over and over, without second tries, and names those that did not
 * always do the same.
 *   npm run flaky -- [--times 10] [--only vitest,e2e]
 * Exit code 1 when a test failed in any run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildWhenStale } from './build-when-stale.ts'
import { endWith, readOptions, wholeNumber } from './cli.ts'
import { runTool } from './run-tool.ts'
import { TEST_PROJECTS } from './test-projects.ts'
import { readPlaywrightReport, readVitestReport, type TestOutcome } from './test-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradesphere-flaky-'))
const report = join(folder, 'report.json')

const SUITES = {
  vitest: {
    command: ['vitest', 'run', '--retry=0', '--reporter=json', `--outputFile.json=${report}`],
    read: readVitestReport,
  },
  e2e: {
    command: ['playwright', 'test', ...TEST_PROJECTS, '--retries=0', '--reporter=json'],
    read: readPlaywrightReport,
  },
} as const satisfies Readonly<
  Record<string, { command: readonly [string, ...string[]]; read: (file: string) => TestOutcome[] }>
>
type Suite = keyof typeof SUITES

const usage = 'npm run flaky -- [--times N] [--only vitest,e2e]'
const options = readOptions(usage, { times: { type: 'string' }, only: { type: 'string' } })
const times = wholeNumber('times', options.times, 10, 1, 1_000)
const suites = options.only === undefined ? (Object.keys(SUITES) as Suite[]) : options.only.split(',').map(suiteNamed)

if (suites.includes('e2e')) buildWhenStale(resolve(import.meta.dirname, '..'), ['web', 'electron'], console.log)

/** By test: in how many runs it failed. */
const failures = new Map<string, number>()
let broken = 0
for (let run = 1; run <= times; run++) {
  for (const suite of suites) {
    const from = performance.now()
    const { command, read } = SUITES[suite]
    rmSync(report, { force: true })
    const { status } = runTool(command, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    })
    const outcomes = read(report)
    const failed = outcomes.filter((test) => test.status === 'failed')
    for (const { name } of failed) failures.set(name, (failures.get(name) ?? 0) + 1)
    if (status !== 0 && failed.length === 0) broken += 1
    const seconds = ((performance.now() - from) / 1_000).toFixed(0)
    console.log(
      `run ${run} of ${times}, ${suite}: ${outcomes.length} tests, ${failed.length} failed, ${seconds} s` +
        `${status !== 0 && failed.length === 0 ? `; it ended with exit code ${status}` : ''}`,
    )
  }
}
rmSync(folder, { recursive: true, force: true })
for (const [name, count] of [...failures].sort(([, a], [, b]) => b - a)) {
  console.log(`${count === times ? 'always fails' : `failed ${count} of ${times}`}: ${name}`)
}
if (failures.size === 0 && broken === 0) console.log(`No test failed in ${times} runs.`)
process.exit(failures.size === 0 && broken === 0 ? 0 : 1)

function suiteNamed(name: string): Suite {
  if (name in SUITES) return name as Suite
  return endWith(`There is no suite "${name}". Suites: ${Object.keys(SUITES).join(', ')}.`)
}
