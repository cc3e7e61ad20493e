import type { ImportTarget } from '../replica-api/import.ts'
import { fail, ok, type Result } from '../util/result.ts'
import { type CsvRow, csvRows, type RowSource } from './csv-rows.ts'
import { headerRole } from './header-role.ts'
import { looksLikeHeader, mapByContent, mapHeaders } from './map-columns.ts'
import { recordAt } from './record-scanner.ts'

/** What was understood of a CSV. */
export interface CsvShape {
  readonly delimiter: string
  /** As they stand in the file; "Column 1" and so on where it has none. */
  readonly headers: readonly string[]
  readonly mapping: readonly (ImportTarget | null)[]
  /** Where the customers are, for `csvRows`. */
  readonly source: RowSource
}

/** What somebody knows better about a file than we guess. */
export interface WantedShape {
  /** One character. */
  readonly delimiter?: string | undefined
  readonly hasHeader?: boolean | undefined
}

const DELIMITERS = [',', ';', '\t', '|'] as const
/** Records looked at to find the delimiter, and the most text they may be in. */
const SAMPLE_RECORDS = 60
const SAMPLE_LENGTH = 200_000
/** Records before the header: report titles, dates, empty lines. */
const MAX_PREAMBLE = 20

/**
 * Finds delimiter, header and mapping of a decoded text (line ends `\n`). Skips Excel's `sep=` line
 * and preamble lines. Fails with code `empty` when there is nothing but a header.
 */
export function understandCsv(text: string, wanted: WantedShape = {}): Result<CsvShape> {
  const separator = /^sep=([^\n])[^\n]*(\n|$)/i.exec(text)
  const start = separator?.[0].length ?? 0
  const said = wanted.delimiter ?? separator?.[1]
  const delimiters = said === undefined ? DELIMITERS : [said]
  const candidates = delimiters.map((delimiter) => tryDelimiter(text, start, delimiter))
  const best = candidates.reduce((a, b) => (b.score > a.score ? b : a))
  const first = best.head
  if (first === undefined) return fail('empty', 'The file has no rows. Choose a CSV file with customers in it.')
  const named = wanted.hasHeader ?? looksLikeHeader(first.cells)
  const width = Math.max(best.width, first.cells.length)
  const source: RowSource = named
    ? { text, delimiter: best.delimiter, start: first.next, firstRow: first.row + 1, width }
    : { text, delimiter: best.delimiter, start: first.start, firstRow: first.row, width }
  const sample = csvRows(source, SAMPLE_RECORDS).next().value ?? []
  if (sample.length === 0) {
    return fail('empty', 'The file has a header but no rows below it. Choose a CSV file with customers in it.')
  }
  const headers = named ? first.cells.map((cell) => cell.trim()) : first.cells.map((_, i) => `Column ${i + 1}`)
  const mapping = named ? mapHeaders(headers) : mapByContent(sample.map((row) => row.cells))
  while (mapping.length < headers.length) mapping.push(null)
  return ok({ delimiter: best.delimiter, headers, mapping: mapping.slice(0, headers.length), source })
}

interface Candidate {
  readonly delimiter: string
  readonly score: number
  readonly width: number
  /** The first record that is as wide as most: the header, or the first customer. */
  readonly head: (CsvRow & { readonly start: number; readonly next: number }) | undefined
}

/**
 * How well a delimiter explains the text: the share of records of the most common width, and headers
 * that are known. Counting characters alone takes the commas in addresses for delimiters.
 */
function tryDelimiter(text: string, start: number, delimiter: string): Candidate {
  const records: { row: number; start: number; next: number; width: number; blank: boolean }[] = []
  for (let at = start, row = 1; at < text.length && records.length < SAMPLE_RECORDS && at < SAMPLE_LENGTH; row++) {
    const span = recordAt(text, at, delimiter, null)
    const blank = text.slice(span.start, span.end).trim() === ''
    records.push({ row, start: span.start, next: span.next, width: span.width, blank })
    at = span.next
  }
  const filled = records.filter((record) => !record.blank)
  const width = mostCommon(filled.map((record) => record.width))
  const share = filled.filter((record) => record.width === width).length / Math.max(1, filled.length)
  const cellsOf = (at: number) =>
    csvRows({ text, delimiter, start: at, firstRow: 1, width: null }, 1).next().value?.[0]?.cells ?? []
  const heads = filled.slice(0, MAX_PREAMBLE).map((record) => {
    const cells = cellsOf(record.start)
    return { ...record, cells, full: cells.filter((cell) => cell.trim() !== '').length }
  })
  const wide = heads.filter((record) => record.width >= width)
  // A report title padded with separators is as wide as the header, but nearly empty.
  const fullest = Math.max(0, ...wide.map(({ full }) => full))
  // Some exports end each row with a separator, but not the header.
  const isNarrowHeader = ({ cells }: { cells: readonly string[] }) =>
    knownHeaders(cells) > 1 && wide.every((record) => record.cells.slice(cells.length).join('').trim() === '')
  const head = heads.find((record) => (record.width >= width ? record.full * 2 >= fullest : isNarrowHeader(record)))
  if (head === undefined) return { delimiter, score: 0, width: 0, head: undefined }
  const { cells } = head
  const known = knownHeaders(cells)
  const score = width > 1 ? share + 0.5 * Math.min(3, known) : 0.1 * share
  return { delimiter, score, width, head: { row: head.row, cells, start: head.start, next: head.next } }
}

function knownHeaders(cells: readonly string[]): number {
  return cells.filter((cell) => headerRole(cell) !== null).length
}

function mostCommon(widths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [1, 0] as const)[0]
}
