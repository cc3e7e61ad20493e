import type { Steps } from './in-steps.ts'

/** Bytes that one step copies: about a millisecond. */
const STEP_BYTES = 1 << 20

/** The pieces as one, in their order. */
export function* joinBytes(pieces: readonly Uint8Array[]): Steps<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  let copied = 0
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; from += STEP_BYTES) {
      const part = piece.subarray(from, from + STEP_BYTES)
      bytes.set(part, at + from)
      copied += part.length
      if (copied < STEP_BYTES) continue
      copied = 0
      yield
    }
    at += piece.length
  }
  return bytes
}
