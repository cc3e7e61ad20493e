import fc from 'fast-check'
// biome-ignore lint/correctness/noUnresolvedImports: a CommonJS module, whose whole is its default export.
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { countRows, csvRows, type RowSource } from './csv-rows.ts'

const sourceOf = (text: string, delimiter = ',', width: number | null = null): RowSource => ({
  text,
  dialect: { delimiter, quote: '"', backslash: false },
  start: 0,
  firstRow: 1,
  table: width === null ? null : { width, headers: null, patterns: null },
})
const cellsOf = (text: string, delimiter = ',', width: number | null = null) =>
  [...csvRows(sourceOf(text, delimiter, width), 3)].flat().map((row) => row.cells)

test('IO-1: any table written by PapaParse is read back, whatever is in its cells', () => {
  // Line ends inside of cells become `\n` when a file is decoded.
  const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '"', ',', ';', '\t', '|', ' ', '\n', "'", '=', '0', '👍') })
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 4 })
        .chain((width) =>
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
        ),
      fc.constantFrom(',', ';', '\t', '|'),
      (table, delimiter) => {
        const text = Papa.unparse(table, { delimiter, newline: '\n', quotes: true })
        const blank = (row: readonly string[]) => /^[\s"]*$/.test(row.join('').replaceAll(delimiter, ''))
        const width = table[0]?.length ?? 1
        const read = cellsOf(text, delimiter, width)
        expect(read.filter((row) => !blank(row))).toEqual(table.filter((row) => !blank(row)))
      },
    ),
  )
})

test('IO-1: any text is read without an error, and counted as it is read', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'b@x.de') })
  fc.assert(
    fc.property(text, fc.option(fc.integer({ min: 1, max: 4 })), (csv, width) => {
      const rows = [...csvRows(sourceOf(csv, ',', width), 2)].flat()
      const counted = [...countRows(sourceOf(csv, ',', width), 2)].reduce((sum, count) => sum + count, 0)
      expect(counted).toBe(rows.length)
      for (const [i, row] of rows.entries()) expect(row.row).toBeGreaterThan(rows[i - 1]?.row ?? 0)
    }),
  )
})

test('IO-1: a quote that nothing closes does not swallow the rest of the file', () => {
  expect(cellsOf('name,email\n"Ann, a@x.com\nBob,b@x.com\nCy,c@x.com', ',', 2)).toEqual([
    ['name', 'email'],
    ['"Ann', ' a@x.com'],
    ['Bob', 'b@x.com'],
    ['Cy', 'c@x.com'],
  ])
})

test('IO-1: a stray quote that a later quote seems to close takes no row with it', () => {
  expect(cellsOf('name,email\n"Ann,a@x.com\nBob,"b@x.com"\nCy,c@x.com', ',', 2)).toEqual([
    ['name', 'email'],
    ['"Ann', 'a@x.com'],
    ['Bob', 'b@x.com'],
    ['Cy', 'c@x.com'],
  ])
})

test('IO-1: quotes inside of a cell, and line ends and separators in quotes, belong to the cell', () => {
  expect(cellsOf('Bob "Bobby" Lee,b@x.com\n"Al ""Ace"" Z","1 High St,\nTown"\n')).toEqual([
    ['Bob "Bobby" Lee', 'b@x.com'],
    ['Al "Ace" Z', '1 High St,\nTown'],
  ])
})

test('IO-1: empty lines are left out but counted in the row numbers', () => {
  const rows = [...csvRows(sourceOf('a,b\n\n,\nc,d\n\n'), 10)].flat()
  expect(rows).toEqual([
    { row: 1, cells: ['a', 'b'] },
    { row: 4, cells: ['c', 'd'] },
  ])
})

test('IO-1: leading zeros and odd column names survive', () => {
  expect(cellsOf('__proto__,zip\n01234,0412345678')).toEqual([
    ['__proto__', 'zip'],
    ['01234', '0412345678'],
  ])
})
