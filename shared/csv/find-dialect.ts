import type { Dialect } from './dialect.ts'
import { headerRole } from './header-role.ts'
import { type CsvRecord, RecordReader } from './record-reader.ts'

/** A record of the sample, with its place and number. */
export interface SampleRecord extends CsvRecord {
  readonly row: number
  readonly start: number
  /** Cells with something in them. */
  readonly filled: number
}

/** A dialect, and what the beginning of the file looks like in it. */
export interface DialectReading {
  readonly dialect: Dialect
  /** Records that are not empty. */
  readonly records: readonly SampleRecord[]
  /** Cells that most records have. */
  readonly width: number
  /** The first record that is as wide as most: the header, or the first customer. */
  readonly head: SampleRecord | undefined
}

const SINGLE = [',', ';', '\t', '|']
/** Tried where they are in the first lines. */
const RARE = [
  ', ',
  '; ',
  ' | ',
  '\t\t',
  '||',
  ';;',
  '::',
  ',,',
  '\\t',
  '^',
  '~',
  '¦',
  '§',
  '\u001f',
  '\u0001',
  ':',
  ' ',
]
/** Records looked at, and the most text they may be in. */
const SAMPLE_RECORDS = 100
const SAMPLE_LENGTH = 300_000
/** Records before the header: report titles, dates, empty lines. */
const MAX_PREAMBLE = 20

/** Finds how a text tells its cells apart, from `start`. `delimiter`: where it is known. */
export function findDialect(text: string, start: number, delimiter?: string): DialectReading {
  const sample = text.slice(start, start + SAMPLE_LENGTH)
  const delimiters =
    delimiter === undefined ? [...SINGLE, ...RARE.filter((each) => sample.includes(each))] : [delimiter]
  const hasSingle = /(^|[^\w\s])\s?'[^'\n]/m.test(sample)
  const hasBackslash = /\\["']/.test(sample)
  const dialects = delimiters.flatMap((each): Dialect[] => {
    const quotes = hasSingle ? (['"', "'"] as const) : (['"'] as const)
    return quotes.flatMap((quote) => [
      { delimiter: each, quote, backslash: false },
      ...(hasBackslash ? [{ delimiter: each, quote, backslash: true }] : []),
    ])
  })
  const readings = dialects.map((dialect) => read(text, start, dialect))
  const { dialect, width } = readings.reduce((best, each) => (each.score > best.score ? each : best))
  // Once more, now that the width is known: stray quotes don't hide the header.
  const records = sampleRecords(text, start, dialect, width)
  return { dialect, width, records, head: findHead(records, width) }
}

/**
 * How well a dialect explains the text: the share of records of the most common width, and headers
 * that are known. Counting characters alone takes the commas in addresses for delimiters.
 */
function read(text: string, start: number, dialect: Dialect): DialectReading & { readonly score: number } {
  const records = sampleRecords(text, start, dialect, null)
  // Words that nobody put in quotes make the rows of a file with spaces wider than its header.
  const isSpaced = dialect.delimiter === ' '
  const common = isSpaced ? (records[0]?.cells.length ?? 0) : mostCommon(records.map(({ cells }) => cells.length))
  // Rows may leave out all but their first cell.
  const named = records.slice(0, MAX_PREAMBLE).find(({ cells }) => common === 1 && knownHeaders(cells) > 1)
  const width = named?.cells.length ?? common
  const head = findHead(records, width)
  const share = records.filter(({ cells }) => cells.length === width).length / Math.max(1, records.length)
  if (records[0] === undefined || width < 2) return { dialect, records, width, head, score: 0.1 * share }
  // Also of a header that does not fit its rows: it is refused rather than taken for a preamble.
  const known = Math.max(knownHeaders(head?.cells ?? []), 0.8 * knownHeaders(records[0].cells))
  const skipped = head === undefined ? records.length : records.indexOf(head)
  const quotes = strayQuotes(records, dialect)
  const score = share + 0.5 * Math.min(3, known) - 0.05 * Math.min(4, skipped) - quotes
  const rare = dialect.quote === "'" ? 0.25 : 0
  return { dialect, records, width, head, score: score + preference(dialect, records, known) - rare }
}

/** Which of two dialects that explain a text as well is the likelier one; words are no columns. */
function preference({ delimiter }: Dialect, records: readonly SampleRecord[], known: number): number {
  if (delimiter === ' ') return hasQuotedCells(records) || known > 1 ? -0.2 : -2
  if (delimiter === ':') return -0.3
  if (delimiter.length > 1) return 0.01
  return SINGLE.includes(delimiter) ? 0 : -0.05
}

function hasQuotedCells(records: readonly SampleRecord[]): boolean {
  return records.some(({ cells }) => cells.some((cell) => cell.includes(' ')))
}

/** Cells that still have a quote or a backslash at their edge tell of another dialect. */
function strayQuotes(records: readonly SampleRecord[], { delimiter, backslash }: Dialect): number {
  const cells = records.flatMap((record) => record.cells).slice(0, 2_000)
  const edge = backslash ? /^\s*["'].+["']\s*$|""|\\$/ : /^\s*["'].+["']\s*$|\\"|\\$/
  const stray = cells.filter((cell) => edge.test(cell) || (delimiter.length === 1 && /^ "/.test(cell)))
  return Math.min(0.4, (stray.length / Math.max(1, records.length)) * 0.4)
}

function sampleRecords(text: string, start: number, dialect: Dialect, width: number | null): SampleRecord[] {
  const reader = new RecordReader(text, dialect, width)
  const records: SampleRecord[] = []
  for (let at = start, row = 1; at < text.length && at < start + SAMPLE_LENGTH; row++) {
    const record = reader.read(at)
    const filled = record.cells.filter((cell) => cell.trim() !== '').length
    if (filled > 0) records.push({ ...record, row, start: at, filled })
    at = record.next
    if (records.length === SAMPLE_RECORDS) break
  }
  return records
}

function findHead(records: readonly SampleRecord[], width: number): SampleRecord | undefined {
  const first = records.slice(0, MAX_PREAMBLE)
  const wide = first.filter(({ cells }) => cells.length >= width)
  // A report title padded with separators is as wide as the header, but nearly empty.
  const fullest = Math.max(0, ...wide.map(({ filled }) => filled))
  // Some exports end each row with a separator, but not the header.
  const isNarrowHeader = ({ cells }: SampleRecord) =>
    knownHeaders(cells) > 1 && wide.every((record) => record.cells.slice(cells.length).join('').trim() === '')
  return first.find((record) => (record.cells.length >= width ? record.filled * 2 >= fullest : isNarrowHeader(record)))
}

/** How many cells are headers of a customer's fields. */
export function knownHeaders(cells: readonly string[]): number {
  return cells.filter((cell) => headerRole(cell) !== null).length
}

function mostCommon(widths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [1, 0] as const)[0]
}
