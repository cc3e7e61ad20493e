/**
 * `npm test`: everything that must hold, in the order in which it fails soonest.
 *   npm test -- [--only lint,types,…]
 * Prints each step's output as it comes, then what failed once more, a table, and as the last line, for any CI to
 * read, all tests that vitest and Playwright report: `3001 passed, 0 failed, 12 skipped`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { endWith, readOptions } from './cli.ts'
import { runTool } from './run-tool.ts'
import { TEST_PROJECTS } from './test-projects.ts'
import { readPlaywrightReport, readVitestReport, type TestOutcome } from './test-report.ts'

const reports = mkdtempSync(join(tmpdir(), 'tradesphere-test-'))
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

const STEPS = {
  lint: ['biome', 'ci', '--error-on-warnings', '.'],
  types: ['tsc', '-b'],
  dead: ['knip'],
  web: ['vite', 'build', '-c', 'vite.web.config.ts', '--logLevel', 'warn'],
  electron: ['electron-vite', 'build', '--logLevel', 'warn'],
  vitest: ['vitest', 'run', '--coverage', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  e2e: ['playwright', 'test', ...TEST_PROJECTS],
} as const
type Step = keyof typeof STEPS

/** Of what a failed test said, shown again at the end. */
const MESSAGE_LINES = 12

const { only } = readOptions('npm test -- [--only STEP,STEP]', { only: { type: 'string' } })
const wanted = only === undefined ? (Object.keys(STEPS) as Step[]) : only.split(',').map(stepNamed)

const results: { step: Step; ok: boolean; seconds: number }[] = []
for (const step of wanted) {
  console.log(`\n▶ ${step}: ${STEPS[step].slice(0, 3).join(' ')}`)
  const from = performance.now()
  const { status } = runTool(STEPS[step], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
  })
  results.push({ step, ok: status === 0, seconds: (performance.now() - from) / 1_000 })
}

const outcomes = [...readVitestReport(vitestReport), ...readPlaywrightReport(playwrightReport)]
rmSync(reports, { recursive: true, force: true })
console.log('')
// Vitest's own words stand far above those of the end to end tests by now.
for (const { name, message } of outcomes.filter((test) => test.status === 'failed')) {
  console.log(`✗ ${relative(process.cwd(), name)}\n${(message ?? '').split('\n').slice(0, MESSAGE_LINES).join('\n')}\n`)
}
for (const { step, ok, seconds } of results) {
  console.log(`${ok ? '✓' : '✗'} ${step.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s`)
}
if (count('flaky') > 0)
  console.log(`##### ${count('flaky')} passed at the second try only: they are not to be trusted, mend them #####`)
if (wanted.includes('vitest') || wanted.includes('e2e')) {
  console.log(`${count('passed') + count('flaky')} passed, ${count('failed')} failed, ${count('skipped')} skipped`)
}
process.exit(results.every((result) => result.ok) ? 0 : 1)

function stepNamed(name: string): Step {
  if (name in STEPS) return name as Step
  return endWith(`There is no step "${name}". Steps: ${Object.keys(STEPS).join(', ')}.`)
}

function count(status: TestOutcome['status']): number {
  return outcomes.filter((test) => test.status === status).length
}
