import { type DecodedText, decodeText, type Encoding } from '#shared/csv/decode-text.ts'
import type { FileLike } from '#shared/replica-api/import.ts'
import { fail, type Result } from '#shared/util/result.ts'
import { platformDecode } from './platform-decode.ts'

/** Largest file that is read, in bytes: about two million customers. */
export const MAX_FILE_SIZE = 200 * 1024 * 1024

/** Reads a file as text. Codes: `too_large`, `unreadable`, `empty`, `not_text`. */
export async function readCsvFile(file: FileLike, encoding?: Encoding): Promise<Result<DecodedText>> {
  if (file.size > MAX_FILE_SIZE) {
    return fail('too_large', 'The file is larger than 200 MB. Split it into several files and import them one by one.')
  }
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch {
    return fail('unreadable', 'The file could not be read. Check that it is still there, and choose it again.')
  }
  return decodeText(bytes, platformDecode, encoding)
}
