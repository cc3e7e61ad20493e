/**
 * `npm run dedupe -- FILE.csv --name COL[,COL] …`: the duplicates of any CSV, found as the app finds
 * them. Writes `id_a,id_b,probability,reasons` to --out, else to standard output.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isSupportedCountry } from 'libphonenumber-js/min'
// biome-ignore lint/correctness/noUnresolvedImports: a CommonJS module, whose whole is its default export.
import Papa from 'papaparse'
import { toComparisonRecord } from '#shared/matching/comparison-record.ts'
import { DuplicateIndex } from '#shared/matching/duplicate-index.ts'
import { scanForDuplicates } from '#shared/matching/find-duplicates.ts'
import { matchReasons } from '#shared/matching/match-reasons.ts'
import { endWith } from './cli.ts'
import { readRows } from './dedupe/read-rows.ts'

const USAGE =
  'npm run dedupe -- FILE.csv --name COL[,COL] [--email COL] [--phone COL] [--address COL,COL] [--id COL] [--country AU] [--out PAIRS.csv]'

function readArguments() {
  const options = {
    name: { type: 'string' },
    email: { type: 'string' },
    phone: { type: 'string' },
    address: { type: 'string' },
    id: { type: 'string' },
    country: { type: 'string' },
    out: { type: 'string' },
  } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return endWith(`Name one file. Usage: ${USAGE}`)
    if (values.name === undefined) return endWith(`Say which column holds the name. Usage: ${USAGE}`)
    return { ...values, file, name: values.name }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    return endWith(`${reason}. Usage: ${USAGE}`)
  }
}

const { file, country, out, ...wanted } = readArguments()
if (country !== undefined && !isSupportedCountry(country.toUpperCase())) {
  endWith(`--country takes a country of two letters such as AU or DE, not "${country}".`)
}
// Found out before the work, not after it.
if (out !== undefined) writeOut(out, '')

const rows = await readRows(file, wanted, country ?? null)
if (!rows.ok) endWith(rows.error.message)
const index = new DuplicateIndex()
for (const { customer } of rows.value) index.upsert(toComparisonRecord(customer))
const ids = new Map(rows.value.map(({ customer, givenId }) => [customer.id, givenId]))
const scan = scanForDuplicates(index, () => false)
let step = scan.next()
while (!step.done) step = scan.next()
const { groups, compared } = step.value
const pairs = groups
  .flatMap((group) => group.pairs)
  .toSorted((x, y) => y.probability - x.probability || (x.a + x.b < y.a + y.b ? -1 : 1))
const csv = Papa.unparse(
  {
    fields: ['id_a', 'id_b', 'probability', 'reasons'],
    data: pairs.map(({ a, b, probability, pattern }) => [
      ids.get(a),
      ids.get(b),
      probability.toFixed(4),
      matchReasons(pattern).join('; '),
    ]),
  },
  { newline: '\n' },
)
if (out === undefined) process.stdout.write(`${csv}\n`)
else writeOut(out, `${csv}\n`)
process.stderr.write(
  `${pairs.length} pairs in ${groups.length} groups among ${ids.size} rows; ${compared} pairs compared.\n`,
)

/** Writes a file as a whole or not at all; with an empty text only finds out whether that will work. */
function writeOut(path: string, text: string): void {
  const part = `${path}.part`
  try {
    writeFileSync(part, text)
    if (text === '') rmSync(part)
    else renameSync(part, path)
  } catch {
    endWith(`--out: "${path}" can't be written. Name a file in a folder that exists.`)
  }
}
