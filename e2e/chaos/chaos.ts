/**
 * `npm run chaos -- [--seed N] [--minutes M] [--steps S] [--json FILE] [--until INVARIANT]`: fault injection against the real worker
 * and a real Postgres (docs/chaos.md). Exit code 0 without violations, 1 with any, 2 on bad input.
 */
import { writeFile } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { StorageError } from '#database/local/storage-error.ts'
import { endWith, readOptions, wholeNumber } from '#scripts/cli.ts'
import { STEPS } from './play-seed.ts'
import { runChaos } from './run-chaos.ts'
import type { Scenario } from './scenario.ts'

const USAGE = 'npm run chaos -- [--seed N] [--minutes M] [--steps S] [--json FILE] [--until INVARIANT]'
const DEFAULT_MINUTES = 1
const TRACE_TAIL = 60

const given = readOptions(USAGE, {
  seed: { type: 'string' },
  minutes: { type: 'string' },
  steps: { type: 'string' },
  json: { type: 'string' },
  until: { type: 'string' },
})
const only = given.seed === undefined ? null : wholeNumber('seed', given.seed, 1, 0, 1_000_000_000)
const minutes = wholeNumber('minutes', given.minutes, DEFAULT_MINUTES, 1, 1_440)
const steps = wholeNumber('steps', given.steps, STEPS, 1, 1_000)
if (given.json !== undefined) await writeReport(given.json, '')

// Memory is measured after collecting what is garbage.
setFlagsFromString('--expose-gc')
globalThis.gc = runInNewContext('gc') as typeof globalThis.gc

let isFound = false
const bugs: unknown[] = []
// Of a worker whose disk failed or was cut off under it, supabase-js leaves such promises behind.
process.on('unhandledRejection', (error) => error instanceof StorageError || bugs.push(error))

const report = await runChaos({ seeds: seedsToPlay(), steps, timeMs: minutes * 60_000, onSeed: tell })
for (const bug of bugs) report.violations.push({ seed: only ?? 0, invariant: 'no bugs', detail: `unhandled: ${bug}` })
if (given.json !== undefined) await writeReport(given.json, `${JSON.stringify(report, null, 2)}\n`)
const { seeds, operations, faults, violations, heapMb } = report
const struck = Object.values(faults).reduce((sum, count) => sum + count, 0)
print(`${seeds.length} seeds, ${operations} operations, ${struck} faults, ${violations.length} violations`)
print(`faults: ${JSON.stringify(faults)}`)
print(`storage call sites: ${JSON.stringify(report.storageSites)}`)
print(`memory: ${heapMb.at(0)} to ${heapMb.at(-1)} MB`)
process.exit(violations.length === 0 ? 0 : 1)

function tell(scenario: Scenario, ms: number): void {
  const { seed, operations: done, violations: broken, trace } = scenario
  const struckNow = [...scenario.faults.values()].reduce((sum, count) => sum + count, 0)
  print(
    `seed ${seed}: ${done} operations, ${struckNow} faults, ${broken.length} violations, ${(ms / 1_000).toFixed(1)} s`,
  )
  if (broken.length === 0) return
  isFound ||= broken.some(({ invariant }) => invariant === given.until)
  for (const { invariant, detail } of broken) {
    print(`  ${invariant}: ${detail}`)
    for (const line of scenario.about(detail)) print(`  | about ${line}`)
  }
  print(`  again: npm run chaos -- --seed ${seed}${steps === STEPS ? '' : ` --steps ${steps}`}`)
  for (const line of trace.slice(-TRACE_TAIL)) print(`  | ${line}`)
}

function* seedsToPlay(): Generator<number> {
  if (only !== null) yield only
  else for (let seed = 1; !isFound; seed += 1) yield seed
}

/** Past the console, which is listened to while a seed plays. */
function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch {
    endWith(`${file} can't be written. Choose another file with --json.`)
  }
}
