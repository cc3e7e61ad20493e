import { decodeText, type Encoding } from '#shared/csv/decode-text.ts'
import type { FileLike, ImportReading } from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { platformDecode } from './platform-decode.ts'
import { readXlsx, type SheetInfo } from './read-xlsx.ts'

/** Largest file that is read, in bytes: about two million customers. */
export const MAX_FILE_SIZE = 200 * 1024 * 1024

/** A file as text, whose line ends are `\n`. */
export interface TableText {
  readonly text: string
  readonly encoding: Encoding | 'xlsx'
  /** Of a workbook: the sheet that was read, and all of them. */
  readonly sheet: string | null
  readonly sheets: readonly SheetInfo[]
}

/** Reads a file, a CSV or a workbook (xlsx), as text. Codes: `too_large`, `unreadable`, `empty`, `not_text`. */
export async function readCsvFile(file: FileLike, reading: ImportReading = {}): Promise<Result<TableText>> {
  if (file.size > MAX_FILE_SIZE) {
    return fail('too_large', 'The file is larger than 200 MB. Split it into several files and import them one by one.')
  }
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch {
    return fail('unreadable', 'The file could not be read. Check that it is still there, and choose it again.')
  }
  if (!ZIP.every((byte, i) => bytes[i] === byte)) {
    const text = decodeText(bytes, platformDecode, reading.encoding)
    return text.ok ? ok({ ...text.value, sheet: null, sheets: [] }) : text
  }
  const workbook = await readXlsx(bytes, reading.sheet)
  return workbook.ok ? ok({ ...workbook.value, encoding: 'xlsx' }) : workbook
}

/** The first bytes of a workbook: it is a ZIP. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]
