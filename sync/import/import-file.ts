import { csvRows } from '#shared/csv/csv-rows.ts'
import { understandCsv } from '#shared/csv/understand-csv.ts'
import type { FileLike, ImportMapping, ImportReading } from '#shared/replica-api/import.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { FileRows } from './file-rows.ts'
import { MAX_FILE_SIZE, readCsvFile } from './read-csv-file.ts'
import type { SheetInfo } from './read-xlsx.ts'

/** A file of customers, read whole once: what becomes of it on the disk meanwhile is no matter. */
export interface ImportFile {
  readonly fileName: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string
  readonly reading: ImportReading
  readonly encoding: string
  readonly sheet: string | null
  readonly sheets: readonly SheetInfo[]
  readonly delimiter: string
  /** The first row names the columns. */
  readonly hasHeader: boolean
  readonly headers: readonly string[]
  /** What the columns are suggested for. */
  readonly mapping: ImportMapping
  /** How sure each of them is, 0 to 1. */
  readonly confidence: readonly number[]
  readonly rows: FileRows
}

const CHUNK = 500

/** Takes the bytes of a file. Codes: `too_large`, `unreadable`. */
export async function readBytes(file: FileLike): Promise<Result<Uint8Array<ArrayBuffer>>> {
  if (file.size > MAX_FILE_SIZE) {
    return fail('too_large', 'The file is larger than 200 MB. Split it into several files and import them one by one.')
  }
  try {
    return ok(new Uint8Array(await file.arrayBuffer()))
  } catch {
    return fail('unreadable', 'The file could not be read, or changed meanwhile. Choose it again.')
  }
}

/** Understands bytes as a table. Codes: `empty`, `not_text`. */
export async function openImportFile(
  bytes: Uint8Array<ArrayBuffer>,
  fileName: string,
  reading: ImportReading = {},
): Promise<Result<ImportFile>> {
  const text = await readCsvFile({ size: bytes.length, arrayBuffer: async () => bytes.buffer }, reading)
  if (!text.ok) return text
  const shape = understandCsv(text.value.text, reading)
  if (!shape.ok) return shape
  const rows = new FileRows()
  const nextSlice = slices()
  for (const chunk of csvRows(shape.value.source, CHUNK)) {
    for (const row of chunk) rows.add(row)
    await nextSlice()
  }
  const { delimiter, headers, mapping, confidence, source } = shape.value
  const hasHeader = source.table?.headers != null
  const { encoding, sheet, sheets } = text.value
  const digest = await digestOf(bytes)
  return ok({
    fileName,
    bytes,
    digest,
    reading,
    encoding,
    sheet,
    sheets,
    delimiter,
    hasHeader,
    headers,
    mapping: [...mapping],
    confidence,
    rows,
  })
}

/** The fingerprint by which a file is known again. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
