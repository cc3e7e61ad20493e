/**
 * `npm run mutate-guards -- [--only ID,ID] [--list] [--json FILE] [--docs]`: switches each guard off in turn, in a
 * copy of the project, and expects its tests to fail (SPEC QA-2). Prints a table. Exit code 1 when a guard
 * survives, can't be switched off, or its tests fail with the guard on; 2 on bad input. `--docs` writes
 * docs/guards.md after a full run in which all were red.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { endWith, readOptions } from './cli.ts'
import { type Guard, switchOff } from './mutate-guards/guard.ts'
import { describeGuards } from './mutate-guards/guard-table.ts'
import { GUARDS } from './mutate-guards/guards.ts'
import { judge, type Outcome } from './mutate-guards/judge.ts'
import { runTests } from './mutate-guards/run-tests.ts'
import { makeWorkingCopy, type WorkingCopy } from './mutate-guards/working-copy.ts'

const USAGE = 'npm run mutate-guards -- [--only ID,ID] [--list] [--json FILE] [--docs]'
/** So many guards at a time. */
const AT_ONCE = 2

const project = resolve(import.meta.dirname, '..')
const options = readOptions(USAGE, {
  only: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'string' },
  docs: { type: 'boolean' },
})
const wanted = options.only === undefined ? GUARDS : options.only.split(',').flatMap(guardsNamed)
if (options.docs === true && wanted.length < GUARDS.length) endWith('--docs needs all guards: leave out --only.')
if (options.json !== undefined && !existsSync(dirname(resolve(options.json)))) {
  endWith(`There is no folder for ${options.json}. Name a file in one that is there.`)
}
if (options.list === true) {
  for (const { id, spec, against, file } of wanted)
    console.log(`${id.padEnd(32)} ${spec.padEnd(6)} ${against} (${file})`)
  process.exit(0)
}

interface Row {
  readonly guard: Guard
  readonly outcome: Outcome
  readonly seconds: number
}

const copies = Array.from({ length: AT_ONCE }, () => makeWorkingCopy(project))
process.once('exit', () => {
  for (const copy of copies) copy.remove()
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const red = await unfitCommands()
if (red.length > 0) {
  for (const line of red) console.log(`✗ ${line}`)
  console.log('These tests fail with every guard on. Mend them first.')
  process.exit(1)
}
const rows = (await onCopies(wanted, withoutGuard)).sort((a, b) => wanted.indexOf(a.guard) - wanted.indexOf(b.guard))
const missed = rows.filter(({ outcome }) => outcome.kind !== 'red')
for (const row of rows) console.log(asLine(row))
console.log(`\n${rows.length - missed.length} of ${rows.length} guards, switched off, make their tests fail.`)
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(rows.map(asJson), null, 2)}\n`)
if (options.docs === true && missed.length === 0) {
  const tests = new Map(
    rows.flatMap(({ guard, outcome }) => (outcome.kind === 'red' ? [[guard.id, outcome.test]] : [])),
  )
  writeFileSync(join(project, 'docs/guards.md'), describeGuards(tests))
}
process.exit(missed.length === 0 ? 0 : 1)

function guardsNamed(name: string): Guard[] {
  const found = GUARDS.filter(({ id }) => id === name || id.startsWith(`${name}.`))
  return found.length > 0 ? found : endWith(`There is no guard "${name}". See npm run mutate-guards -- --list.`)
}

/** Runs each distinct command with all guards on; resolves to what failed. */
async function unfitCommands(): Promise<string[]> {
  const commands = [...new Map(wanted.map(({ tests }) => [tests.join(' '), tests])).values()]
  process.stderr.write(`${commands.length} test commands with every guard on …\n`)
  const failures = await onCopies(commands, async (tests, copy) => {
    const run = await runTests(copy.root, tests)
    const why = run.failed[0]?.test ?? run.unloaded[0] ?? (run.passed === 0 ? 'no test ran' : null)
    return why === null ? [] : [`${tests.join(' ')}: ${why}`]
  })
  return failures.flat()
}

async function withoutGuard(guard: Guard, copy: WorkingCopy): Promise<Row> {
  const source = copy.read(guard.file)
  const mutated = switchOff(source, guard)
  if (mutated === null) {
    const why = `its text does not stand exactly once in ${guard.file}`
    return { guard, outcome: { kind: 'broken', why }, seconds: 0 }
  }
  copy.write(guard.file, mutated)
  try {
    const run = await runTests(copy.root, guard.tests)
    const outcome = judge(run)
    process.stderr.write(`${outcome.kind} ${guard.id}\n`)
    return { guard, outcome, seconds: run.seconds }
  } finally {
    copy.write(guard.file, source)
  }
}

/** Does the work on each item, one at a time in each copy. */
async function onCopies<Item, Done>(
  items: readonly Item[],
  work: (item: Item, copy: WorkingCopy) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = []
  const waiting = [...items]
  const workOn = async (copy: WorkingCopy) => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) done.push(await work(item, copy))
  }
  await Promise.all(copies.map(workOn))
  return done
}

function asLine({ guard, outcome, seconds }: Row): string {
  const sign = outcome.kind === 'red' ? '✓' : '✗'
  const found =
    outcome.kind === 'red' ? outcome.test : outcome.kind === 'survived' ? 'SURVIVED' : `BROKEN: ${outcome.why}`
  return `${sign} ${guard.id.padEnd(32)} ${guard.spec.padEnd(6)} ${seconds.toFixed(1).padStart(5)} s  ${found}`
}

function asJson({ guard, outcome, seconds }: Row) {
  return { id: guard.id, spec: guard.spec, against: guard.against, file: guard.file, ...outcome, seconds }
}
