import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
// biome-ignore lint/correctness/noUnresolvedImports: a CommonJS module, whose whole is its default export.
import Papa from 'papaparse'

/** A CSV, and what it means. */
export interface ReadingCase {
  readonly set: 'csv-spectrum' | 'Pollock'
  readonly file: string
  readonly bytes: Uint8Array
  /** The header, where the file has one, and the rows. */
  readonly expected: readonly (readonly string[])[]
}

/** Where the sets lie, unless CSV_SETS names another folder. They are no part of the product. */
const FOLDER = process.env.CSV_SETS ?? join(import.meta.dirname, '../../../shared/data/csv')

/**
 * All cases of csv-spectrum (`csv-spectrum/NAME.csv` beside `NAME.json`) and of the Pollock benchmark
 * (`pollock/csv/NAME.csv` beside `pollock/clean/NAME.csv`) that are there; says which sets are not.
 */
export function readingCases(say: (text: string) => void): ReadingCase[] {
  const cases = [
    ...casesIn('csv-spectrum', (file) => join(FOLDER, 'csv-spectrum', `${basename(file, '.csv')}.json`), spectrumRows),
    ...casesIn('pollock/csv', (file) => join(FOLDER, 'pollock/clean', file), cleanRows),
  ]
  for (const set of ['csv-spectrum', 'Pollock'] as const) {
    if (cases.some((each) => each.set === set)) continue
    say(`IO-1: SKIPPED ${set}: not found in ${FOLDER}. CSV_SETS names another folder.`)
  }
  return cases
}

function casesIn(
  folder: string,
  truthOf: (file: string) => string,
  read: (truth: string) => string[][],
): ReadingCase[] {
  const path = join(FOLDER, folder)
  if (!existsSync(path)) return []
  const files = readdirSync(path).filter((file) => file.endsWith('.csv') && existsSync(truthOf(file)))
  return files.map((file) => ({
    set: folder === 'csv-spectrum' ? 'csv-spectrum' : 'Pollock',
    file,
    bytes: readFileSync(join(path, file)),
    expected: read(readFileSync(truthOf(file), 'utf8')),
  }))
}

/** JSON: an array of objects by header, or the one object. */
function spectrumRows(json: string): string[][] {
  const rows = [JSON.parse(json) as Record<string, string> | Record<string, string>[]].flat()
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
}

/** The clean files of Pollock follow RFC 4180 to the letter. */
function cleanRows(csv: string): string[][] {
  const text = csv.replaceAll('\r\n', '\n')
  return Papa.parse<string[]>(text, { delimiter: ',', newline: '\n', skipEmptyLines: true }).data
}
