import { allowedEdits, prefixEditDistance } from './edit-distance.ts'
import { emailKeyWithOffsets } from './email-key.ts'
import { cachedSearchKeys, searchKeyWithOffsets } from './normalise.ts'
import type { Term } from './parse-query.ts'
import { phoneFit, phoneKey } from './phone-key.ts'
import { type Ranges, SEARCH_FIELDS, type SearchableCustomer, type SearchField, textOf } from './searchable-customer.ts'
import { typoFit } from './token-dictionary.ts'
import { eachCompound, eachEmailWord, listOf, type Word, wordsOf } from './tokenise.ts'

/** Where a term stands in a field. `edits` is 0 unless only a misspelling of it stands there. */
export interface FieldMatch {
  readonly field: SearchField
  readonly edits: number
  /** 0 to 1: to tell the best field of a term. */
  readonly fit: number
  readonly ranges: Ranges
}

/** A customer's texts as the matching reads them: the words of each field with their keys, worked out once. */
export interface ReadCustomer {
  readonly text: (field: SearchField) => string
  readonly words: (field: SearchField) => readonly KeyedWord[]
}
interface KeyedWord extends Word {
  readonly keys: readonly string[]
}

/** Reads a customer for `matchTerm`. */
export function readCustomer(customer: SearchableCustomer): ReadCustomer {
  const words: Partial<Record<SearchField, readonly KeyedWord[]>> = {}
  const text = (field: SearchField) => textOf(customer, field)
  return {
    text,
    words: (field) => {
      words[field] ??= wordsIn(field, text(field)).map((word) => ({
        ...word,
        keys: cachedSearchKeys(word.text),
      }))
      return words[field]
    },
  }
}

/** Finds a term in all fields of a customer. Misspellings are looked for only where nothing else fits. */
export function matchTerm(term: Term, customer: ReadCustomer): FieldMatch[] {
  for (const misspelt of [false, true]) {
    const matches = SEARCH_FIELDS.flatMap((field) => matchIn(term, field, customer, misspelt) ?? [])
    if (matches.length > 0) return matches
  }
  // As in the index: what no phone or address has is looked for word by word.
  if (term.kind === 'phone') return term.numbers.flatMap((part) => matchTerm(part, customer))
  if (term.kind === 'email') return term.words.flatMap((part) => matchTerm(part, customer))
  return []
}

function matchIn(term: Term, field: SearchField, customer: ReadCustomer, misspelt: boolean): FieldMatch | null {
  const text = customer.text(field)
  if (text === '') return null
  switch (term.kind) {
    case 'phone':
      return field === 'phone' && !misspelt ? matchPhone(term.digits, text) : null
    case 'email':
      if (field !== 'email') return null
      return misspelt ? matchMisspeltEmail(term.piece, text) : matchEmail(term.piece, text)
    case 'number':
      if (misspelt) return null
      if (field !== 'phone') return matchWords([term.key], field, customer)
      return term.digits.length >= 3 ? matchPhone(term.digits, text) : null
    case 'word':
      if (field === 'phone') return null
      if (misspelt) return matchMisspeltWords(term.keys, field, customer)
      return matchWords(term.keys, field, customer) ?? (field === 'email' ? matchEmail(term.piece, text) : null)
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

function matchWords(typed: readonly string[], field: SearchField, customer: ReadCustomer): FieldMatch | null {
  const ranges: Ranges = []
  let fit = 0
  for (const word of customer.words(field)) {
    const key = typed.find((one) => word.keys.some((stored) => stored.startsWith(one)))
    if (key === undefined) continue
    const isWhole = word.keys.includes(key)
    ranges.push(rangeOf(word, isWhole ? null : key.length))
    fit = Math.max(fit, isWhole ? 1 : 0.9)
  }
  return ranges.length === 0 ? null : { field, edits: 0, fit, ranges }
}

/** The word with the fewest typing errors. */
function matchMisspeltWords(typed: readonly string[], field: SearchField, customer: ReadCustomer): FieldMatch | null {
  const allowed = allowedEdits(typed[0]?.length ?? 0)
  if (allowed === 0) return null
  let best: FieldMatch | null = null
  for (const word of customer.words(field)) {
    for (const key of typed) {
      for (const stored of word.keys) {
        const typo = typoFit(key, stored, allowed)
        if (typo === null || (best !== null && typo.distance >= best.edits)) continue
        const range = rangeOf(word, typo.prefix > 0 ? typo.prefix : null)
        best = { field, edits: typo.distance, fit: 0.6, ranges: [range] }
      }
    }
  }
  return best
}

/** The same words that the index has of a field. */
function wordsIn(field: SearchField, text: string): Word[] {
  if (field === 'email') return listOf(eachEmailWord, text)
  return field === 'name' ? [...wordsOf(text), ...listOf(eachCompound, text)] : wordsOf(text)
}

/** The part of a word that the first `letters` of its key stand for; null: all of it. */
function rangeOf(word: Word, letters: number | null): [number, number] {
  const end = letters === null ? undefined : searchKeyWithOffsets(word.text).ends[letters - 1]
  return [word.start, end === undefined ? word.end : word.start + end]
}
