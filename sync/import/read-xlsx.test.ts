import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { csvRows } from '#shared/csv/csv-rows.ts'
import { understandCsv } from '#shared/csv/understand-csv.ts'
import { textCell as inline, sheetRow as row, workbook as workbookOf } from '../testing/workbook.ts'
import { readCsvFile } from './read-csv-file.ts'
import { unpackXlsx } from './unpack-xlsx.ts'

/** A workbook of two sheets, the first of them empty; `rows`: XML of the second. */
const workbook = (rows: string, more = {}) => workbookOf({ Empty: '', Customers: rows }, more)

const read = (bytes: Uint8Array, reading = {}) =>
  readCsvFile({ size: bytes.length, arrayBuffer: async () => new Uint8Array(bytes).buffer }, reading)

test('IO-1: the first sheet with something in it is read, values as they show, dates as ISO, formulas by their value', async () => {
  const text = await read(
    workbook(
      row(1, inline('Name'), inline('Phone'), inline('Born'), inline('Formula')) +
        row(
          2,
          '<c t="s"><v>0</v></c>',
          '<c><v>4.91701234567E11</v></c>',
          '<c s="1"><v>45292</v></c>',
          '<c t="str"><f>cmd|calc</f><v>safe</v></c>',
        ),
    ),
  )
  if (!text.ok) throw new Error(text.error.message)
  expect(text.value.encoding).toBe('xlsx')
  const shape = understandCsv(text.value.text)
  if (!shape.ok) throw new Error(shape.error.message)
  expect(shape.value.headers).toEqual(['Name', 'Phone', 'Born', 'Formula'])
  expect([...csvRows(shape.value.source, 9)].flat().map(({ cells }) => cells)).toEqual([
    ['Ann, "Lee"', '491701234567', '2024-01-01', 'safe'],
  ])
})

test('IO-1: a zero byte in a cell is left out, so that it moves no cell behind it', async () => {
  const text = await read(
    workbook(row(1, inline('Name'), inline('Email')) + row(2, inline('Ann_x0000_ Lee'), inline('a@x.de'))),
  )
  expect(text).toMatchObject({ ok: true, value: { text: expect.stringContaining('"Ann Lee","a@x.de"') } })
})

test('IO-1: all sheets are named with their rows; the one that is wanted is read, one that is gone is not', async () => {
  const bytes = workbook(row(1, inline('Name')) + row(2, inline('Ann Lee')) + row(3))
  const sheets = [
    { name: 'Empty', rows: 0 },
    { name: 'Customers', rows: 2 },
  ]
  for (const reading of [{}, { sheet: 'Customers' }, { sheet: 'Of another file' }]) {
    expect(await read(bytes, reading)).toMatchObject({ ok: true, value: { sheet: 'Customers', sheets } })
  }
  expect(await read(bytes, { sheet: 'Empty' })).toMatchObject({ ok: false, error: { code: 'empty' } })
})

test('IO-1: a workbook that inflates without end is refused after little of it, whatever it declares', () => {
  const bomb = workbook('', { 'xl/worksheets/sheet3.xml': new Uint8Array(60 * 1024 * 1024) })
  expect(bomb.length).toBeLessThan(200_000)
  expect(unpackXlsx(bomb)).toMatchObject({ ok: false, error: { code: 'too_large' } })
  // Sizes in the directories of the archive say 1 byte.
  const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength)
  for (let at = 0; at < bomb.length - 30; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 1, true)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1, true)
  }
  expect(unpackXlsx(bomb)).toMatchObject({ ok: false, error: { code: 'too_large' } })
})

test.each([
  ['entries', { entries: 5, inflated: 1e9, ratio: 1e9 }],
  ['bytes', { entries: 99, inflated: 500, ratio: 1e9 }],
])('IO-1: a workbook of more %s than any list needs is refused', (_, limits) => {
  expect(unpackXlsx(workbook(row(1, inline('Name'))), limits)).toMatchObject({
    ok: false,
    error: { code: 'too_large' },
  })
})

test.each([
  ['another ZIP', zipSync({ 'a.txt': strToU8('hello') }), 'not_text', /Save it as CSV or xlsx/],
  ['a workbook cut off', workbook(row(1, inline('Name'))).slice(0, 300), 'not_text', /\.$/],
  ['a workbook of broken XML', workbook('<row><c'), 'not_text', /Save the list as CSV/],
  ['an empty workbook', workbook(''), 'empty', /empty/],
])('IO-1: %s is refused with what to do', async (_, bytes, code, message) => {
  expect(await read(bytes)).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } })
})
