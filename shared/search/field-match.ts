import { allowedEdits, prefixEditDistance } from './edit-distance.ts'
import { emailKeyWithOffsets } from './email-key.ts'
import { searchKeyWithOffsets } from './normalise.ts'
import type { Term } from './parse-query.ts'
import { phoneFit, phoneKey } from './phone-key.ts'
import { type Ranges, SEARCH_FIELDS, type SearchableCustomer, type SearchField, textOf } from './searchable-customer.ts'
import { typoFit } from './token-dictionary.ts'
import { compoundsOf, emailWordsOf, type Word, wordsOf } from './tokenise.ts'

/** Where a term stands in a field. `edits` is 0 unless only a misspelling of it stands there. */
export interface FieldMatch {
  readonly field: SearchField
  readonly edits: number
  /** 0 to 1: to tell the best field of a term. */
  readonly fit: number
  readonly ranges: Ranges
}

/** Finds a term in all fields of a customer. Misspellings count only where nothing else fits. */
export function matchTerm(term: Term, customer: SearchableCustomer): FieldMatch[] {
  const matches = SEARCH_FIELDS.flatMap((field) => matchIn(term, field, textOf(customer, field)) ?? [])
  const plain = matches.filter((match) => match.edits === 0)
  if (plain.length > 0) return plain
  if (matches.length > 0) return matches
  // As in the index: what no phone or address has is looked for word by word.
  if (term.kind === 'phone') return term.numbers.flatMap((part) => matchTerm(part, customer))
  if (term.kind === 'email') return term.words.flatMap((part) => matchTerm(part, customer))
  return []
}

function matchIn(term: Term, field: SearchField, text: string): FieldMatch | null {
  if (text === '') return null
  switch (term.kind) {
    case 'phone':
      return field === 'phone' ? matchPhone(term.digits, text) : null
    case 'email':
      return field === 'email' ? (matchEmail(term.piece, text) ?? matchMisspeltEmail(term.piece, text)) : null
    case 'number':
      if (field === 'phone') return term.digits.length >= 3 ? matchPhone(term.digits, text) : null
      return matchWords(term.key, field, text, 0)
    case 'word': {
      if (field === 'phone') return null
      const words = matchWords(term.key, field, text, allowedEdits(term.key.length))
      if (field !== 'email' || term.piece === '' || words?.edits === 0) return words
      return matchEmail(term.piece, text) ?? words
    }
  }
}

function matchPhone(digits: string, text: string): FieldMatch | null {
  const stored = phoneKey(text)
  const fit = phoneFit(digits, stored.digits)
  if (fit === 0) return null
  const at = Math.max(0, stored.digits.indexOf(digits))
  const length = Math.min(digits.length, stored.digits.length)
  const start = stored.offsets[at] ?? 0
  const end = (stored.offsets[at + length - 1] ?? 0) + 1
  return { field: 'phone', edits: 0, fit, ranges: [[start, end]] }
}

function matchEmail(piece: string, text: string): FieldMatch | null {
  if (piece.length < 3) return null
  const { key, starts, ends } = emailKeyWithOffsets(text)
  const at = key.indexOf(piece)
  if (at < 0) return null
  return { field: 'email', edits: 0, fit: 0.8, ranges: [[starts[at] ?? 0, ends[at + piece.length - 1] ?? 0]] }
}

function matchMisspeltEmail(piece: string, text: string): FieldMatch | null {
  const { key, ends } = emailKeyWithOffsets(text)
  const fit = prefixEditDistance(piece, key, allowedEdits(piece.length))
  if (fit === null || fit.distance === 0) return null
  return { field: 'email', edits: fit.distance, fit: 0.6, ranges: [[0, ends[fit.length - 1] ?? 0]] }
}

function matchWords(key: string, field: SearchField, text: string, maxEdits: number): FieldMatch | null {
  const plain: Ranges = []
  let fit = 0
  let misspelt: { readonly edits: number; readonly range: [number, number] } | null = null
  for (const word of wordsIn(field, text)) {
    const stored = searchKeyWithOffsets(word.text)
    if (stored.key.startsWith(key)) {
      plain.push(rangeOf(word, stored.ends[key.length - 1]))
      fit = Math.max(fit, stored.key === key ? 1 : 0.9)
    } else if (maxEdits > 0 && plain.length === 0) {
      const typo = typoFit(key, stored.key, maxEdits)
      if (typo !== null && (misspelt === null || typo.distance < misspelt.edits)) {
        const end = typo.prefix > 0 ? stored.ends[typo.prefix - 1] : undefined
        misspelt = { edits: typo.distance, range: rangeOf(word, end) }
      }
    }
  }
  if (plain.length > 0) return { field, edits: 0, fit, ranges: plain }
  if (misspelt !== null) return { field, edits: misspelt.edits, fit: 0.6, ranges: [misspelt.range] }
  return null
}

/** The same words that the index has of a field. */
function wordsIn(field: SearchField, text: string): Word[] {
  if (field === 'email') return emailWordsOf(text)
  return field === 'name' ? [...wordsOf(text), ...compoundsOf(text)] : wordsOf(text)
}

/** The word up to an offset in it; the whole word where there is none. */
function rangeOf(word: Word, end: number | undefined): [number, number] {
  return [word.start, end === undefined ? word.end : word.start + end]
}
