import { type ColumnPattern, strangers } from './column-patterns.ts'
import type { CsvRecord, RecordFlaw } from './record-reader.ts'

/** A row that has the columns of its file, or why it can't be told which cell belongs to which. */
export type FittedRow = { readonly cells: readonly string[] } | { readonly fault: string }

/** Most separators too many that a row is mended for. */
const MAX_SURPLUS = 40

const FAULTS: Readonly<Record<RecordFlaw, string>> = {
  torn: 'A quote begins within a cell and ends in another: a separator is missing. Put it in.',
  open: 'The row is part of a text in quotes that nothing closes, or that is longer than 100,000 characters. Put the quote in, or shorten the text.',
  endless: 'The line is longer than 4 million characters, so it is no row of a table. Remove it.',
}

/**
 * Gives a row as many cells as the file has columns. What is missing at the end is empty; empty cells
 * too many go; text that a separator without quotes split is put together again. The latter two only
 * where all cells then look like their columns and only one way does that: else the row is at fault.
 */
export function fitRow(
  { cells, quoted, flaw }: Pick<CsvRecord, 'cells' | 'quoted' | 'flaw'>,
  width: number,
  patterns: readonly ColumnPattern[] | null,
  delimiter: string,
): FittedRow {
  if (flaw !== null) return { fault: FAULTS[flaw] }
  if (cells.length <= width) return fitShort(cells, width, patterns)
  const surplus = cells.length - width
  const cut = cells.slice(0, width)
  const isTrailing = cells.slice(width).every(isEmpty)
  const oddOf = (row: readonly string[]) => (patterns === null ? 0 : strangers(row, patterns).length)
  if (isTrailing && oddOf(cut) === 0) return { cells: cut }
  const isTold = surplus <= MAX_SURPLUS && patterns?.some(({ shapes }) => shapes !== null)
  const places = isTold ? Array.from({ length: width }, (_, at) => at) : []
  const without = places
    .filter((at) => cells.slice(at, at + surplus).every(isEmpty))
    .map((at) => [...cells.slice(0, at), ...cells.slice(at + surplus)])
  const joined = places
    .filter((at) => !quoted.some((place) => place >= at && place <= at + surplus))
    .map((at) => [
      ...cells.slice(0, at),
      cells.slice(at, at + surplus + 1).join(delimiter),
      ...cells.slice(at + surplus + 1),
    ])
  const mended =
    onlyBest([...without, ...(isTrailing ? [cut] : [])], oddOf) ??
    onlyBest(
      joined.filter((row) => oddOf(row) === 0),
      oddOf,
    )
  if (mended !== null) return { cells: mended }
  if (isTrailing && !joined.some((row) => oddOf(row) < oddOf(cut))) return { cells: cut }
  return {
    fault: `The row has ${cells.length} cells, the header ${width}. Put quotes around cells with a separator in them.`,
  }
}

const isEmpty = (cell: string) => cell.trim() === ''

/** The row whose cells look like their columns, all but one at most, when only one is so good. */
function onlyBest(
  rows: readonly (readonly string[])[],
  oddOf: (row: readonly string[]) => number,
): readonly string[] | null {
  const distinct = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
  const [best, second] = distinct.map((row) => ({ row, odd: oddOf(row) })).sort((a, b) => a.odd - b.odd)
  if (best === undefined || best.odd > 1 || best.odd === second?.odd) return null
  return best.row
}

/** A link, an address or a quote behind other text: the separator before it is missing. */
const TWO_VALUES = /\S(https?:\/\/|")|\s\S+@\S+\./

/** Cells missing at the end are empty ones, unless the row looks right only with a gap before its end. */
function fitShort(cells: readonly string[], width: number, patterns: readonly ColumnPattern[] | null): FittedRow {
  const missing = width - cells.length
  const gap = Array<string>(missing).fill('')
  const padded = [...cells, ...gap]
  if (missing === 0 || patterns === null) return { cells: padded }
  const asIs = strangers(padded, patterns).filter((column) => column < cells.length).length
  if (asIs === 0) return { cells: padded }
  if (asIs === cells.length) {
    return {
      fault: `Nothing in the row looks like its column: separators are missing. The header has ${width} columns.`,
    }
  }
  for (let at = 1; at < cells.length; at++) {
    const shifted = [...cells.slice(0, at), ...gap, ...cells.slice(at)]
    // The cell before the gap holds two values, whatever they look like.
    const odd = strangers(shifted, patterns).filter((column) => column < at - 1 || column >= at + missing)
    const isTold =
      TWO_VALUES.test(cells[at - 1] ?? '') ||
      cells.slice(at).some((cell, i) => !isEmpty(cell) && patterns[at + missing + i]?.shapes !== null)
    if ((odd.length > 0 && odd.length + 2 > asIs) || !isTold) continue
    return { fault: `The row has ${cells.length} cells, the header ${width}: a separator is missing. Put it in.` }
  }
  return { cells: padded }
}
