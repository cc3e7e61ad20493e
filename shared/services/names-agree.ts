import { distance } from 'fastest-levenshtein'
import { searchKey } from '../search/normalise.ts'

/** Longer words are compared as they are. */
const MAX_LETTERS = 40

/**
 * Whether two spellings can be one person's: every word of the shorter one is in the longer one, as it
 * is, as an initial, or with one typing error. The rule of `private.names_agree` of the database.
 */
export function namesAgree(a: string, b: string): boolean {
  const [short, long] = [nameWords(a), nameWords(b)].sort((one, other) => one.length - other.length)
  if (short === undefined || long === undefined || short.length === 0) return true
  return short.every((word) =>
    long.some(
      (other) =>
        other === word ||
        (word.length === 1 && other.startsWith(word) && !short.includes(other)) ||
        (other.length === 1 && word.startsWith(other) && !long.includes(word)) ||
        isMistyped(word, other),
    ),
  )
}

function nameWords(name: string): string[] {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .map(searchKey)
    .filter((word) => word !== '')
}

function isMistyped(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 3 || Math.max(a.length, b.length) > MAX_LETTERS) return false
  const edits = distance(a, b)
  // Two letters swapped: two edits, but the same letters.
  return edits <= 1 || (edits === 2 && [...a].sort().join('') === [...b].sort().join(''))
}
