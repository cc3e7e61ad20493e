/** A word of a text, with its half-open range of UTF-16 offsets. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Told the half-open range of UTF-16 offsets of each word: who indexes 100,000 texts does not want a string of each. */
type RangeVisitor = (start: number, end: number) => void

const COMPOUND = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)+/gu
/** Words that belong to the surname behind them: van der Berg may be typed as one word. */
const PARTICLES = 'al|da|de|del|della|den|der|di|du|el|la|le|mac|mc|o|ten|ter|van|vom|von|zu|zum|zur'
const PARTICLE = new RegExp(`(?<![\\p{L}])(?:${PARTICLES})\\s`, 'iu')
const WITH_PARTICLES = new RegExp(`(?<![\\p{L}])(?:(?:${PARTICLES})\\s+)+[\\p{L}\\p{N}\\p{M}]+`, 'giu')

/** Visits the words of a text in order: runs of letters and digits of any script. */
export function eachWord(text: string, visit: RangeVisitor): void {
  eachRun(text, LETTER | DIGIT, 1, visit)
}

/**
 * Visits compounds such as Jean-Pierre, O'Brien and van der Berg as one word each, besides their parts,
 * so that "jeanpierre", "obrien" and "vanderberg" find them too.
 */
export function eachCompound(text: string, visit: RangeVisitor): void {
  if (/['’-]/.test(text)) eachMatch(text, COMPOUND, visit)
  if (PARTICLE.test(text)) eachMatch(text, WITH_PARTICLES, visit)
}

/**
 * Visits the words of an e-mail address: its runs of letters, without digits, since `schmidt87` would
 * be a word of the dictionary for every number there is.
 */
export function eachEmailWord(email: string, visit: RangeVisitor): void {
  eachRun(email, LETTER, 2, visit)
}

/** What a visiting function visits, as a list. */
export function listOf(each: (text: string, visit: RangeVisitor) => void, text: string): Word[] {
  const words: Word[] = []
  each(text, (start, end) => words.push({ text: text.slice(start, end), start, end }))
  return words
}

/** The words of a text in order. */
export function wordsOf(text: string): Word[] {
  return listOf(eachWord, text)
}

const UNKNOWN = 0
const LETTER = 1
const DIGIT = 2
const NEITHER = 4
/** What each UTF-16 unit is, found out when it first comes: a fifth of the time of a pattern. */
const KINDS = new Uint8Array(0x1_0000)

/** Visits the longest runs of characters of some kinds. */
function eachRun(text: string, kinds: number, minLength: number, visit: RangeVisitor): void {
  let start = -1
  for (let i = 0; i < text.length; i++) {
    let kind = KINDS[text.charCodeAt(i)] as number
    if (kind === UNKNOWN) kind = findKind(text, i)
    if ((kind & kinds) !== 0) {
      if (start < 0) start = i
    } else if (start >= 0) {
      if (i - start >= minLength) visit(start, i)
      start = -1
    }
  }
  if (start >= 0 && text.length - start >= minLength) visit(start, text.length)
}

/** What the character is that a UTF-16 unit belongs to: a letter (with its marks), a digit, or neither. */
function findKind(text: string, at: number): number {
  const isSecondHalf = /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1))
  const character = String.fromCodePoint(text.codePointAt(isSecondHalf ? at - 1 : at) ?? 0)
  const kind = /[\p{L}\p{M}]/u.test(character) ? LETTER : /\p{N}/u.test(character) ? DIGIT : NEITHER
  // Halves of a pair are told by the pair.
  if (!/[\uD800-\uDFFF]/.test(text.charAt(at))) KINDS[text.charCodeAt(at)] = kind
  return kind
}

function eachMatch(text: string, pattern: RegExp, visit: RangeVisitor): void {
  for (const match of text.matchAll(pattern)) visit(match.index, match.index + match[0].length)
}

/** Whether a text has ASCII characters only. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
