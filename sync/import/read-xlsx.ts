import readXlsxFile from 'read-excel-file/universal'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { unpackXlsx } from './unpack-xlsx.ts'

/** A sheet of a workbook; `rows`: those that are not empty. */
export interface SheetInfo {
  readonly name: string
  readonly rows: number
}

/** A workbook as a table. */
export interface ReadWorkbook {
  readonly text: string
  /** The sheet that was read. */
  readonly sheet: string
  readonly sheets: readonly SheetInfo[]
}

/**
 * Reads a sheet of a workbook (xlsx), else the first that is not empty, as CSV text: values as they show,
 * dates as ISO 8601, of formulas the value that was saved. Codes: `not_text`, `too_large`, `empty`.
 */
export async function readXlsx(bytes: Uint8Array, wanted?: string): Promise<Result<ReadWorkbook>> {
  const unpacked = unpackXlsx(bytes)
  if (!unpacked.ok) return unpacked
  let sheets: Awaited<ReturnType<typeof readXlsxFile>>
  try {
    sheets = await readXlsxFile(unpacked.value)
  } catch {
    return fail('not_text', 'This Excel file could not be read. Save the list as CSV and import that file.')
  }
  const known = sheets.map(({ sheet: name, data }) => ({ name, rows: data.filter(isFilled).length }))
  const name = (known.find((one) => one.name === wanted) ?? known.find(({ rows }) => rows > 0))?.name
  const sheet = sheets.find((one) => one.sheet === name && one.data.some(isFilled))
  if (sheet === undefined) {
    return name === undefined
      ? fail('empty', 'The workbook is empty. Choose one with customers in it.')
      : fail('empty', `The sheet “${name}” is empty. Choose another one.`)
  }
  // All in quotes: nothing in a cell is taken for a separator or a formula.
  const lines = sheet.data.map((row) => row.map((cell) => `"${textOf(cell).replaceAll('"', '""')}"`).join(','))
  return ok({ text: lines.join('\n'), sheet: sheet.sheet, sheets: known })
}

function isFilled(row: readonly unknown[]): boolean {
  return row.some((cell) => cell !== null)
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    const iso = cell.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
  }
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  // `_x0000_` is a zero byte, which no text has.
  return String(cell).replace(/\r\n?/g, '\n').replaceAll('\0', '')
}
