/** A record of a CSV: where it stands in the text, without its line end. */
export interface RecordSpan {
  readonly start: number
  readonly end: number
  /** Where the next record begins; past the end of the text after the last one. */
  readonly next: number
  readonly width: number
  /** A quote opens in it that nothing sensible closes: it is a letter of its line, not a quote. */
  readonly strayQuote: boolean
}

/** Longest cell in quotes; a quote that is still open after it is a stray one. Five times what notes may hold. */
const MAX_QUOTED_LENGTH = 100_000

/**
 * Finds the record that begins at `start`. `width`: how many cells records of this file have, once
 * that is known.
 *
 * This stands in front of PapaParse, which lets one stray quote swallow the rest of the file: a quote
 * that is never closed, or whose cell goes over line ends into a record of the wrong width while its
 * first line alone has the right one, is taken as a letter.
 */
export function recordAt(text: string, start: number, delimiter: string, width: number | null): RecordSpan {
  const lineEnd = endOfLine(text, start)
  const scanned = scan(text, start, text.length, delimiter)
  if (scanned.closed && scanned.end <= lineEnd) return span(start, scanned.end, scanned.width, false)
  const line = scan(text, start, lineEnd, delimiter)
  const fits = width !== null && scanned.width !== width && line.width === width
  if (!scanned.closed || fits) return span(start, lineEnd, line.width, true)
  return span(start, scanned.end, scanned.width, false)
}

/** The cells of a record with a stray quote: quotes count only where they are closed within the record. */
export function cellsWithStrayQuote(record: string, delimiter: string): string[] {
  const cells: string[] = []
  for (let at = 0; at <= record.length; ) {
    const close = closingQuote(record, at, record.length, delimiter)
    const end = endOfCell(record, close ?? at, record.length, delimiter)
    cells.push(close === null ? record.slice(at, end) : record.slice(at + 1, close - 1).replaceAll('""', '"'))
    at = end + delimiter.length
  }
  return cells
}

function span(start: number, end: number, width: number, strayQuote: boolean): RecordSpan {
  return { start, end, next: end + 1, width, strayQuote }
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}

/** Walks the cells from `start` to the end of the record, not beyond `limit`. */
function scan(text: string, start: number, limit: number, delimiter: string) {
  let width = 1
  let closed = true
  let at = start
  for (;;) {
    const close = closingQuote(text, at, limit, delimiter)
    if (close === null && text[at] === '"' && at < limit) closed = false
    const end = endOfCell(text, close ?? at, limit, delimiter)
    if (end >= limit || text[end] === '\n') return { end, width, closed }
    width++
    at = end + delimiter.length
  }
}

/**
 * Where the quoted cell that begins at `start` ends (behind its closing quote); null where no quoted
 * cell begins or none ends. As in PapaParse a quote closes when the cell's end follows, spaces allowed.
 */
function closingQuote(text: string, start: number, limit: number, delimiter: string): number | null {
  if (text[start] !== '"' || start >= limit) return null
  const farthest = Math.min(limit, start + MAX_QUOTED_LENGTH)
  let quote = text.indexOf('"', start + 1)
  while (quote >= 0 && quote < farthest) {
    if (text[quote + 1] === '"' && quote + 1 < limit) {
      quote = text.indexOf('"', quote + 2)
      continue
    }
    let after = quote + 1
    while (after < limit && text[after] === ' ') after++
    if (after >= limit || text[after] === '\n' || text.startsWith(delimiter, after)) return quote + 1
    quote = text.indexOf('"', quote + 1)
  }
  return null
}

function endOfCell(text: string, from: number, limit: number, delimiter: string): number {
  const lineEnd = Math.min(endOfLine(text, from), limit)
  for (let at = from; at < lineEnd; at++) if (text.startsWith(delimiter, at)) return at
  return lineEnd
}
