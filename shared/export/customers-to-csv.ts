import { csvLines } from '../csv/csv-lines.ts'
import { tagsToCell } from '../csv/tags-cell.ts'
import { type Customer, forEachText } from '../domain/customer.ts'
import type { ExportColumn } from '../replica-api/export.ts'
import { wordsOf } from '../util/words-of.ts'

export interface CsvOptions {
  /** In their order. */
  readonly columns: readonly ExportColumn[]
  /** A byte order mark in front: Excel takes a file without one for Windows-1252. */
  readonly hasMark: boolean
}

/** Headers of the columns: the import knows them again. */
const HEADERS: Readonly<Record<ExportColumn, string>> = {
  name: 'Name',
  ...forEachText((field) => wordsOf(field).replace(/^./, (first) => first.toUpperCase())),
  tags: 'Tags',
  ownerId: 'Owner ID',
  source: 'Source',
  createdAt: 'Created at',
  lastSeenAt: 'Last seen at',
}

/**
 * Customers as CSV by RFC 4180 (commas, CRLF), in pieces: the header, then one piece per batch. What a
 * spreadsheet would take for a formula has a `'` before it, which the import takes off again.
 */
export function* customersToCsv(
  batches: Iterable<readonly Customer[]>,
  { columns, hasMark }: CsvOptions,
): Generator<string, void> {
  yield (hasMark ? '\ufeff' : '') + csvLines([columns.map((column) => HEADERS[column])])
  for (const batch of batches) yield csvLines(batch.map((customer) => cellsOf(customer, columns)))
}

function cellsOf(customer: Customer, columns: readonly ExportColumn[]): string[] {
  return columns.map((column) => (column === 'tags' ? tagsToCell(customer.tags) : (customer[column] ?? '')))
}
