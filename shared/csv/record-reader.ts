import { type ColumnPattern, strangers } from './column-patterns.ts'
import type { Dialect } from './dialect.ts'
import { type CellsReading, endOfLine, readCells } from './read-cells.ts'

/** A record of a CSV. */
export interface CsvRecord {
  /** Where the next record begins; past the end of the text after the last one. */
  readonly next: number
  readonly cells: readonly string[]
  /** Places of cells in quotes: nothing was split there. */
  readonly quoted: readonly number[]
  /** A quote that begins within a cell ends in another one. */
  readonly isTorn: boolean
  /** Longer than any record of a table is; its cells are not read. */
  readonly isEndless: boolean
}

/** Longest cell in quotes that goes over lines: five times what notes may hold. */
const MAX_QUOTED_LENGTH = 100_000
/** Longest line, in characters. */
export const MAX_LINE_LENGTH = 4_000_000
/** Characters of a file looked at in vain for the end of a quote; beyond, a quote ends on its line. */
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
    if (lineEnd - start > MAX_LINE_LENGTH)
      return { next: lineEnd + 1, cells: [], quoted: [], isTorn: false, isEndless: true }
    const line = text.slice(start, lineEnd)
    if (!line.includes(this.#dialect.quote)) {
      const cells = line.split(this.#dialect.delimiter)
      if (this.#fits(cells)) return { next: lineEnd + 1, cells, quoted: [], isTorn: false, isEndless: false }
    }
    const { end, cells, quoted } = this.#best(start, lineEnd)
    return { next: end + 1, cells, quoted, isTorn: isTorn(cells, quoted), isEndless: false }
  }

  #best(start: number, lineEnd: number): CellsReading {
    const text = this.#text
    const farthest = this.#vainLooks > MAX_VAIN_LOOKS ? lineEnd : Math.min(start + MAX_QUOTED_LENGTH, text.length)
    const limit = Math.max(lineEnd, farthest)
    const plain = readCells(text, start, limit, this.#dialect)
    const isMultiline = plain.end > lineEnd
    if (plain.closed && this.#fits(plain.cells) && !(isMultiline && this.#areRecords(lineEnd + 1, plain.end)))
      return plain
    if (isMultiline || !plain.closed) this.#vainLooks += limit - start
    const onLine = readCells(text, start, lineEnd, this.#dialect)
    const isByTheRules = plain.closed && plain.oddities === 0 && !isMultiline
    const others = isByTheRules ? this.#foreignReadings(start, plain) : this.#otherReadings(start, lineEnd)
    const fitting = [onLine, ...others].filter(({ cells }) => this.#width !== null && this.#fits(cells))
    const sound = fitting.filter(
      ({ cells }) => this.#patterns === null || strangers(cells, this.#patterns).length === 0,
    )
    if (sound.length > 0) return sound.reduce((best, each) => (each.oddities < best.oddities ? each : best))
    const isTwo = isMultiline && (fitting.includes(onLine) || this.#areRecords(lineEnd + 1, plain.end))
    return plain.closed && !isTwo ? plain : onLine
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
  }

  #fits(cells: readonly string[]): boolean {
    return this.#width === null || cells.length === this.#width
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
