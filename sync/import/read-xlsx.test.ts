import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { csvRows } from '#shared/csv/csv-rows.ts'
import { understandCsv } from '#shared/csv/understand-csv.ts'
import { readCsvFile } from './read-csv-file.ts'
import { unpackXlsx } from './unpack-xlsx.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A workbook of two sheets, the first of them empty; `rows`: XML of the second. */
function workbook(rows: string, more: Record<string, Uint8Array> = {}): Uint8Array {
  const sheet = (data: string) => strToU8(`${HEAD}<worksheet ${MAIN}><sheetData>${data}</sheetData></worksheet>`)
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  return zipSync({
    '[Content_Types].xml': strToU8(`${HEAD}<Types xmlns="${PACKAGE}/content-types"/>`),
    'xl/workbook.xml': strToU8(
      `${HEAD}<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="Empty" sheetId="1" r:id="rId1"/><sheet name="Customers" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'worksheet', 'worksheets/sheet2.xml')}${relation(3, 'styles', 'styles.xml')}${relation(4, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    ),
    'xl/styles.xml': strToU8(
      `${HEAD}<styleSheet ${MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ),
    'xl/sharedStrings.xml': strToU8(`${HEAD}<sst ${MAIN}><si><t>Ann, "Lee"</t></si></sst>`),
    'xl/worksheets/sheet1.xml': sheet(''),
    'xl/worksheets/sheet2.xml': sheet(rows),
    ...more,
  })
}

const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const row = (number: number, ...cells: string[]) =>
  `<row r="${number}">${cells.map((cell, i) => cell.replace('<c', `<c r="${'ABCD'[i]}${number}"`)).join('')}</row>`
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
