import type { Decode } from '#shared/csv/decode-text.ts'

/** The platform's TextDecoder behind the signature that `shared/csv` asks for. */
export const platformDecode: Decode = (bytes, encoding, strict) => {
  try {
    return new TextDecoder(encoding, { fatal: strict, ignoreBOM: true }).decode(bytes)
  } catch {
    // Bytes that are not valid in this encoding: an answer here, not an error.
    return null
  }
}
