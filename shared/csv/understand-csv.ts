import type { ImportTarget } from '../replica-api/import.ts'
import { fail, ok, type Result } from '../util/result.ts'
import { columnPatterns, strangers } from './column-patterns.ts'
import { csvRows, type RowSource } from './csv-rows.ts'
import { ENDLESS, MAX_LINE_LENGTH } from './decode-text.ts'
import type { Dialect } from './dialect.ts'
import { type DialectReading, findDialect, knownHeaders, type SampleRecord } from './find-dialect.ts'
import { plainHeader } from './header-role.ts'
import { looksLikeHeader, suggestColumns } from './map-columns.ts'
import { RecordReader } from './record-reader.ts'

/** What was understood of a CSV. */
export interface CsvShape {
  readonly delimiter: string
  /** As they stand in the file; "Column 1" and so on where it has none. */
  readonly headers: readonly string[]
  readonly mapping: readonly (ImportTarget | null)[]
  /** How sure each target is, 0 to 1. */
  readonly confidence: readonly number[]
  /** Where the customers are, for `csvRows`. */
  readonly source: RowSource
}

/** What somebody knows better about a file than we guess. */
export interface WantedShape {
  readonly delimiter?: string | undefined
  readonly hasHeader?: boolean | undefined
}

/** More than any export has; the mapping of more can't be looked through. */
const MAX_COLUMNS = 2_000
const SAMPLE_ROWS = 100

/**
 * Finds delimiter, header and mapping of a decoded text (line ends `\n`). Skips Excel's `sep=` line
 * and preamble lines. Codes: `empty` when there is nothing but a header, `header`, `too_wide`, `not_text`.
 */
export function understandCsv(text: string, wanted: WantedShape = {}): Result<CsvShape> {
  const separator = /^sep=([^\n])[^\n]*(\n|$)/i.exec(text)
  const start = separator?.[0].length ?? 0
  const reading = findDialect(text, start, wanted.delimiter ?? separator?.[1])
  const { dialect } = reading
  const head = reading.head ?? reading.records[0]
  if (head === undefined) {
    const isEndless = text.length - start > MAX_LINE_LENGTH
    return isEndless
      ? fail('not_text', ENDLESS)
      : fail('empty', 'The file has no rows. Choose a CSV file with customers in it.')
  }
  const width = tableWidth(reading, head)
  if (width > MAX_COLUMNS) {
    return fail(
      'too_wide',
      `The file has ${width.toLocaleString('en')} columns; at most ${MAX_COLUMNS.toLocaleString('en')} can be imported. Remove those that are not needed.`,
    )
  }
  const short = wanted.hasHeader === undefined ? shortHeader(reading, head) : undefined
  if (short !== undefined) {
    return fail(
      'header',
      `The header names ${short.cells.length} columns, the rows below it have ${width}: a name or a separator is missing in the header. Put it in.`,
    )
  }
  const below = reading.records.filter(({ start: at }) => at > head.start).map(({ cells }) => cells)
  const hasHeader = wanted.hasHeader ?? (head === reading.head && isHeader(head.cells, below, width))
  const header = hasHeader ? readHeader(text, dialect, head, width) : null
  const headers =
    header?.names.slice(0, namedWidth(header.names, below)) ??
    Array.from({ length: width }, (_, i) => `Column ${i + 1}`)
  const source: RowSource = {
    text,
    dialect,
    // Without a header nothing above the first wide row is a title.
    start: header?.next ?? start,
    firstRow: header?.row ?? 1,
    table: { width, headers: hasHeader ? headers : null, patterns: columnPatterns(below, width) },
  }
  const sample = csvRows(source, SAMPLE_ROWS).next().value ?? []
  if (sample.length === 0) {
    return fail('empty', 'The file has a header but no rows below it. Choose a CSV file with customers in it.')
  }
  const cells = sample.filter((row) => row.fault === undefined).map((row) => row.cells)
  const suggested = suggestColumns(hasHeader ? headers : null, cells)
  const columns = headers.map((_, i) => suggested[i] ?? { target: null, confidence: 0 })
  return ok({
    delimiter: dialect.delimiter,
    headers,
    mapping: columns.map(({ target }) => target),
    confidence: columns.map(({ confidence }) => confidence),
    source,
  })
}

/** As many columns as most rows have; the header may name more of them. */
function tableWidth({ width, records }: DialectReading, head: SampleRecord): number {
  if (head.cells.length <= width) return width
  const surplus = head.cells.length - width
  // Separators that the header has too many, and no row.
  const isMended = head.cells.length - head.filled >= surplus && records.length > 2
  return isMended ? width : head.cells.length
}

/**
 * A header with fewer names than the rows have columns: which name is for which column can't be told.
 * `head`: the first record that is as wide as the others.
 */
function shortHeader({ records, width }: DialectReading, head: SampleRecord): SampleRecord | undefined {
  if (knownHeaders(head.cells) > 0) return undefined
  const isData = !looksLikeHeader(head.cells)
  const before = records.slice(0, records.indexOf(head))
  return before.findLast((record) => {
    const { cells, filled } = record
    if (cells.length < 2 || filled < cells.length || !looksLikeHeader(cells)) return false
    return knownHeaders(cells) > 1 || (isData && record === before.at(-1) && cells.length >= width * 0.6)
  })
}

/** Columns without the last ones that have no name and no content: separators at the end of each row. */
function namedWidth(names: readonly string[], rows: readonly (readonly string[])[]): number {
  let width = names.length
  while (width > 1 && names[width - 1] === '' && rows.every((cells) => (cells[width - 1] ?? '').trim() === '')) width--
  return width
}

/** Whether the first record names columns: by what it says, and by how the others look. */
function isHeader(cells: readonly string[], below: readonly (readonly string[])[], width: number): boolean {
  if (!looksLikeHeader(cells)) return false
  const patterns = columnPatterns(below, width)
  const shaped = patterns?.filter(({ shapes }) => shapes !== null).length ?? 0
  if (patterns === null || shaped < 2 || knownHeaders(cells) > 0) return true
  // A first customer looks like the others.
  return strangers(cells, patterns).length > 0
}

interface Header {
  readonly names: readonly string[]
  /** Where the rows begin, and the number of the first. */
  readonly next: number
  readonly row: number
}

/** Lines that a header may go over. */
const MAX_HEADER_LINES = 4

/** The header and the lines that go on with it: the same names again, or more of them. */
function readHeader(text: string, dialect: Dialect, head: SampleRecord, width: number): Header {
  const reader = new RecordReader(text, dialect, width)
  const first = reader.read(head.start)
  const lines = [fitHeader(first.cells, width)]
  let { next } = first
  while (lines.length < MAX_HEADER_LINES && next < text.length) {
    const record = reader.read(next)
    if (!continuesHeader(record.cells, lines[0] ?? [])) break
    lines.push(fitHeader(record.cells, width))
    next = record.next
  }
  const names = Array.from({ length: width }, (_, i) =>
    lines
      .map((cells) => (cells[i] ?? '').trim())
      .filter((name) => name !== '')
      .join(' '),
  )
  return { names, next, row: head.row + lines.length }
}

function continuesHeader(cells: readonly string[], header: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const same = filled.filter((cell) => header.some((name) => plainHeader(name) === plainHeader(cell))).length
  return header.length > 1 && filled.length > 1 && same === filled.length
}

function fitHeader(cells: readonly string[], width: number): readonly string[] {
  let surplus = cells.length - width
  return cells.filter((cell) => cell.trim() !== '' || surplus-- <= 0)
}
