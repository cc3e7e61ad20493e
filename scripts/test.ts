/**
 * `npm test`: everything that must hold, in the order in which it fails soonest.
 *   npm test -- [--only lint,types,…]
 * Prints each step's output as it comes, then a table, then all tests counted in vitest's words, the last line.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { endWith, readOptions } from './cli.ts'
import { runTool } from './run-tool.ts'

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
  // `npm run e2e:desktop` plays all of them on the desktop app.
  e2e: ['playwright', 'test', '--project=web', '--project=standin', '--project=electron'],
} as const
type Step = keyof typeof STEPS

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

const counts = add(vitestCounts(), playwrightCounts())
rmSync(reports, { recursive: true, force: true })
console.log('')
for (const { step, ok, seconds } of results) {
  console.log(`${ok ? '✓' : '✗'} ${step.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s`)
}
if (counts.flaky > 0)
  console.log(`##### ${counts.flaky} passed at the second try only: they are not to be trusted, mend them #####`)
if (wanted.includes('vitest') || wanted.includes('e2e')) console.log(`     Tests  ${summary(counts)}`)
process.exit(results.every((result) => result.ok) ? 0 : 1)

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Of those that passed: at the second try only. */
  readonly flaky: number
}

function stepNamed(name: string): Step {
  if (name in STEPS) return name as Step
  return endWith(`There is no step "${name}". Steps: ${Object.keys(STEPS).join(', ')}.`)
}

function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    flaky: a.flaky + b.flaky,
  }
}

/** `1 failed | 2143 passed | 13 skipped (2157)`, as vitest closes. */
function summary({ passed, failed, skipped }: Counts): string {
  const parts = [failed > 0 ? `${failed} failed` : [], `${passed} passed`, skipped > 0 ? `${skipped} skipped` : []]
  return `${parts.flat().join(' | ')} (${passed + failed + skipped})`
}

function readReport<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null // the step was not asked for, or ended before it wrote a report; its exit code says so
  }
}

function vitestCounts(): Counts {
  const schema = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() })
  const report = readReport(vitestReport, schema)
  return {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: report?.numPendingTests ?? 0,
    flaky: 0,
  }
}

function playwrightCounts(): Counts {
  const schema = z.object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  })
  const stats = readReport(playwrightReport, schema)?.stats
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
    flaky: stats?.flaky ?? 0,
  }
}
