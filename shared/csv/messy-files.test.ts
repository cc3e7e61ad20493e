import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Decode } from './decode-text.ts'
import { type ReadTable, readTable } from './testing/read-table.ts'

const decode: Decode = (bytes, encoding, strict) => {
  try {
    return new TextDecoder(encoding, { fatal: strict, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
function read(text: string): ReadTable {
  const table = readTable(new TextEncoder().encode(text), decode)
  if (!table.ok) throw new Error(table.error.message)
  return table.value
}
const refusal = (text: string) => {
  const table = readTable(new TextEncoder().encode(text), decode)
  return table.ok ? null : table.error.code
}

/** A table with columns of all sorts, as in the Pollock benchmark: dates, codes, prices, text with commas and quotes, links. */
const HEADER = ['DATE', 'Qty', 'PRODUCTID', 'Price', 'ProductType', 'Description', 'URL', 'Comments']
const ROWS = Array.from({ length: 12 }, (_, i) => [
  `${10 + i}/02/2018`,
  String(i),
  `MG-${8769 + i}`,
  `$${20 + i}.69`,
  i % 3 === 0 ? `Table, Round ${40 + i}"` : `Hiking Boots ${i}`,
  `Made for ${i}" feet, to keep you warm, dry and visible.`,
  `https://www.example.com/product/MG_${8769 + i}.html`,
  i % 2 === 0 ? 'in stock' : '',
])
const TABLE = [HEADER, ...ROWS]

interface Style {
  readonly delimiter?: string
  readonly quote?: string
  /** What stands before a quote within a cell. */
  readonly before?: string
  readonly newline?: string
}

/** Writes a cell: only text with commas is in quotes, as most programs do. */
function cellOf(cell: string, { delimiter = ',', quote = '"', before = quote }: Style): string {
  const needsQuotes = /[,"]/.test(cell) || cell.includes(delimiter)
  return needsQuotes ? quote + cell.replaceAll(quote, before + quote) + quote : cell
}
const lineOf = (row: readonly string[], style: Style) =>
  row.map((cell) => cellOf(cell, style)).join(style.delimiter ?? ',')
const write = (table: readonly (readonly string[])[], style: Style = {}) =>
  table.map((row) => lineOf(row, style) + (style.newline ?? '\r\n')).join('')

test.each([
  ['semicolons', { delimiter: ';' }],
  ['tabs', { delimiter: '\t' }],
  ['two tabs', { delimiter: '\t\t' }],
  ['bars', { delimiter: '|' }],
  ['two bars', { delimiter: '||' }],
  ['a comma and a space', { delimiter: ', ' }],
  ['carets', { delimiter: '^' }],
  ['spaces', { delimiter: ' ' }],
  ['a backslash and a t', { delimiter: '\\t' }],
  ['apostrophes as quotes', { quote: "'" }],
  ['backslashes before quotes', { before: '\\' }],
  ['nothing before quotes', { before: '' }],
  ['line feeds', { newline: '\n' }],
  ['carriage returns', { newline: '\r' }],
] as const)('IO-1: a file with %s is read right', (_, style) => {
  const { headers, rows, faults } = read(write(TABLE, style))
  expect(headers).toEqual(HEADER)
  expect(rows).toEqual(ROWS)
  expect(faults).toEqual([])
})

test('IO-1: mixed line ends make no rows and swallow none', () => {
  const text = TABLE.map((row, i) => lineOf(row, {}) + ['\r\n', '\n', '\r'][i % 3]).join('')
  expect(read(text).rows).toEqual(ROWS)
})

const places = TABLE.flatMap((_, row) => HEADER.map((__, column) => ({ row, column })))
/** The table as lines, one of them replaced. */
const withLine = (row: number, line: string) =>
  TABLE.map((cells, i) => `${i === row ? line : lineOf(cells, {})}\r\n`).join('')

test('IO-1: a quote too many, wherever it stands, stays in its cell', () => {
  for (const { row, column } of places) {
    const cells = TABLE[row]?.map((cell) => cellOf(cell, {})) ?? []
    const { headers, rows, faults } = read(withLine(row, cells.with(column, `"${cells[column]}`).join(',')))
    const wanted = TABLE.map((each, i) => (i === row ? each.with(column, `"${each[column]}`) : each))
    // Read right, or this row alone is refused.
    if (faults.length === 0) expect([headers, ...rows]).toEqual(wanted)
    else expect([headers, ...rows]).toEqual(wanted.filter((_, i) => i !== row))
  }
})

test('IO-1: a separator too many, wherever it stands, moves no value to another column', () => {
  for (const { row, column } of places) {
    const cells = TABLE[row]?.map((cell) => cellOf(cell, {})) ?? []
    expect([read(withLine(row, cells.toSpliced(column, 0, '').join(',')))]).toMatchObject([
      { headers: HEADER, rows: ROWS, faults: [] },
    ])
  }
})

test('IO-1: where a separator is missing the row is refused, and so is a header', () => {
  for (const { row, column } of places.filter(({ column: at }) => at > 0 && at < HEADER.length - 1)) {
    const cells = TABLE[row]?.map((cell) => cellOf(cell, {})) ?? []
    const text = withLine(row, `${cells.slice(0, column).join(',')}${cells.slice(column).join(',')}`)
    if (row === 0) {
      expect(refusal(text)).toBe('header')
      continue
    }
    const { rows, faults } = read(text)
    expect([faults.length, rows]).toEqual([1, ROWS.toSpliced(row - 1, 1)])
  }
})

test.each<[string, Style]>([
  ['semicolons', { delimiter: ';' }],
  ['tabs', { delimiter: '\t' }],
  ['bars', { delimiter: '|' }],
  ['commas and spaces', { delimiter: ', ' }],
  ['apostrophes as quotes', { quote: "'" }],
  ['backslashes before quotes', { before: '\\' }],
  ['nothing before quotes', { before: '' }],
  ['line feeds', { newline: '\n' }],
])('IO-1: a row with %s in a file without is read right, wherever it stands', (_, style) => {
  for (let row = 1; row < TABLE.length; row++) {
    const line = lineOf(TABLE[row] ?? [], style)
    const lines = TABLE.map((cells, i) => (i === row ? line + (style.newline ?? '\r\n') : `${lineOf(cells, {})}\r\n`))
    expect(read(lines.join(''))).toMatchObject({ headers: HEADER, rows: ROWS, faults: [] })
  }
})

test('IO-1: commas with a space behind them that are not all separators are not taken for them', () => {
  const codes = Array.from({ length: 8 }, (_, i) => ['Ann', `MG-${i}`, `030 123456${i}`])
  const table = (header: string, sound: readonly unknown[], line: string) =>
    read(`${[header, ...sound, line].map(String).join('\n')}\n`)
  for (const line of ['Doe, Jane,MG-9, 030 1234567', 'Doe, Jane,"MG-9", 030 1234567']) {
    const { rows, faults } = table('Name,Code,Phone', codes, line)
    expect(faults).toEqual([])
    expect(rows.at(-1)?.map((cell) => cell.trim())).toEqual(['Doe, Jane', 'MG-9', '030 1234567'])
  }
  // Nothing tells a name from a city.
  const cities = Array(8).fill('Ann,Bonn,0228 123456')
  expect(table('Name,City,Phone', cities, 'Doe, Jane,Berlin, 030 1234567').faults).toMatchObject([{ row: 10 }])
  expect(table('Name,City,Phone', [], 'Doe, Jane,Berlin, 030 1234567').rows).toEqual([])
})

test('IO-1: a row with spaces for separators is read right, or refused, but never one cell', () => {
  for (let row = 1; row < TABLE.length; row++) {
    const { rows, faults } = read(withLine(row, lineOf(TABLE[row] ?? [], { delimiter: ' ' })))
    expect(rows).toEqual(faults.length === 0 ? ROWS : ROWS.toSpliced(row - 1, 1))
  }
  expect(read(withLine(3, 'all that is left of it')).faults).toMatchObject([{ row: 4 }])
})

test.each([
  ['title lines', `Product report\r\nMade in 2018\r\n\r\n${write(TABLE)}`, 0],
  ['title lines with separators', `Report,,,,,,,\r\n,,,,,,,\r\n${write(TABLE)}`, 0],
  ['notes below', `${write(TABLE)}\r\nConfidential Information - Do Not Distribute\r\n`, 1],
  ['a total below', `${write(TABLE)}Total: 12,,,,,,,\r\n`, 1],
  ['the header once more', `${write([HEADER])}${write(TABLE)}`, 0],
  ['the same table again', write(TABLE) + write(TABLE), 13],
  ['a table of fewer columns', write(TABLE) + write(TABLE.map((row) => row.slice(0, 6))), 13],
  ['a table of more columns', write(TABLE) + write(TABLE.map((row) => [...row, 'x'])), 13],
])('IO-1: with %s the table is read, and what is not of it is refused row by row', (_, text, refused) => {
  const { rows, faults } = read(text)
  expect(rows).toEqual(ROWS)
  expect(faults).toHaveLength(refused)
  for (const { fault } of faults) expect(fault).toMatch(/\.$/)
})

test('IO-1: without a header the first row is a row', () => {
  expect(read(write(ROWS))).toMatchObject({ hasHeader: false, rows: ROWS })
})

test('IO-1: a well-formed row with too few cells is not taken apart at a comma in quotes', () => {
  expect(read('name,email,phone\n"Lee, Ann",a@x.de\nBob,b@x.de,1\n').rows).toEqual([
    ['Lee, Ann', 'a@x.de', ''],
    ['Bob', 'b@x.de', '1'],
  ])
})

test.each([
  ['one line without end', `${'a,'.repeat(2_200_000)}\n`, 'not_text'],
  [
    '10,000 columns',
    `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(9_999)}1\n`,
    'too_wide',
  ],
  ['zero bytes', 'name,email\nAnn\u0000,a@x.de\n', 'not_text'],
])('IO-1: %s: refused with a code', (_, text, code) => {
  expect(refusal(text)).toBe(code)
})

test('IO-1: a line without end below the header is one refused row', () => {
  const { rows, faults } = read(`name,email\nAnn,a@x.de\n${'x,'.repeat(2_200_000)}\nBob,b@x.de\n`)
  expect(rows).toEqual([
    ['Ann', 'a@x.de'],
    ['Bob', 'b@x.de'],
  ])
  expect(faults).toEqual([{ row: 3, fault: expect.stringContaining('4 million characters') }])
})

test('IO-1: a quote that opens in every row and never closes costs little, and no row', () => {
  const { rows } = read(`name,email\n${'"Ann,a@x.de\n'.repeat(20_000)}`)
  expect(rows).toHaveLength(20_000)
})

test('IO-1: cells over several lines in rows that end early stay whole, however many there are', () => {
  const { rows, faults } = read(`name,email,notes,tags,phone\n${'Ann,a@x.de,"line 1\nline 2"\n'.repeat(2_000)}`)
  expect(faults).toEqual([])
  expect(rows).toHaveLength(2_000)
  expect(new Set(rows.map(([, , notes]) => notes))).toEqual(new Set(['line 1\nline 2']))
})

test('IO-1: a cell over several lines stays whole, however many stray quotes there are before', () => {
  const stray = '"Sam,s@x.de,a note\n'.repeat(200)
  const { rows, faults } = read(
    `name,email,notes\n${stray}${'Bob,b@x.de,another note\n'.repeat(5_000)}Ann,a@x.de,"line 1\nline 2"\n`,
  )
  expect([rows.length, faults]).toEqual([5_201, []])
  expect(rows.at(-1)).toEqual(['Ann', 'a@x.de', 'line 1\nline 2'])
})

test.each([
  ['in the middle', (text: string) => `Ann,a@x.de,"${text}",vip`],
  ['at the end', (text: string) => `Ann,a@x.de,vip,"${text}"`],
])('IO-1: of a cell that is too long %s no piece becomes a customer', (_, row) => {
  const { rows, faults } = read(`name,email,notes,tags\n${row(`${'word\n'.repeat(30_000)}end`)}\nBob,b@x.de,x,y\n`)
  expect(rows).toEqual([['Bob', 'b@x.de', 'x', 'y']])
  expect(faults).toHaveLength(30_001)
  expect(faults[0]?.fault).toMatch(/100,000 characters/)
})

test('IO-1: a row too short with a quote that nothing closes is refused, and no other', () => {
  const { rows, faults } = read('name,email,notes\nAnn,"a@x.de\nBob,b@x.de,x\nCy,c@x.de\n')
  expect(rows).toEqual([
    ['Bob', 'b@x.de', 'x'],
    ['Cy', 'c@x.de', ''],
  ])
  expect(faults).toMatchObject([{ row: 2 }])
})

test('IO-1: names that programs trip over, and names twice, are columns as they stand', () => {
  expect(read('__proto__,constructor,name,name\n1,2,Ann,\u202eBob\n')).toMatchObject({
    headers: ['__proto__', 'constructor', 'name', 'name'],
    rows: [['1', '2', 'Ann', '\u202eBob']],
  })
})

test('IO-1: each line with something in it is the header, a row, or refused with a reason', () => {
  const line = fc.array(fc.constantFrom('Ann', 'a@x.de', '0170 1234567', 'x y', '', 'ü', "O'Hara", '"x"', 'Total'), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      (lines, delimiter, newline) => {
        const sound = [['name', 'email', 'phone'], ...lines]
        const table = readTable(
          new TextEncoder().encode(sound.map((cells) => cells.join(delimiter) + newline).join('')),
          decode,
        )
        const filled = lines.filter((cells) => cells.some((cell) => cell !== '')).length
        if (!table.ok) return
        const { rows, faults, headers } = table.value
        expect(headers).toContain('name')
        expect(rows.length + faults.length).toBe(filled)
      },
    ),
  )
})
