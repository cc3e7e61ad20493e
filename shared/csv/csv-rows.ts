// biome-ignore lint/correctness/noUnresolvedImports: a CommonJS module, whose whole is its default export.
import Papa from 'papaparse'
import { cellsWithStrayQuote, type RecordSpan, recordAt } from './record-scanner.ts'

/** A record of the file with its number: 1 for the header, also counting empty lines. */
export interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
}

export interface RowSource {
  readonly text: string
  readonly delimiter: string
  /** Offset of the first record to read, and its number. */
  readonly start: number
  readonly firstRow: number
  /** Cells of a record; null while it isn't known. */
  readonly width: number | null
}

interface NumberedSpan {
  readonly row: number
  readonly span: RecordSpan
}

/**
 * Reads records in chunks of at most `size`, empty lines left out. Each chunk is parsed by PapaParse,
 * whose faults the record scanner keeps away: it sees whole records only, one kind of line end, and
 * no stray quotes.
 */
export function* csvRows(source: RowSource, size: number): Generator<CsvRow[], void> {
  for (const chunk of recordChunks(source, size)) yield parseChunk(source.text, chunk, source.delimiter)
}

/** Counts the records that `csvRows` reads, a chunk of at most `size` at a time. */
export function* countRows(source: RowSource, size: number): Generator<number, void> {
  for (const chunk of recordChunks(source, size)) yield chunk.length
}

function* recordChunks(
  { text, delimiter, width, start, firstRow }: RowSource,
  size: number,
): Generator<NumberedSpan[], void> {
  let at = start
  let row = firstRow
  while (at < text.length) {
    const chunk: NumberedSpan[] = []
    while (at < text.length && chunk.length < size) {
      const span = recordAt(text, at, delimiter, width)
      if (!isBlank(text.slice(span.start, span.end), delimiter)) chunk.push({ row, span })
      at = span.next
      row++
    }
    if (chunk.length > 0) yield chunk
  }
}

function parseChunk(text: string, chunk: readonly NumberedSpan[], delimiter: string): CsvRow[] {
  const sound = chunk.filter(({ span }) => !span.strayQuote)
  const parsed = parseRecords(
    sound.map(({ span }) => text.slice(span.start, span.end)),
    delimiter,
  )
  let next = 0
  return chunk.map(({ row, span }) => {
    const cells = span.strayQuote ? cellsWithStrayQuote(text.slice(span.start, span.end), delimiter) : parsed[next++]
    return { row, cells: cells ?? [] }
  })
}

function parseRecords(records: readonly string[], delimiter: string): readonly string[][] {
  if (records.length === 0) return []
  const together = parse(records.join('\n'), delimiter)
  if (together.length === records.length) return together
  // Scanner and parser disagree about some odd quoting: record by record they can't shift each other.
  return records.map((record) => parse(record, delimiter)[0] ?? [])
}

function parse(csv: string, delimiter: string): string[][] {
  return Papa.parse<string[]>(csv, { delimiter, newline: '\n', header: false, dynamicTyping: false }).data
}

/** Nothing in it but white space and delimiters, as spreadsheets write rows that were emptied. */
function isBlank(record: string, delimiter: string): boolean {
  return record.replaceAll(delimiter, '').replaceAll('""', '').trim() === ''
}
