/** Crockford's alphabet: no I, L, O or U, so that nobody misreads a letter for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 5
const GROUP_LENGTH = 5

/** A passphrase of 125 random bits, in groups for people: `7KQ2M-…`. */
export function makePassphrase(): string {
  // 32 letters divide 256 evenly: each is as likely as any other.
  const letters = [...crypto.getRandomValues(new Uint8Array(GROUPS * GROUP_LENGTH))].map((byte) => ALPHABET[byte % 32])
  const group = (at: number) => letters.slice(at * GROUP_LENGTH, (at + 1) * GROUP_LENGTH).join('')
  return Array.from({ length: GROUPS }, (_, at) => group(at)).join('-')
}
