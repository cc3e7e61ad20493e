import { csvLines } from '#shared/csv/csv-lines.ts'

/** The column of reasons in a file of rows that failed. */
const REASON = 'Import problem'

/** Rows that failed as a CSV with the columns of their file and the reason, to be corrected and imported again. */
export function failedRowsCsv(
  headers: readonly string[],
  rows: readonly { readonly cells: readonly string[]; readonly reason: string }[],
): string {
  // A file of failed rows that failed again has the column already.
  const kept = headers.flatMap((header, column) => (header === REASON ? [] : [column]))
  return csvLines([
    [...kept.map((column) => headers[column] ?? ''), REASON],
    ...rows.map(({ cells, reason }) => [...kept.map((column) => cells[column] ?? ''), reason]),
  ])
}
