import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What became of one test in one run. `flaky`: it passed, at the second try. */
export interface TestOutcome {
  /** File and title. */
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped' | 'flaky'
  /** What a failed one said, in vitest's words. Playwright repeats its own at the end of its output. */
  readonly message?: string
}

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
})

const playwrightTestSchema = z.object({
  projectName: z.string(),
  status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
})
const suiteSchema = z.object({
  specs: z.array(z.object({ file: z.string(), title: z.string(), tests: z.array(playwrightTestSchema) })).default([]),
  get suites() {
    return z.array(suiteSchema).default([])
  },
})
const playwrightSchema = z.object({ suites: z.array(suiteSchema) })

/** The tests of vitest's JSON report; none where the run ended before it wrote one (its exit code says so). */
export function readVitestReport(file: string): TestOutcome[] {
  return read(file, vitestSchema, ({ testResults }) =>
    testResults.flatMap(({ name, status, message, assertionResults }): TestOutcome[] => {
      // A file that can't even be loaded has no tests to name.
      if (assertionResults.length === 0 && status === 'failed') return [{ name, status, message }]
      return assertionResults.map((test) => {
        const told = `${name} ${test.fullName}`
        if (test.status === 'failed') return { name: told, status: 'failed', message: test.failureMessages.join('\n') }
        return { name: told, status: test.status === 'passed' ? 'passed' : 'skipped' }
      })
    }),
  )
}

/** The tests of Playwright's JSON report, as `readVitestReport` reads vitest's. */
export function readPlaywrightReport(file: string): TestOutcome[] {
  return read(file, playwrightSchema, ({ suites }) => suites.flatMap(outcomesOf))
}

function outcomesOf({ specs, suites }: z.infer<typeof suiteSchema>): TestOutcome[] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.map(({ projectName, status }) => ({ name: `[${projectName}] ${file} ${title}`, status: PLAYWRIGHT[status] })),
  )
  return [...own, ...suites.flatMap(outcomesOf)]
}

const PLAYWRIGHT = { expected: 'passed', unexpected: 'failed', flaky: 'flaky', skipped: 'skipped' } as const

function read<T>(file: string, schema: z.ZodType<T>, outcomes: (report: T) => TestOutcome[]): TestOutcome[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  return outcomes(schema.parse(JSON.parse(text)))
}
