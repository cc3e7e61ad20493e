/** A word of a text, with its half-open range of UTF-16 offsets. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

type WordVisitor = (text: string, start: number, end: number) => void

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const COMPOUND = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)+/gu
/** Words that belong to the surname behind them: van der Berg may be typed as one word. */
const PARTICLES = 'al|da|de|del|della|den|der|di|du|el|la|le|mac|mc|o|ten|ter|van|vom|von|zu|zum|zur'
const PARTICLE = new RegExp(`(?<![\\p{L}])(?:${PARTICLES})\\s`, 'iu')
const WITH_PARTICLES = new RegExp(`(?<![\\p{L}])(?:(?:${PARTICLES})\\s+)+[\\p{L}\\p{N}\\p{M}]+`, 'giu')
const LETTERS = /[\p{L}\p{M}]{2,}/gu

/** Visits the words of a text in order: runs of letters and digits of any script. */
export function eachWord(text: string, visit: WordVisitor): void {
  if (isAscii(text)) eachRun(text, LETTER | DIGIT, 1, visit)
  else eachMatch(text, WORD, visit)
}

/**
 * Visits compounds such as Jean-Pierre, O'Brien and van der Berg as one word each, besides their parts,
 * so that "jeanpierre", "obrien" and "vanderberg" find them too.
 */
export function eachCompound(text: string, visit: WordVisitor): void {
  if (/['’-]/.test(text)) eachMatch(text, COMPOUND, visit)
  if (PARTICLE.test(text)) eachMatch(text, WITH_PARTICLES, visit)
}

/**
 * Visits the words of an e-mail address: its runs of letters, without digits, since `schmidt87` would
 * be a word of the dictionary for every number there is.
 */
export function eachEmailWord(email: string, visit: WordVisitor): void {
  if (isAscii(email)) eachRun(email, LETTER, 2, visit)
  else eachMatch(email, LETTERS, visit)
}

/** What a visiting function visits, as a list. */
export function listOf(each: (text: string, visit: WordVisitor) => void, text: string): Word[] {
  const words: Word[] = []
  each(text, (word, start, end) => words.push({ text: word, start, end }))
  return words
}

/** The words of a text in order. */
export function wordsOf(text: string): Word[] {
  return listOf(eachWord, text)
}

const LETTER = 1
const DIGIT = 2
/** What each ASCII character is. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[a-z]/i.test(character)) return LETTER
  return /\d/.test(character) ? DIGIT : 0
})

/** Runs of ASCII characters of some kinds: a tenth of the time of a pattern, and most texts are ASCII. */
function eachRun(text: string, kinds: number, minLength: number, visit: WordVisitor): void {
  let start = -1
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && ((KINDS[text.charCodeAt(i)] as number) & kinds) !== 0) {
      if (start < 0) start = i
    } else if (start >= 0) {
      if (i - start >= minLength) visit(text.slice(start, i), start, i)
      start = -1
    }
  }
}

function eachMatch(text: string, pattern: RegExp, visit: WordVisitor): void {
  for (const match of text.matchAll(pattern)) visit(match[0], match.index, match.index + match[0].length)
}

/** Whether a text has ASCII characters only. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
