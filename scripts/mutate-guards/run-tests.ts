import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** Vitest's JSON report, as far as it is needed. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().catch(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).catch([]) }),
      ),
    }),
  ),
})

/** What a run of tests came to. */
export interface TestRun {
  readonly passed: number
  readonly failed: readonly { readonly test: string; readonly message: string }[]
  /** Files of which no test ran, with the reason. */
  readonly unloaded: readonly string[]
  readonly seconds: number
}

/** Longest run of the tests of one guard, in milliseconds. */
const LIMIT_MS = 240_000
/** A test that is only slow, on a busy machine, must not pass for one that fails. */
const TEST_LIMIT = '--testTimeout=90000'

/**
 * Runs Vitest files in a folder, one worker, up to the first failure. The project is told by the
 * files' names, as in `vitest.config.ts`.
 */
export async function runTests(root: string, tests: readonly string[]): Promise<TestRun> {
  const from = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-report-'))
  const report = join(folder, 'report.json')
  const project = tests[0]?.endsWith('.integration.test.ts') ? 'integration' : 'unit'
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const options = [`--project=${project}`, '--bail=1', '--maxWorkers=1', '--reporter=json', `--outputFile=${report}`]
    const child = spawn(process.execPath, [vitest, 'run', TEST_LIMIT, ...options, ...tests], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: LIMIT_MS,
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    await once(child, 'close')
    const seconds = (performance.now() - from) / 1_000
    if (!existsSync(report)) return { passed: 0, failed: [], unloaded: [firstLine(said) || 'no report'], seconds }
    return { ...countReport(JSON.parse(readFileSync(report, 'utf8'))), seconds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Reads a JSON report of Vitest. @throws ZodError when it is none */
export function countReport(report: unknown): Omit<TestRun, 'seconds'> {
  const files = reportSchema.parse(report).testResults
  const results = files.flatMap(({ assertionResults }) => assertionResults)
  const failed = results.filter(({ status }) => status === 'failed')
  const ran = (status: string) => status === 'passed' || status === 'failed'
  return {
    passed: results.filter(({ status }) => status === 'passed').length,
    failed: failed.map((result) => ({ test: result.fullName, message: firstLine(result.failureMessages[0] ?? '') })),
    unloaded: files
      .filter((file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => ran(status)))
      .map((file) => firstLine(file.message) || `${file.name} did not run`),
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
