import { allowedEdits, prefixEditDistance } from './edit-distance.ts'
import { emailFit } from './email-key.ts'
import type { IndexedCustomers } from './indexed-customers.ts'
import type { Term } from './parse-query.ts'
import { phoneFit } from './phone-key.ts'

/** A piece of an address or number that more customers than this share doesn't tell them apart. */
const MAX_PIECE_CANDIDATES = 8_000
/** The same for a word inside of an e-mail address, whose beginnings of words the dictionary knows anyway. */
const MAX_WORD_CANDIDATES = 2_000

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
        this.#findTokens([term.key], 0, evidence)
        if (term.digits.length >= 3) this.#findPhones(term.digits, 0.9, evidence)
        break
      case 'word':
        this.#findTokens(term.keys, allowedEdits(term.keys[0]?.length ?? 0), evidence)
        if (term.piece !== '') this.#findEmails(term.piece, MAX_WORD_CANDIDATES, evidence)
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
  #findTokens(keys: readonly string[], maxEdits: number, { tokens, tokenWeights }: Evidence): void {
    const { dictionary } = this.#indexed
    const weights = this.tokenWeights()
    const visit = (token: number, weight: number) => {
      const known = weights[token] as number
      if (known === 0) tokens.push(token)
      if (weight > known) weights[token] = weight
    }
    for (const key of keys) {
      dictionary.prefixed(key, visit)
      if (maxEdits > 0 && !/^\d/.test(key)) dictionary.misspelt(key, maxEdits, visit)
    }
    for (const token of tokens) {
      tokenWeights.push(weights[token] as number)
      weights[token] = 0
    }
  }

  #findPhones(digits: string, scale: number, evidence: Evidence): void {
    // The last digits drive: with or without a country code in front they are the same.
    const tail = digits.length > 7 ? digits.slice(-7) : digits
    this.#indexed.phones.candidates(tail, MAX_PIECE_CANDIDATES, (slot, stored) => {
      const fit = phoneFit(digits, stored)
      if (fit > 0) addSlot(evidence, slot, fit * scale)
    })
  }

  #findEmails(piece: string, limit: number, evidence: Evidence): void {
    this.#indexed.emails.candidates(piece, limit, (slot, stored) => {
      const fit = emailFit(piece, stored)
      if (fit > 0) addSlot(evidence, slot, fit)
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
