import { allowedEdits, prefixEditDistance } from './edit-distance.ts'
import { emailKeyWithOffsets } from './email-key.ts'
import { cachedSearchKeys, searchKeyWithOffsets } from './normalise.ts'
import type { Term, WordTerm } from './parse-query.ts'
import { type PhoneDigits, phoneFit, phoneKey } from './phone-key.ts'
import { type Ranges, SEARCH_FIELDS, type SearchableCustomer, type SearchField, textOf } from './searchable-customer.ts'
import { soundKey } from './sound-key.ts'
import { splitsOf } from './split-word.ts'
import { typoFit } from './token-dictionary.ts'
import { eachCompound, eachEmailWord, listOf, type Word, wordsOf } from './tokenise.ts'
import { type AliasKind, aliasesOf } from './word-aliases.ts'

/** Fewest digits that are looked for in phone numbers. */
const MIN_PHONE_PIECE = 3

/** How a term stands in a text, closest first. */
const MANNERS = ['direct', 'alias', 'joined', 'misspelt', 'sound'] as const
type Manner = (typeof MANNERS)[number]

/** Where a term stands in a field. */
export interface FieldMatch {
  readonly field: SearchField
  /** What is surprising about it: typing errors, another name, the sound; null: nothing is. */
  readonly surprise: number | AliasKind | 'sound' | null
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

/** Finds a term in all fields of a customer, in the closest manner in which it stands anywhere. */
export function matchTerm(term: Term, customer: ReadCustomer): FieldMatch[] {
  for (const manner of MANNERS) {
    const matches = SEARCH_FIELDS.flatMap((field) => matchIn(term, field, customer, manner) ?? [])
    if (matches.length > 0) return matches
  }
  // As in the index: what no phone or address has is looked for word by word.
  if (term.kind === 'phone') return term.numbers.flatMap((part) => matchTerm(part, customer))
  if (term.kind === 'email') return term.words.flatMap((part) => matchTerm(part, customer))
  return []
}

function matchIn(term: Term, field: SearchField, customer: ReadCustomer, manner: Manner): FieldMatch | null {
  const text = customer.text(field)
  if (text === '') return null
  if (term.kind === 'word') return field === 'phone' ? null : matchWord(term, field, customer, manner)
  if (term.kind === 'email' && field === 'email' && manner === 'misspelt') return matchMisspeltEmail(term.piece, text)
  if (manner !== 'direct') return null
  switch (term.kind) {
    case 'phone':
      return field === 'phone' ? matchPhone(term.digits, text) : null
    case 'email':
      return field === 'email' ? matchEmail(term.piece, text) : null
    case 'number':
      if (field === 'phone') return matchPhone(term.whole, text) ?? matchPhone(term.digits, text)
      return matchWords([term.key], field, customer) ?? (field === 'email' ? matchPieces(term, text) : null)
  }
}

function matchWord(term: WordTerm, field: SearchField, customer: ReadCustomer, manner: Manner): FieldMatch | null {
  switch (manner) {
    case 'direct':
      return (
        matchWords(term.keys, field, customer) ?? (field === 'email' ? matchPieces(term, customer.text(field)) : null)
      )
    case 'alias':
      return matchAliases(term.keys, field, customer)
    case 'joined':
      return matchWords(term.joined, field, customer) ?? matchSplit(term.keys[0] ?? '', field, customer)
    case 'misspelt':
      return matchMisspeltWords(term.keys, field, customer)
    case 'sound':
      return matchSound(term.keys, field, customer)
  }
}

function matchPhone(typed: PhoneDigits, text: string): FieldMatch | null {
  const stored = phoneKey(text)
  const fit = typed.bare.length < MIN_PHONE_PIECE ? 0 : phoneFit(typed, stored.digits)
  if (fit === 0) return null
  const digits = stored.digits.includes(typed.all) ? typed.all : typed.bare
  const at = Math.max(0, stored.digits.indexOf(digits))
  const length = Math.min(digits.length, stored.digits.length)
  const start = stored.offsets[at] ?? 0
  const end = (stored.offsets[at + length - 1] ?? 0) + 1
  return { field: 'phone', surprise: null, fit, ranges: [[start, end]] }
}

function matchPieces(
  { piece = '', chunkPiece }: { readonly piece?: string; readonly chunkPiece: string },
  text: string,
): FieldMatch | null {
  return matchEmail(chunkPiece, text) ?? matchEmail(piece, text)
}

function matchEmail(piece: string, text: string): FieldMatch | null {
  if (piece.length < 3) return null
  const { key, starts, ends } = emailKeyWithOffsets(text)
  const at = key.indexOf(piece)
  if (at < 0) return null
  return { field: 'email', surprise: null, fit: 0.8, ranges: [[starts[at] ?? 0, ends[at + piece.length - 1] ?? 0]] }
}

function matchMisspeltEmail(piece: string, text: string): FieldMatch | null {
  const { key, ends } = emailKeyWithOffsets(text)
  const fit = prefixEditDistance(piece, key, allowedEdits(piece.length))
  if (fit === null || fit.distance === 0) return null
  return { field: 'email', surprise: fit.distance, fit: 0.6, ranges: [[0, ends[fit.length - 1] ?? 0]] }
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
  return ranges.length === 0 ? null : { field, surprise: null, fit, ranges }
}

/** The word with the fewest typing errors. */
function matchMisspeltWords(typed: readonly string[], field: SearchField, customer: ReadCustomer): FieldMatch | null {
  const allowed = allowedEdits(typed[0]?.length ?? 0)
  if (allowed === 0) return null
  let best: FieldMatch | null = null
  let fewest = allowed + 1
  for (const word of customer.words(field)) {
    for (const key of typed) {
      for (const stored of word.keys) {
        const typo = typoFit(key, stored, allowed)
        if (typo === null || typo.distance >= fewest) continue
        fewest = typo.distance
        const range = rangeOf(word, typo.prefix > 0 ? typo.prefix : null)
        best = { field, surprise: typo.distance, fit: 0.6, ranges: [range] }
      }
    }
  }
  return best
}

function matchAliases(typed: readonly string[], field: SearchField, customer: ReadCustomer): FieldMatch | null {
  for (const key of typed) {
    for (const [alias, kind] of aliasesOf(key)) {
      const words = customer.words(field).filter((word) => word.keys.includes(alias))
      if (words.length === 0) continue
      return { field, surprise: kind, fit: 0.8, ranges: words.map((word) => rangeOf(word, null)) }
    }
  }
  return null
}

/** Two words of a name that were typed as one. */
function matchSplit(key: string, field: SearchField, customer: ReadCustomer): FieldMatch | null {
  if (field !== 'name') return null
  const words = customer.words(field)
  for (const halves of splitsOf(key)) {
    const found = halves.map((half) => words.find((word) => word.keys.includes(half)))
    const ranges = found.flatMap((word): Ranges => (word === undefined ? [] : [rangeOf(word, null)]))
    if (ranges.length === halves.length) return { field, surprise: null, fit: 0.9, ranges }
  }
  return null
}

function matchSound(typed: readonly string[], field: SearchField, customer: ReadCustomer): FieldMatch | null {
  const sounds = new Set(typed.map(soundKey))
  const words = customer
    .words(field)
    .filter((word) => word.keys.some((stored) => soundKey(stored) !== 0 && sounds.has(soundKey(stored))))
  if (words.length === 0) return null
  return { field, surprise: 'sound', fit: 0.5, ranges: words.map((word) => rangeOf(word, null)) }
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
