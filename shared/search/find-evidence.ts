import { allowedEdits, prefixEditDistance } from './edit-distance.ts'
import { emailFit } from './email-key.ts'
import type { IndexedCustomers } from './indexed-customers.ts'
import type { Term, WordTerm } from './parse-query.ts'
import { type PhoneDigits, phoneFit, SAME_NUMBER_DIGITS } from './phone-key.ts'
import { FIELD_BITS, FIELD_MASK, NAME_FIELD } from './score-board.ts'
import { splitsOf } from './split-word.ts'
import type { TokenVisitor } from './token-dictionary.ts'
import { type AliasKind, aliasesOf } from './word-aliases.ts'

/** A piece of an address or number that more customers than this share doesn't tell them apart. */
const MAX_PIECE_CANDIDATES = 8_000
/** The same for a word inside of an e-mail address, whose beginnings of words the dictionary knows anyway. */
const MAX_WORD_CANDIDATES = 2_000

/** What other ways to say a word weigh, against 1 for the word itself. */
const ALIAS_WEIGHTS: Readonly<Record<AliasKind, number>> = { nickname: 0.9, abbreviation: 0.94 }
const SOUND_WEIGHT = 0.74
const JOINED_WEIGHT = 0.97
/** Something like "anna.schmidt87" in an address is hardly a coincidence. */
const CHUNK_WEIGHT = 0.95

/** What one term found: words of the dictionary, and customers directly (by phone or address). */
export interface Evidence {
  readonly tokens: number[]
  readonly tokenWeights: number[]
  readonly slots: number[]
  readonly slotWeights: number[]
  /** Postings to walk: rare terms go first. */
  size: number
}

/** Looks terms up in the lists of an index. */
export class EvidenceFinder {
  readonly #indexed: IndexedCustomers
  #weights = new Float32Array(1_024)

  constructor(indexed: IndexedCustomers) {
    this.#indexed = indexed
  }

  /** What a term finds. A phone or address nobody has falls apart into its words, each a term of its own. */
  find(term: Term): Evidence[] {
    const evidence: Evidence = { tokens: [], tokenWeights: [], slots: [], slotWeights: [], size: 0 }
    switch (term.kind) {
      case 'phone':
        this.#findPhones(term.digits, 1, evidence)
        if (evidence.slots.length === 0) return term.numbers.flatMap((part) => this.find(part))
        break
      case 'email':
        this.#findEmails(term.piece, MAX_PIECE_CANDIDATES, evidence)
        if (evidence.slots.length === 0) this.#findMisspeltEmails(term.piece, evidence)
        if (evidence.slots.length === 0) return term.words.flatMap((part) => this.find(part))
        break
      case 'number':
        this.#findTokens((visit) => this.#indexed.dictionary.prefixed(term.key, visit), evidence)
        this.#findPhones(term.digits, 0.9, evidence)
        if (term.whole.all !== term.digits.all) this.#findPhones(term.whole, 1, evidence)
        this.#findEmails(term.chunkPiece, MAX_WORD_CANDIDATES, evidence, CHUNK_WEIGHT)
        break
      case 'word':
        this.#findTokens((visit) => this.#visitWord(term, visit), evidence)
        if (!this.#isKnown(term)) this.#findSplit(term.keys[0] ?? '', evidence)
        this.#findEmails(term.piece, MAX_WORD_CANDIDATES, evidence)
        this.#findEmails(term.chunkPiece, MAX_WORD_CANDIDATES, evidence, CHUNK_WEIGHT)
    }
    evidence.size = evidence.slots.length
    for (const token of evidence.tokens) evidence.size += this.#indexed.postings.lengthOf(token)
    return [evidence]
  }

  /** Room for a weight per token, all 0; whoever writes into it cleans it. */
  tokenWeights(): Float32Array {
    const { size } = this.#indexed.dictionary
    if (this.#weights.length < size) this.#weights = new Float32Array(size * 2)
    return this.#weights
  }

  /** A word may fit in several ways (as a beginning, as a misspelling): its best weight counts. */
  #findTokens(find: (visit: TokenVisitor) => void, { tokens, tokenWeights }: Evidence): void {
    const weights = this.tokenWeights()
    find((token, weight) => {
      const known = weights[token] as number
      if (known === 0) tokens.push(token)
      if (weight > known) weights[token] = weight
    })
    for (const token of tokens) {
      tokenWeights.push(weights[token] as number)
      weights[token] = 0
    }
  }

  #visitWord({ keys, joined }: WordTerm, visit: TokenVisitor): void {
    const { dictionary } = this.#indexed
    for (const key of keys) {
      dictionary.prefixed(key, visit)
      const edits = /^\d/.test(key) ? 0 : allowedEdits(key.length)
      if (edits > 0) dictionary.misspelt(key, edits, visit)
      dictionary.sounding(key, (token) => visit(token, SOUND_WEIGHT))
      for (const [alias, kind] of aliasesOf(key)) {
        const token = dictionary.find(alias)
        if (token >= 0) visit(token, ALIAS_WEIGHTS[kind])
      }
    }
    for (const key of joined) dictionary.prefixed(key, (token, weight) => visit(token, weight * JOINED_WEIGHT))
  }

  /** Whether there is a word that is or begins as typed. */
  #isKnown({ keys }: WordTerm): boolean {
    let isKnown = false
    for (const key of keys) {
      this.#indexed.dictionary.prefixed(key, () => {
        isKnown = true
      })
    }
    return isKnown
  }

  /** Names whose two words were typed as one: "annamaria" for Anna Maria. */
  #findSplit(key: string, evidence: Evidence): void {
    const { dictionary, postings, words } = this.#indexed
    for (const [first, second] of splitsOf(key)) {
      const pair = [dictionary.find(first), dictionary.find(second)].sort(
        (a, b) => postings.lengthOf(a) - postings.lengthOf(b),
      )
      const [rarer = -1, other = -1] = pair
      if (Math.min(rarer, other) < 0) continue
      postings.visit(rarer, (posting) => {
        const slot = posting >> FIELD_BITS
        let hasOther = false
        words.visit(slot, (word) => {
          if (word === ((other << FIELD_BITS) | NAME_FIELD)) hasOther = true
        })
        if (hasOther && (posting & FIELD_MASK) === NAME_FIELD) addSlot(evidence, slot, JOINED_WEIGHT)
      })
    }
  }

  #findPhones(digits: PhoneDigits, scale: number, evidence: Evidence): void {
    // The last digits drive: with or without a country code in front they are the same.
    const tail = digits.bare.slice(-SAME_NUMBER_DIGITS)
    this.#indexed.phones.candidates(tail, MAX_PIECE_CANDIDATES, (slot, stored) => {
      const fit = phoneFit(digits, stored)
      if (fit > 0) addSlot(evidence, slot, fit * scale)
    })
  }

  #findEmails(piece: string, limit: number, evidence: Evidence, least = 0): void {
    if (piece === '') return
    this.#indexed.emails.candidates(piece, limit, (slot, stored) => {
      const fit = emailFit(piece, stored)
      if (fit > 0) addSlot(evidence, slot, Math.max(least, fit))
    })
  }

  #findMisspeltEmails(piece: string, evidence: Evidence): void {
    const max = allowedEdits(piece.length)
    this.#indexed.emails.similar(piece, max, MAX_PIECE_CANDIDATES, (slot, stored) => {
      const fit = prefixEditDistance(piece, stored, max)
      if (fit !== null) addSlot(evidence, slot, 0.92 - (1.2 * fit.distance) / (piece.length + 1))
    })
  }
}

function addSlot(evidence: Evidence, slot: number, weight: number): void {
  evidence.slots.push(slot)
  evidence.slotWeights.push(weight)
}
