import { looksLikeFormula } from './formula.ts'

/** A line of CSV by RFC 4180, with its end. What a spreadsheet would take for a formula has a `'` before it. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(formulaSafe(cell))).join(',')}\r\n`
}

function formulaSafe(cell: string): string {
  // A file with a zero byte is not taken for text again.
  const text = cell.replaceAll('\u0000', '')
  return looksLikeFormula(text) ? `'${text}` : text
}

/** A `'` at the start stands in quotes, so that it is not taken for one. */
function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$|^'/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
