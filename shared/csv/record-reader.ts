import { type ColumnPattern, strangers } from './column-patterns.ts'
import { MAX_LINE_LENGTH } from './decode-text.ts'
import type { Dialect } from './dialect.ts'
import { type CellsReading, endOfLine, endsCell, readCells } from './read-cells.ts'

/** A record of a CSV. */
export interface CsvRecord {
  /** Where the next record begins; past the end of the text after the last one. */
  readonly next: number
  readonly cells: readonly string[]
  /** Places of cells in quotes: nothing was split there. */
  readonly quoted: readonly number[]
  readonly flaw: RecordFlaw | null
}

/**
 * Why cells are not what the file means. `torn`: a quote that begins within a cell ends in another one;
 * `open`: a quote begins that nothing closes, or the record is a piece of such a cell; `endless`: longer
 * than any record of a table is, its cells are not read.
 */
export type RecordFlaw = 'torn' | 'open' | 'endless'

/** Longest cell in quotes that goes over lines: five times what notes may hold. */
const MAX_QUOTED_LENGTH = 100_000
/** Characters of a file looked at in vain for the end of a quote; beyond, the next quote that may end it decides. */
const MAX_VAIN_LOOKS = 5_000_000
/** Quotes of a record that are tried as letters. */
const MAX_LETTER_TRIALS = 40

/**
 * Reads the records of a text one by one. `width`: how many cells they have, `patterns`: what those
 * look like, once that is known.
 *
 * A stray quote must not swallow the rest of the file, and a row may have been written by other rules
 * than the others: where the plain reading has the wrong width, others are tried, and the least odd
 * one of the right width is taken.
 */
export class RecordReader {
  readonly #text: string
  readonly #dialect: Dialect
  readonly #width: number | null
  readonly #patterns: readonly ColumnPattern[] | null
  #vainLooks = 0
  /** Where the last cell may end whose quote was looked for in vain: lines up to there may be pieces of it. */
  #piecesEnd = -1
  /** The end of a quote that was looked up to in vain: not twice, or a file of nothing else takes hours. */
  #vainEnd = -1
  /** What the last search for the end of a quote found, and what it went over. */
  #searched = { from: 0, to: -1, quoteEnd: -1 }

  constructor(
    text: string,
    dialect: Dialect,
    width: number | null = null,
    patterns: readonly ColumnPattern[] | null = null,
  ) {
    this.#text = text
    this.#dialect = dialect
    this.#width = width
    this.#patterns = patterns
  }

  /** The record that begins at `start`. */
  read(start: number): CsvRecord {
    const text = this.#text
    const lineEnd = endOfLine(text, start, text.length)
    if (lineEnd - start > MAX_LINE_LENGTH) return { next: lineEnd + 1, cells: [], quoted: [], flaw: 'endless' }
    const line = text.slice(start, lineEnd)
    if (!line.includes(this.#dialect.quote)) {
      const cells = line.split(this.#dialect.delimiter)
      if (this.#fits(cells)) return { next: lineEnd + 1, cells, quoted: [], flaw: null }
    }
    const spaced = this.#spaced(start, line)
    if (spaced !== null) return spaced
    const onLine = readCells(text, start, lineEnd, this.#dialect)
    const { reading, isOpen } = onLine.closed
      ? { reading: this.#best(start, onLine, onLine), isOpen: false }
      : this.#overLines(start, onLine)
    const { end, cells, quoted } = reading
    const isPiece = start <= this.#piecesEnd && !this.#fits(cells)
    const flaw = isOpen || isPiece ? 'open' : isTorn(cells, quoted) ? 'torn' : null
    return { next: end + 1, cells, quoted, flaw }
  }

  /**
   * A record with a space behind each delimiter, where the file has none, so that its quotes would be
   * letters; null: it is none. Without quotes it reads the same in both ways.
   */
  #spaced(start: number, line: string): CsvRecord | null {
    const { delimiter } = this.#dialect
    if (this.#width === null || this.#width < 3 || !line.startsWith(' ', line.indexOf(delimiter) + delimiter.length)) {
      return null
    }
    const dialect = { ...this.#dialect, delimiter: `${delimiter} ` }
    const { cells, quoted, closed, oddities } = readCells(this.#text, start, start + line.length, dialect)
    const isBare = cells.some((cell, at) => cell.includes(delimiter) && !quoted.includes(at))
    if (!this.#fits(cells) || !closed || oddities > 0 || isBare || !this.#isSound(cells)) return null
    return { next: start + line.length + 1, cells, quoted, flaw: null }
  }

  /** The reading of a record with a quote that its first line doesn't close; `isOpen`: no other does either. */
  #overLines(start: number, onLine: CellsReading): { readonly reading: CellsReading; readonly isOpen: boolean } {
    const text = this.#text
    const farthest = endOfLine(text, Math.max(onLine.end, start + MAX_QUOTED_LENGTH), text.length)
    const quoteEnd = this.#quoteEndAfter(onLine.end)
    const isWorthwhile = quoteEnd >= 0 && quoteEnd < farthest && quoteEnd !== this.#vainEnd
    const nearest = isWorthwhile ? endOfLine(text, quoteEnd, text.length) : onLine.end
    const limit = this.#vainLooks > MAX_VAIN_LOOKS ? nearest : farthest
    const plain = readCells(text, start, limit, this.#dialect)
    const reading = this.#best(start, plain, onLine)
    if (reading === plain) return { reading, isOpen: false }
    this.#vainLooks += (plain.closed ? plain.end : limit) - start
    this.#vainEnd = quoteEnd
    // Where another cell in quotes begins first, a quote on a line of the right width is a letter.
    const isOpen = quoteEnd >= farthest || !this.#fits(reading.cells)
    if (isOpen) this.#piecesEnd = Math.max(this.#piecesEnd, quoteEnd)
    return { reading, isOpen }
  }

  /** The next quote after `from` that ends a cell; -1 where one begins a cell before. */
  #quoteEndAfter(from: number): number {
    const { from: since, to } = this.#searched
    if (from < since || from > to) this.#searched = this.#searchQuoteEnd(from)
    return this.#searched.quoteEnd
  }

  #searchQuoteEnd(from: number) {
    const text = this.#text
    const { delimiter, quote, backslash } = this.#dialect
    for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
      const isFirst = text[at - 1] === '\n' || text.startsWith(delimiter, at - delimiter.length)
      if (text[at + 1] === quote && !backslash) {
        at++
        if (isFirst && endsCell(text, at + 1, text.length, delimiter)) return { from, to: at, quoteEnd: -1 }
      } else if (!(backslash && text[at - 1] === '\\')) {
        if (endsCell(text, at + 1, text.length, delimiter)) return { from, to: at, quoteEnd: at }
        if (isFirst) return { from, to: at, quoteEnd: -1 }
      }
    }
    return { from, to: text.length, quoteEnd: -1 }
  }

  /** The likeliest of the readings of a record: the one by the rules (`plain`), that of its first line, or others. */
  #best(start: number, plain: CellsReading, onLine: CellsReading): CellsReading {
    const isMultiline = plain.end > onLine.end
    const areRecords = isMultiline && this.#areRecords(onLine.end + 1, plain.end)
    if (plain.closed && this.#fits(plain.cells) && !areRecords) return this.#escaped(start, plain)
    const isByTheRules = plain.closed && plain.oddities === 0 && !isMultiline
    const others = isByTheRules ? this.#foreignReadings(start, plain) : this.#otherReadings(start, onLine.end)
    const fitting = [onLine, ...others].filter(({ cells }) => this.#width !== null && this.#fits(cells))
    const sound = fitting.filter(({ cells }) => this.#isSound(cells))
    if (sound.length > 0) return sound.reduce((best, each) => (each.oddities < best.oddities ? each : best))
    const isTwo = isMultiline && (fitting.includes(onLine) || areRecords)
    return plain.closed && !isTwo ? plain : onLine
  }

  /** A record with quotes that the file's way to escape them leaves odd, in the other way where that explains them. */
  #escaped(start: number, plain: CellsReading): CellsReading {
    // An apostrophe is a letter in many words, escaped or not.
    if (plain.oddities === 0 || this.#dialect.quote === "'") return plain
    const other = readCells(this.#text, start, plain.end, { ...this.#dialect, backslash: !this.#dialect.backslash })
    return other.closed && this.#fits(other.cells) && other.oddities < plain.oddities ? other : plain
  }

  /** Readings of one line whose quotes don't follow the rules of the file. */
  *#otherReadings(start: number, lineEnd: number): Generator<CellsReading> {
    if (this.#width === null) return
    const read = (backslash: boolean, rules = {}) =>
      readCells(this.#text, start, lineEnd, { ...this.#dialect, backslash }, rules)
    const { backslash } = this.#dialect
    yield read(backslash, { eager: true })
    yield read(!backslash)
    const trials = Math.min(this.#width, MAX_LETTER_TRIALS)
    for (let letterAt = 0; letterAt < trials; letterAt++) yield read(backslash, { letterAt })
  }

  /** Readings of one line in which another quote or another delimiter would explain what is odd. */
  *#foreignReadings(start: number, { cells, end }: CellsReading): Generator<CellsReading> {
    if (this.#width === null || this.#width < 2) return
    const read = (dialect: Partial<Dialect>) => readCells(this.#text, start, end, { ...this.#dialect, ...dialect })
    const quote = this.#dialect.quote === '"' ? "'" : '"'
    if (cells.length > this.#width && cells.some((cell) => cell.startsWith(quote))) yield read({ quote })
    const isTold = cells.length === 1 || (cells.length < this.#width && this.#patterns !== null)
    if (!isTold || this.#width < 3) return
    for (const delimiter of [',', ';', '\t', '|']) if (delimiter !== this.#dialect.delimiter) yield read({ delimiter })
    // Words are no cells, unless some of them are in quotes.
    const words = this.#patterns === null ? null : read({ delimiter: ' ' })
    if (words !== null && words.quoted.length > 0) yield words
  }

  #fits(cells: readonly string[]): boolean {
    return this.#width === null || cells.length === this.#width
  }

  /** Whether the cells look like their columns, as far as those are known. */
  #isSound(cells: readonly string[]): boolean {
    return this.#patterns === null || strangers(cells, this.#patterns).length === 0
  }

  /** Whether each line is a sound record of its own: then a stray quote made one of several. */
  #areRecords(start: number, end: number): boolean {
    if (this.#width === null || this.#width < 2) return false
    for (let at = start; at <= end; ) {
      const lineEnd = endOfLine(this.#text, at, end)
      const { cells, quoted, closed, oddities } = readCells(this.#text, at, lineEnd, this.#dialect)
      const endsQuote = cells.some((cell, i) => cell.endsWith(this.#dialect.quote) && !quoted.includes(i))
      const isSound = closed && oddities === 0 && !endsQuote
      if (!this.#fits(cells) || !isSound) return false
      at = lineEnd + 1
    }
    return true
  }
}

/** Two cells with half a pair of quotes each, inches (`24"`) left aside. */
function isTorn(cells: readonly string[], quoted: readonly number[]): boolean {
  const halves = cells.filter((cell, at) => {
    const quotes = cell.replace(/\d"(?=\s|$)/g, '').split('"').length - 1
    return quotes % 2 === 1 && !quoted.includes(at)
  })
  return halves.length > 1
}
