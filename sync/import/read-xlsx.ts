import readXlsxFile from 'read-excel-file/universal'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { unpackXlsx } from './unpack-xlsx.ts'

/**
 * Reads the first sheet of a workbook (xlsx) that is not empty, as CSV text: values as they show,
 * dates as ISO 8601, of formulas the value that was saved. Codes: `not_text`, `too_large`, `empty`.
 */
export async function readXlsx(bytes: Uint8Array): Promise<Result<string>> {
  const unpacked = unpackXlsx(bytes)
  if (!unpacked.ok) return unpacked
  let sheets: Awaited<ReturnType<typeof readXlsxFile>>
  try {
    sheets = await readXlsxFile(unpacked.value)
  } catch {
    return fail('not_text', 'This Excel file could not be read. Save the list as CSV and import that file.')
  }
  const sheet = sheets.find(({ data }) => data.some((row) => row.some((cell) => cell !== null)))
  if (sheet === undefined) return fail('empty', 'The workbook is empty. Choose one with customers in it.')
  // All in quotes: nothing in a cell is taken for a separator or a formula.
  const lines = sheet.data.map((row) => row.map((cell) => `"${textOf(cell).replaceAll('"', '""')}"`).join(','))
  return ok(lines.join('\n'))
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    const iso = cell.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
  }
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return String(cell).replace(/\r\n?/g, '\n')
}
