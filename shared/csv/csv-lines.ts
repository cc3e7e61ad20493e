// biome-ignore lint/correctness/noUnresolvedImports: a CommonJS module, whose whole is its default export.
import Papa from 'papaparse'
import { looksLikeFormula } from './formula.ts'

/** Rows as CSV by RFC 4180, each with its line end. What a spreadsheet would take for a formula has a `'` before it. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  return `${Papa.unparse(
    rows.map((cells) => cells.map(formulaSafe)),
    { newline: '\r\n', quotes: needsQuotes },
  )}\r\n`
}

/** PapaParse's own `escapeFormulae` leaves formulas behind spaces, and what begins with a `'` of its own. */
function formulaSafe(cell: string): string {
  // A file with a zero byte is not taken for text again.
  const text = cell.replaceAll('\u0000', '')
  return looksLikeFormula(text) ? `'${text}` : text
}

/** Besides what PapaParse quotes: a `'` at the start is not taken for a quote then, and no space goes. */
function needsQuotes(cell: string): boolean {
  return /^['\s]|\s$/.test(cell)
}
