/** The column of reasons in a file of rows that failed. */
const REASON = 'Import problem'

/** Rows that failed as a CSV with the columns of their file and the reason, to be corrected and imported again. */
export function failedRowsCsv(
  headers: readonly string[],
  rows: readonly { readonly cells: readonly string[]; readonly reason: string }[],
): string {
  // A file of failed rows that failed again has the column already.
  const kept = headers.flatMap((header, column) => (header === REASON ? [] : [column]))
  const lines = [
    [...kept.map((column) => headers[column] ?? ''), REASON],
    ...rows.map(({ cells, reason }) => [...kept.map((column) => cells[column] ?? ''), reason]),
  ]
  return lines.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('')
}

/** A value as a cell that no spreadsheet takes for a formula; reading takes the `'` off again. */
function toCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
