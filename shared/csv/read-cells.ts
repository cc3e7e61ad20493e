import type { Dialect } from './dialect.ts'

/** How quotes are to be taken that don't follow the rules. */
export interface QuoteRules {
  /** The quote that begins this cell (counted from 0) is a letter. */
  readonly letterAt?: number
  /** Of a doubled quote right before a separator the second one closes the cell. */
  readonly eager?: boolean
}

/** Cells as one reading of a record gives them. */
export interface CellsReading {
  readonly cells: string[]
  /** Places of those in quotes. */
  readonly quoted: readonly number[]
  /** Where the record ends: a line end, or the limit. */
  readonly end: number
  /** Each cell that a quote began was ended by one. */
  readonly closed: boolean
  /** Quotes that don't follow the rules: the fewer, the likelier the reading. */
  readonly oddities: number
}

/** Reads the cells from `start` to the end of the record, not beyond `limit`. */
export function readCells(
  text: string,
  start: number,
  limit: number,
  dialect: Dialect,
  rules: QuoteRules = {},
): CellsReading {
  const { delimiter } = dialect
  const cells: string[] = []
  const inQuotes: number[] = []
  let closed = true
  let oddities = 0
  let at = start
  let lineEnd = endOfLine(text, start, limit)
  for (;;) {
    const quoted = rules.letterAt === cells.length ? null : readQuoted(text, at, limit, dialect, rules.eager === true)
    if (quoted === null && text[at] === dialect.quote && at < limit) {
      closed &&= rules.letterAt === cells.length
      oddities++
    }
    if (quoted !== null) inQuotes.push(cells.length)
    const from = quoted?.end ?? at
    if (from > lineEnd) lineEnd = endOfLine(text, from, limit)
    // Within the line only: the search for a delimiter that is rare would run through the whole file.
    const found = text.slice(from, lineEnd).indexOf(delimiter)
    const end = found < 0 ? lineEnd : from + found
    cells.push(quoted?.value ?? text.slice(at, end))
    oddities += quoted?.oddities ?? 0
    if (found < 0) return { cells, quoted: inQuotes, end, closed, oddities }
    at = end + delimiter.length
  }
}

/**
 * The quoted cell that begins at `start`; null where none begins or none ends. A quote ends it when a
 * separator or the end of the record follows, spaces allowed; any other one is a letter.
 */
function readQuoted(
  text: string,
  start: number,
  limit: number,
  { delimiter, quote, backslash }: Dialect,
  eager: boolean,
) {
  if (start >= limit || text[start] !== quote) return null
  let oddities = 0
  let isEscaped = false
  for (let at = text.indexOf(quote, start + 1); at >= 0 && at < limit; at = text.indexOf(quote, at + 1)) {
    if (backslash && isBehindBackslash(text, at, start)) {
      isEscaped = true
      continue
    }
    if (text[at + 1] === quote && at + 1 < limit && !backslash) {
      isEscaped = true
      at++
      if (!eager || !endsCell(text, at + 1, limit, delimiter)) continue
      oddities++
    } else if (!endsCell(text, at + 1, limit, delimiter)) {
      oddities++
      continue
    }
    const inside = text.slice(start + 1, at)
    const isPlain = !isEscaped && quote === '"'
    return { value: isPlain ? inside : unescaped(inside, quote, backslash), end: at + 1, oddities }
  }
  return null
}

/** Whether a quote before `from` ends its cell: a separator or the end of the record follows, spaces allowed. */
export function endsCell(text: string, from: number, limit: number, delimiter: string): boolean {
  let after = from
  while (after < limit && text[after] === ' ') after++
  if (after >= limit || text[after] === '\n') return true
  // A delimiter may begin with a space itself.
  return text.startsWith(delimiter, after) || text.startsWith(delimiter, from)
}

function isBehindBackslash(text: string, at: number, start: number): boolean {
  let before = at
  while (before > start + 1 && text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}

function unescaped(inside: string, quote: string, backslash: boolean): string {
  if (backslash)
    return inside.replace(/\\(["'\\])/g, (pair, letter) => (letter === quote || letter === '\\' ? letter : pair))
  const single = inside.replaceAll(quote + quote, quote)
  // Who puts cells in ' often doubles the " in them all the same.
  return quote === "'" ? single.replaceAll('""', '"') : single
}

/** Where the line of `from` ends, at most `limit`. */
export function endOfLine(text: string, from: number, limit: number): number {
  const newline = text.indexOf('\n', from)
  return newline < 0 ? limit : Math.min(newline, limit)
}
