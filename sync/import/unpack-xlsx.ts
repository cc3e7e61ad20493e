import { Unzip, UnzipInflate, zipSync } from 'fflate'
import { fail, ok, type Result } from '#shared/util/result.ts'

/** Limits of a workbook: what a list of two million customers needs, and no bomb. */
export interface UnpackLimits {
  readonly entries: number
  /** Bytes, all files of it together. */
  readonly inflated: number
  /** Inflated by packed size, once there is more than a little of it. */
  readonly ratio: number
}

const LIMITS: UnpackLimits = { entries: 2_000, inflated: 400 * 1024 * 1024, ratio: 300 }
/** Packed bytes that are inflated at a time: at most a thousand times as many come out of them. */
const STEP = 16 * 1024
const LITTLE = 10 * 1024 * 1024

/**
 * Takes a workbook (xlsx) apart and answers it again as a ZIP in which nothing is packed: what reads
 * it next can't be made to inflate anything, and needs no worker of its own for it. What is declared
 * about sizes is not believed: the bytes that come out are counted. Codes: `not_text` (no workbook),
 * `too_large`.
 */
export function unpackXlsx(bytes: Uint8Array, limits: UnpackLimits = LIMITS): Result<ArrayBuffer> {
  const files: Record<string, Uint8Array[]> = {}
  let entries = 0
  let inflated = 0
  let fault: string | null = null
  const unzip = new Unzip((file) => {
    entries++
    if (!/^xl\/.*\.(xml|rels)$|^_rels\/|^\[Content_Types\]/.test(file.name)) return
    const pieces: Uint8Array[] = []
    files[file.name] = pieces
    file.ondata = (error, piece) => {
      if (error !== null) fault = BROKEN
      else pieces.push(piece)
      inflated += piece?.length ?? 0
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length && fault === null; at += STEP) {
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length)
      const isBomb = inflated > limits.inflated || (inflated > LITTLE && inflated > (at + STEP) * limits.ratio)
      if (isBomb || entries > limits.entries) return fail('too_large', TOO_LARGE)
    }
  } catch {
    fault = BROKEN
  }
  if (fault !== null) return fail('not_text', fault)
  if (files['xl/workbook.xml'] === undefined) {
    return fail(
      'not_text',
      'This is a ZIP file or another kind of spreadsheet, not a CSV or xlsx. Save it as CSV or xlsx.',
    )
  }
  const whole = Object.fromEntries(Object.entries(files).map(([name, pieces]) => [name, joined(pieces)]))
  const zip = zipSync(whole, { level: 0 })
  return ok(zip.buffer.slice(zip.byteOffset, zip.byteOffset + zip.byteLength))
}

const BROKEN = 'This Excel file is damaged. Open it in Excel, save it again or as CSV, and import that file.'
const TOO_LARGE = 'This Excel file holds far more than it seems to. Save the list of customers alone as CSV.'

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
