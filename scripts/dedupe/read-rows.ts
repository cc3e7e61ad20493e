import { openAsBlob } from 'node:fs'
import { csvRows } from '#shared/csv/csv-rows.ts'
import { understandCsv } from '#shared/csv/understand-csv.ts'
import type { MatchableCustomer } from '#shared/matching/comparison-record.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { readCsvFile } from '#sync/import/read-csv-file.ts'
import { customerOfRow, findColumns, type WantedColumns } from './customer-columns.ts'

/** A row of a CSV as a customer. */
export interface CustomerRow {
  /** Its `id` is the number of the row, from 1, padded so that it sorts: ids of a file need not be unique. */
  readonly customer: MatchableCustomer
  /** The id as the file has it, else the number of the row. */
  readonly givenId: string
  /** By header. */
  readonly cells: Readonly<Record<string, string>>
}

/**
 * Reads the customers of a CSV with a header, columns named by the caller. `country`: where phones
 * without a country code are. Codes: `unreadable`, `no_column`, and those of `decodeText`.
 */
export async function readRows(
  file: string,
  wanted: WantedColumns,
  country: string | null,
): Promise<Result<readonly CustomerRow[]>> {
  const blob = await open(file)
  if (!blob.ok) return blob
  const decoded = await readCsvFile(blob.value)
  if (!decoded.ok) return decoded
  const shape = understandCsv(decoded.value.text, { hasHeader: true })
  if (!shape.ok) return shape
  const { headers, source } = shape.value
  const columns = findColumns(headers, wanted)
  if (!columns.ok) return columns
  const rows: CustomerRow[] = []
  for (const chunk of csvRows(source, 1_000)) {
    for (const { cells } of chunk) {
      const number = String(rows.length + 1)
      const customer = customerOfRow(cells, columns.value, country)
      rows.push({
        customer: { ...customer, id: number.padStart(9, '0') },
        givenId: customer.id || number,
        cells: Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? ''])),
      })
    }
  }
  return ok(rows)
}

async function open(file: string): Promise<Result<Blob>> {
  try {
    return ok(await openAsBlob(file))
  } catch {
    return fail('unreadable', `There is no file ${file} that can be read.`)
  }
}
