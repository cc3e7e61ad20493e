/** A word of a text, with its half-open range of UTF-16 offsets. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const COMPOUND = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)+/gu

/** The words of a text in order: runs of letters and digits of any script. */
export function wordsOf(text: string): Word[] {
  return matches(text, WORD)
}

/**
 * Compounds such as Jean-Pierre and O'Brien as one word each, besides their parts, so that
 * "jeanpierre" and "obrien" find them too.
 */
export function compoundsOf(text: string): Word[] {
  return /['’-]/.test(text) ? matches(text, COMPOUND) : []
}

const LETTERS = /[\p{L}\p{M}]{2,}/gu

/**
 * The words of an e-mail address: its runs of letters, without digits, since `schmidt87` would be a
 * word of the dictionary for every number there is.
 */
export function emailWordsOf(email: string): Word[] {
  return matches(email, LETTERS)
}

function matches(text: string, pattern: RegExp): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(pattern)) {
    words.push({ text: match[0], start: match.index, end: match.index + match[0].length })
  }
  return words
}
