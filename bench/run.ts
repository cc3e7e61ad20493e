/**
 * `npm run bench -- [--only PF-1,PF-5] [--rows N] [--json FILE] [--docs]`: the table of SPEC PF, measured
 * against its baselines in the same run; `--docs` writes each into docs/figures.md as soon as it is
 * measured; what was measured nothing of keeps its section. Exit code 0 when it measured, whatever passed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { endWith, readOptions, wholeNumber } from '#scripts/cli.ts'
import { measureReading } from './csv/measure-reading.ts'
import { circumstances, SKIPPED, withFigures } from './figures.ts'
import { measureFirstSync } from './first-sync/measure-first-sync.ts'
import { measureImport } from './import/measure-import.ts'
import { measureOpen } from './list/measure-open.ts'
import { measurePages } from './list/measure-pages.ts'
import { measureRoundTrips } from './list/measure-round-trips.ts'
import { measureScreen } from './list/measure-screen.ts'
import { measureLocal } from './local/measure-local.ts'
import { measureStart } from './local/measure-start.ts'
import { measureQuality } from './matching/measure-quality.ts'
import { measureScan } from './matching/measure-scan.ts'
import type { Measurement } from './measurement.ts'
import { measureChatTrigger } from './postgres/measure-chat-trigger.ts'
import { measureCreateBurst } from './postgres/measure-create-burst.ts'
import { measureReads } from './postgres/measure-reads.ts'
import { measureSearch } from './search/measure-search.ts'
import { measureRelevance } from './search/relevance/measure-relevance.ts'
import { asTable } from './table.ts'

/** A benchmark is a line in `BENCHMARKS`. */
interface Benchmark {
  readonly defaultRows: number
  readonly measure: (rows: number, say: (text: string) => void) => Promise<Measurement[]>
}

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  'PF-1': { defaultRows: 100_000, measure: measureSearch },
  'PF-2': { defaultRows: 100_000, measure: measurePages },
  'PF-3': { defaultRows: 100_000, measure: measureOpen },
  'PF-4': { defaultRows: 10_000, measure: measureLocal },
  'PF-5': { defaultRows: 10_000, measure: measureFirstSync },
  'PF-6': { defaultRows: 10_000, measure: measureStart },
  'PF-7': { defaultRows: 100_000, measure: measureImport },
  'PF-8': { defaultRows: 100_000, measure: measureScan },
  'PF-9': { defaultRows: 100_000, measure: measureReads },
  'PF-10': { defaultRows: 100_000, measure: measureChatTrigger },
  'PF-11': { defaultRows: 100_000, measure: measureCreateBurst },
  'PF-12': { defaultRows: 10_000, measure: measureRoundTrips },
  'UI-1': { defaultRows: 100_000, measure: measureScreen },
  'IO-1': { defaultRows: 1_000, measure: measureReading },
  'SE-1': { defaultRows: 20_000, measure: measureRelevance },
  'SE-3': { defaultRows: 1_000, measure: measureQuality },
}

const options = readOptions('npm run bench -- [--only PF-1,PF-5] [--rows N] [--json FILE] [--docs]', {
  only: { type: 'string' },
  rows: { type: 'string' },
  json: { type: 'string' },
  docs: { type: 'boolean' },
})
const rows = options.rows === undefined ? null : wholeNumber('rows', options.rows, 0, 1_000, 1_000_000)
const chosen = (options.only ?? Object.keys(BENCHMARKS).join(',')).split(',').map((id) => {
  const benchmark = BENCHMARKS[id.trim()]
  if (benchmark === undefined) {
    return endWith(`--only knows ${Object.keys(BENCHMARKS).join(' and ')}, not "${id}".`)
  }
  return { id: id.trim(), ...benchmark }
})
// Found out before an hour of measuring, not after it.
if (options.json !== undefined) writeJson(options.json, [])

const say = (text: string) => process.stderr.write(`${text}\n`)
const measurements: Measurement[] = []
const failures: string[] = []
const under = circumstances()
for (const { id, measure, defaultRows } of chosen) {
  const skipped: string[] = []
  try {
    const measured = await measure(rows ?? defaultRows, (text) => {
      if (SKIPPED.test(text)) skipped.push(text)
      say(text)
    })
    measurements.push(...measured)
    if (!options.docs) continue
    if (measured.length === 0) failures.push(`${id} measured nothing: docs/figures.md keeps what it has of it.`)
    else writeFigures(id, measured, skipped)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    failures.push(`${id} could not be measured: ${reason.replaceAll('\n', ' ')}`)
  }
}
console.log(asTable(measurements))
console.log(JSON.stringify(measurements))
if (options.json !== undefined) writeJson(options.json, measurements)
if (failures.length > 0) endWith(failures.join(' '))

function writeFigures(id: string, measured: readonly Measurement[], skipped: readonly string[]): void {
  const page = new URL('../docs/figures.md', import.meta.url)
  const command = `npm run bench -- --only ${id}${rows === null ? '' : ` --rows ${rows}`}`
  writeFileSync(page, withFigures(readFileSync(page, 'utf8'), command, under, measured, skipped))
}

function writeJson(file: string, content: readonly Measurement[]): void {
  try {
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
  } catch {
    endWith(`--json: "${file}" can't be written. Name a file in a folder that exists.`)
  }
}
