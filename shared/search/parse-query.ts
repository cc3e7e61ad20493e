import { emailKey } from './email-key.ts'
import { searchKey, typedKeys } from './normalise.ts'
import { type PhoneDigits, phoneDigits } from './phone-key.ts'
import { wordsOf } from './tokenise.ts'

/** A word. */
export interface WordTerm {
  readonly kind: 'word'
  /** Its spellings, the usual one first. */
  readonly keys: readonly string[]
  /** What may stand anywhere in an e-mail address; `''` when too short. */
  readonly piece: string
  /** The same of all that was typed with it without a blank; `''`: nothing was. */
  readonly chunkPiece: string
  /** The word in one piece with the one before or behind it: Anna Maria may be written Annamaria. */
  readonly joined: readonly string[]
}

/** One thing that a customer must have to be found. */
export type Term =
  | WordTerm
  /**
   * A short number: house number, postcode, or digits of a phone number; `whole` are its digits with
   * those of its neighbours, `chunkPiece` as of a word.
   */
  | {
      readonly kind: 'number'
      readonly key: string
      readonly digits: PhoneDigits
      readonly whole: PhoneDigits
      readonly chunkPiece: string
    }
  /** A phone number, or a good part of one; `numbers` are its groups, should no phone have them. */
  | { readonly kind: 'phone'; readonly digits: PhoneDigits; readonly numbers: readonly Term[] }
  /** Something with an `@`; `words` are its words, should no address have it. */
  | { readonly kind: 'email'; readonly piece: string; readonly words: readonly Term[] }

/** More terms than anybody types; the rest is ignored so that pasted text can't stall the search. */
const MAX_TERMS = 8
const MIN_PHONE_DIGITS = 6
const MIN_PIECE = 3
/** Fewest letters of two words for being looked for as one. */
const MIN_JOINED = 6
/** Fewest digits after a `+` or `(`, which only phone numbers begin with. */
const MIN_MARKED_DIGITS = 3

/** Reads what was typed: words, numbers, phone numbers in any format, (parts of) e-mail addresses. */
export function parseQuery(query: string): Term[] {
  const terms: Term[] = []
  const chunks = query.split(/[\s,;]+/).filter((chunk) => chunk !== '')
  for (let i = 0; i < chunks.length && terms.length < MAX_TERMS; i++) {
    const chunk = chunks[i] ?? ''
    if (/^[+(\d][\d+()\-/.]*$/.test(chunk)) {
      let end = i + 1
      while (/^[\d()\-/.]+$/.test(chunks[end] ?? '')) end++
      const group = chunks.slice(i, end)
      terms.push(...numericTerms(group))
      i = end - 1
    } else if (chunk.includes('@')) terms.push(emailTerm(chunk))
    else terms.push(...wordTerms(chunk))
  }
  return withJoined(terms.slice(0, MAX_TERMS))
}

/** Tells each word what it is together with its neighbours. */
function withJoined(terms: readonly Term[]): Term[] {
  const together = (at: number): string[] => {
    const [first, second] = [terms[at], terms[at + 1]]
    if (first?.kind !== 'word' || second?.kind !== 'word') return []
    const joined = `${first.keys[0]}${second.keys[0]}`
    return joined.length >= MIN_JOINED ? [joined] : []
  }
  return terms.map((term, at) =>
    term.kind === 'word' ? { ...term, joined: [...together(at - 1), ...together(at)] } : term,
  )
}

function numericTerms(group: readonly string[]): Term[] {
  const text = group.join(' ')
  const digits = phoneDigits(text)
  const numbers = group.flatMap((chunk) => wordsOf(chunk).map((word) => numberTerm(word.text, digits, '')))
  const typed = text.replace(/\D/g, '').length
  // "12 4053" is a house number and a postcode, not a phone number.
  const looksLikeAddress = group.length === 2 && typed <= 8 && !/[+(]/.test(text)
  const enough = /^[+(]/.test(text) ? MIN_MARKED_DIGITS : MIN_PHONE_DIGITS
  if (typed < enough || digits.bare.length < MIN_MARKED_DIGITS || looksLikeAddress) return numbers
  return [{ kind: 'phone', digits, numbers }]
}

function numberTerm(text: string, whole: PhoneDigits, chunkPiece: string): Term {
  return { kind: 'number', key: searchKey(text), digits: phoneDigits(text), whole, chunkPiece }
}

function emailTerm(chunk: string): Term {
  return { kind: 'email', piece: emailKey(chunk), words: wordTerms(chunk) }
}

function wordTerms(chunk: string): Term[] {
  const words = wordsOf(chunk)
  // "anna.schmidt87" may be a part of an address as it is.
  const chunkPiece = words.length > 1 ? emailKey(chunk) : ''
  return words.flatMap((word): Term[] => {
    const keys = typedKeys(word.text)
    const [key] = keys
    if (key === undefined) return []
    if (/^\d+$/.test(key)) return [numberTerm(word.text, phoneDigits(word.text), chunkPiece)]
    return [{ kind: 'word', keys, piece: key.length < MIN_PIECE ? '' : key, chunkPiece, joined: [] }]
  })
}
