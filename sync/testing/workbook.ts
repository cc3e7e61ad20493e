import { strToU8, zipSync } from 'fflate'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** An Excel file. `sheets`: XML of their rows, by name. Its only shared string is `Ann, "Lee"`, its style 1 a date. */
export function workbook(sheets: Readonly<Record<string, string>>, more: Record<string, Uint8Array> = {}): Uint8Array {
  const names = Object.keys(sheets)
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  const files = Object.values(sheets).map((rows, i) => [
    `xl/worksheets/sheet${i + 1}.xml`,
    strToU8(`${HEAD}<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`),
  ])
  return zipSync({
    '[Content_Types].xml': strToU8(`${HEAD}<Types xmlns="${PACKAGE}/content-types"/>`),
    'xl/workbook.xml': strToU8(
      `${HEAD}<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${names.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation(names.length + 1, 'styles', 'styles.xml')}${relation(names.length + 2, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    ),
    'xl/styles.xml': strToU8(
      `${HEAD}<styleSheet ${MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ),
    'xl/sharedStrings.xml': strToU8(`${HEAD}<sst ${MAIN}><si><t>Ann, "Lee"</t></si></sst>`),
    ...Object.fromEntries(files),
    ...more,
  })
}

/** A cell that holds a text. */
export function textCell(text: string): string {
  return `<c t="inlineStr"><is><t>${text}</t></is></c>`
}

/** A row of up to four cells; its number counts from 1. */
export function sheetRow(number: number, ...cells: string[]): string {
  return `<row r="${number}">${cells.map((cell, i) => cell.replace('<c', `<c r="${'ABCD'[i]}${number}"`)).join('')}</row>`
}
