import type { ColumnPattern } from './column-patterns.ts'
import type { Dialect } from './dialect.ts'
import { fitRow } from './fit-row.ts'
import { type CsvRecord, RecordReader } from './record-reader.ts'
import { TableEnd } from './table-end.ts'

/** A record of the file with its number: 1 for the first, also counting empty lines. */
export interface CsvRow {
  readonly row: number
  /** As many as the file has columns, unless the row is at fault. */
  readonly cells: readonly string[]
  /** Why it can't be imported as it stands, for people; not there in sound rows. */
  readonly fault?: string
}

/** Where rows are read from. */
export interface RowSource {
  readonly text: string
  readonly dialect: Dialect
  /** Offset of the first record to read, and its number. */
  readonly start: number
  readonly firstRow: number
  /** What is known of the table; null: records are read as they are. */
  readonly table: TableShape | null
}

export interface TableShape {
  readonly width: number
  /** Null: the file has no header. */
  readonly headers: readonly string[] | null
  readonly patterns: readonly ColumnPattern[] | null
}

/**
 * Reads rows in chunks of at most `size`, empty lines left out. Each record of the file is one row,
 * sound or at fault; none is left out.
 */
export function* csvRows(source: RowSource, size: number): Generator<CsvRow[], void> {
  const { text, dialect, table } = source
  const reader = new RecordReader(text, dialect, table?.width, table?.patterns)
  const tableEnd = new TableEnd(table?.headers ?? null)
  let at = source.start
  let row = source.firstRow
  while (at < text.length) {
    const chunk: CsvRow[] = []
    while (at < text.length && chunk.length < size) {
      const record = reader.read(at)
      at = record.next
      if (record.flaw !== 'endless' && record.cells.every((cell) => cell.trim() === '')) tableEnd.blank()
      else chunk.push(table === null ? { row, cells: record.cells } : tableRow(row, record, table))
      row++
    }
    if (chunk.length > 0) yield chunk
  }

  function tableRow(number: number, record: CsvRecord, { width, patterns }: TableShape): CsvRow {
    const { cells } = record
    const ended = tableEnd.faultOf(number, cells)
    if (ended !== null) return { row: number, cells, fault: ended }
    const fitted = fitRow(record, width, patterns, dialect.delimiter)
    return 'fault' in fitted ? { row: number, cells, fault: fitted.fault } : { row: number, cells: fitted.cells }
  }
}

/** Counts the rows that `csvRows` reads, a chunk of at most `size` at a time. */
export function* countRows(source: RowSource, size: number): Generator<number, void> {
  for (const chunk of csvRows(source, size)) yield chunk.length
}
