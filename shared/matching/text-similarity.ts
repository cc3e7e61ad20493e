import { distance } from 'fastest-levenshtein'

/** How alike two keys are: the same, one typing error or so apart, loosely alike, or not. */
export type Likeness = 'same' | 'typo' | 'alike' | 'different'

/** Compares two keys that aren't empty. */
export function likeness(a: string, b: string): Likeness {
  if (a === b) return 'same'
  const longest = Math.max(a.length, b.length)
  const mostEdits = Math.max(1, Math.floor(longest / 3))
  // Cheaper than the distance, and decides nearly all pairs: an edit changes two letters at most.
  if (Math.abs(a.length - b.length) > mostEdits) return 'different'
  const others = lettersOf(a) ^ lettersOf(b)
  if (others !== 0 && bitsOf(others) > 2 * mostEdits) return 'different'
  const edits = distance(a, b)
  if (edits <= typosAllowed(longest) || (edits === 2 && longest > 2 && areTransposed(a, b))) return 'typo'
  return edits <= mostEdits || (others === 0 && haveSameLetters(a, b)) ? 'alike' : 'different'
}

/** The letters (and digits, some together) that occur in a key, one bit each. */
function lettersOf(key: string): number {
  let letters = 0
  for (let i = 0; i < key.length; i++) letters |= 1 << (key.charCodeAt(i) & 31)
  return letters
}

function bitsOf(mask: number): number {
  let bits = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits++
  return bits
}

/** Edits that are still a slip of the fingers in a word of so many letters. */
function typosAllowed(length: number): number {
  if (length < 3) return 0
  return length < 8 ? 1 : length < 13 ? 2 : 3
}

/** Whether several letters were mixed up: Caitiln and Acitlin. */
function haveSameLetters(a: string, b: string): boolean {
  return a.length === b.length && a.length > 3 && [...a].sort().join('') === [...b].sort().join('')
}

/** Whether two neighbours swapped is all the difference; the edit distance counts that as two. */
export function areTransposed(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
}

/** Whether two numbers (digits, perhaps a letter) differ by one digit or by two neighbours swapped. */
export function areNearNumbers(a: string, b: string): boolean {
  return Math.max(a.length, b.length) > 1 && (isOneEditApart(a, b) || areTransposed(a, b))
}

/** Whether the edit distance is 1 at most, told in one pass: numbers are compared by the million. */
function isOneEditApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let i = 0
  while (i < short.length && short.charCodeAt(i) === long.charCodeAt(i)) i++
  // What follows the first difference must be the same, with that digit replaced or left out.
  let j = long.length === short.length ? i + 1 : i
  for (i++; i < long.length; i++, j++) if (long.charCodeAt(i) !== short.charCodeAt(j)) return false
  return true
}
