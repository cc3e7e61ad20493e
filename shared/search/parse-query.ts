import { emailKey } from './email-key.ts'
import { searchKey, searchKeys } from './normalise.ts'
import { phoneKey } from './phone-key.ts'
import { wordsOf } from './tokenise.ts'

/** One thing that a customer must have to be found. */
export type Term =
  /** A word in its spellings, the usual one first; `piece` may stand anywhere in an e-mail address, `''` when too short. */
  | { readonly kind: 'word'; readonly keys: readonly string[]; readonly piece: string }
  /** A short number: house number, postcode, or digits of a phone number. */
  | { readonly kind: 'number'; readonly key: string; readonly digits: string }
  /** A phone number, or a good part of one; `numbers` are its groups, should no phone have them. */
  | { readonly kind: 'phone'; readonly digits: string; readonly numbers: readonly Term[] }
  /** Something with an `@`; `words` are its words, should no address have it. */
  | { readonly kind: 'email'; readonly piece: string; readonly words: readonly Term[] }

/** More terms than anybody types; the rest is ignored so that pasted text can't stall the search. */
const MAX_TERMS = 8
const MIN_PHONE_DIGITS = 6
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
  return terms.slice(0, MAX_TERMS)
}

function numericTerms(group: readonly string[]): Term[] {
  const text = group.join(' ')
  const numbers = group.flatMap((chunk) => wordsOf(chunk).map((word) => numberTerm(word.text)))
  const { digits } = phoneKey(text)
  const typed = text.replace(/\D/g, '').length
  // "12 4053" is a house number and a postcode, not a phone number.
  const looksLikeAddress = group.length === 2 && typed <= 8 && !/[+(]/.test(text)
  const enough = /^[+(]/.test(text) ? MIN_MARKED_DIGITS : MIN_PHONE_DIGITS
  if (typed < enough || digits.length < MIN_MARKED_DIGITS || looksLikeAddress) return numbers
  return [{ kind: 'phone', digits, numbers }]
}

function numberTerm(text: string): Term {
  return { kind: 'number', key: searchKey(text), digits: phoneKey(text).digits }
}

function emailTerm(chunk: string): Term {
  return { kind: 'email', piece: emailKey(chunk), words: wordTerms(chunk) }
}

function wordTerms(chunk: string): Term[] {
  return wordsOf(chunk).flatMap((word): Term[] => {
    const keys = searchKeys(word.text)
    const [key] = keys
    if (key === undefined) return []
    if (/^\d+$/.test(key)) return [numberTerm(word.text)]
    return [{ kind: 'word', keys, piece: key.length >= 3 ? key : '' }]
  })
}
