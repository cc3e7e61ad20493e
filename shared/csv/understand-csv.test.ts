import { expect, test } from 'vitest'
import { csvRows } from './csv-rows.ts'
import { understandCsv } from './understand-csv.ts'

function understood(text: string) {
  const result = understandCsv(text)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const firstRow = (text: string) => csvRows(understood(text).source, 1).next().value?.[0]

test.each([
  ['commas', 'name,email\nAnn,a@x.de\nBob,b@x.de', ','],
  ['semicolons', 'name;address\nAnn;"Main St 1, Town, AU"\nBob;Side St 2, Town', ';'],
  ['tabs', 'Name\tEmail\tAddress\nAnn\ta@x.de\tA, B, C\nBob\tb@x.de\tD, E, F', '\t'],
  ['bars', 'name|phone\nAnn|123\nBob|456', '|'],
  ['one column only: one that is not in it', 'name\nAnn\nBob, the builder', ';'],
  ['decimal commas', 'Name;Umsatz\nAnn;120,5\nBob;50,3', ';'],
])('IO-1: the delimiter is found: %s', (_, text, delimiter) => {
  expect(understood(text).delimiter).toBe(delimiter)
})

test('IO-1: the sep= line of Excel names the delimiter and is not the header', () => {
  const shape = understood('sep=;\nName;Email\nAnn;a@x.de')
  expect(shape).toMatchObject({ delimiter: ';', headers: ['Name', 'Email'], mapping: ['name', 'email'] })
  expect(firstRow('sep=;\nName;Email\nAnn;a@x.de')).toMatchObject({ cells: ['Ann', 'a@x.de'] })
})

test('IO-1: preamble lines before the header are skipped, and row numbers count them', () => {
  const text = 'Customer report\n\nCreated 2026-01-05\nName,Email,Phone\nAnn,a@x.de,1\nBob,b@x.de,2\n'
  expect(understood(text).headers).toEqual(['Name', 'Email', 'Phone'])
  expect(firstRow(text)).toEqual({ row: 5, cells: ['Ann', 'a@x.de', '1'] })
})

test('IO-1: a report title padded with separators is not the header', () => {
  const text = 'Customer report,,,\nName,Email,Phone,Tags\nAnn,,,\nBob,b@x.de,,vip\n'
  expect(understood(text).headers).toEqual(['Name', 'Email', 'Phone', 'Tags'])
  expect(firstRow(text)).toEqual({ row: 3, cells: ['Ann', '', '', ''] })
})

test('IO-2: a header without the separator that its rows end with is the header still, and swallows no row', () => {
  const text = 'Customer list\nName,Address\nAnn,Main St 1,\nBob,Side St 2,\n'
  expect(understood(text)).toMatchObject({ headers: ['Name', 'Address'], mapping: ['name', 'address'] })
  expect(firstRow(text)).toMatchObject({ row: 3, cells: ['Ann', 'Main St 1', ''] })
})

test('IO-1: a file without a header is mapped by what stands in it, and keeps its first row', () => {
  const text = 'Ann Lee,ann@x.de,+49 170 1234567,Main St 1\nBob Ray,bob@x.de,0170/7654321,Side St 22\n'
  expect(understood(text)).toMatchObject({
    headers: ['Column 1', 'Column 2', 'Column 3', 'Column 4'],
    mapping: ['name', 'email', 'phone', 'address'],
  })
  expect(firstRow(text)).toMatchObject({ row: 1 })
})

test.each([
  ['hardly filled', 'Ann Lee,,,,,\n', {}],
  ['narrower than the others', 'Ann Lee\n', {}],
  ['taken for the header', 'Name,Mail,Phone,Street,City,Notes\n', { hasHeader: false }],
  ['a title', 'Customer report\n\n', { hasHeader: false }],
  ['many and narrow', 'Ann Lee\n'.repeat(25), {}],
])('IO-1: without a header no row is left out above the others: %s', (_, first, wanted) => {
  const others = Array.from({ length: 60 }, (__, i) => `Bob ${i},b${i}@x.de,0170 12345${10 + i},Main St ${i},Town,x\n`)
  const shape = understandCsv(first + others.join(''), wanted)
  if (!shape.ok) throw new Error(shape.error.message)
  const rows = [...csvRows(shape.value.source, 100)].flat()
  expect(rows).toHaveLength(first.split('\n').filter((line) => line !== '').length + others.length)
  expect([rows[0]?.row, rows[0]?.cells[0], rows[0]?.cells.length]).toEqual([1, first.split(/[,\n]/)[0], 6])
})

test.each([['name,email'], ['name,email\n'], ['name;email\n;\n\n']])('IO-1: %j has only a header', (text) => {
  expect(understandCsv(text)).toMatchObject({
    ok: false,
    error: { code: 'empty', message: expect.stringContaining('no rows') },
  })
})
