import { allowedEdits, prefixEditDistance } from './edit-distance.ts'
import { emailFit, emailKey } from './email-key.ts'
import { RERANK_LIMIT } from './fuse-rerank.ts'
import { searchKey } from './normalise.ts'
import { parseQuery, type Term } from './parse-query.ts'
import { phoneFit, phoneKey } from './phone-key.ts'
import { type Found, rankHits } from './rank-hits.ts'
import { FIELD_BITS, FIELD_MASK, ScoreBoard } from './score-board.ts'
import {
  SEARCH_FIELDS,
  type SearchableCustomer,
  type SearchField,
  type SearchResult,
  textOf,
} from './searchable-customer.ts'
import { SubstringIndex } from './substring-index.ts'
import { TokenDictionary } from './token-dictionary.ts'
import { compoundsOf, emailWordsOf, wordsOf } from './tokenise.ts'

/** A piece of an address or number that more customers than this share doesn't tell them apart. */
const MAX_PIECE_CANDIDATES = 8_000
/** The same for a word inside of an e-mail address, whose beginnings of words the dictionary knows anyway. */
const MAX_WORD_CANDIDATES = 2_000
/** About so many words a customer has: when asking those who are left is less work than walking postings. */
const WORDS_PER_CUSTOMER = 16
/** Slots of changed and removed customers that are put up with before all are renumbered. */
const MIN_DEAD_SLOTS = 1_000

/** What one term found: words of the dictionary, and customers directly (by phone or address). */
interface Evidence {
  readonly tokens: number[]
  readonly tokenWeights: number[]
  readonly slots: number[]
  readonly slotWeights: number[]
  /** Postings to walk: rare terms go first. */
  size: number
}

/**
 * Search as you type over all customers, in memory. Words come from an inverted index with
 * beginnings and typing errors, phones and e-mail addresses from trigrams; every term must be found
 * (AND); the best hits are ranked by Fuse.js together with the index.
 *
 * A changed customer gets a new slot and its old one dies, so that no posting is ever searched for
 * and taken out; dead slots are skipped and now and then all are renumbered.
 */
export class CustomerSearchIndex {
  readonly #dictionary = new TokenDictionary()
  /** By token: `slot << 3 | field`, in rising order of slots. */
  readonly #postings: number[][] = []
  /** By slot: its words as `token << 3 | field`, to ask few customers about many words. */
  #words: number[][] = []
  readonly #emails = new SubstringIndex()
  readonly #phones = new SubstringIndex()
  readonly #board = new ScoreBoard()
  readonly #slotOf = new Map<string, number>()
  #customers: (SearchableCustomer | undefined)[] = []
  /** Keys of words as they are written: most words of a base come again and again. */
  readonly #tokenOfWord = new Map<string, number>()
  #tokenWeight = new Float32Array(1_024)

  /** Customers in the index. */
  get size(): number {
    return this.#slotOf.size
  }

  /** Adds a customer, or puts its new version in place of the old one. */
  upsert(customer: SearchableCustomer): void {
    this.remove(customer.id)
    const slot = this.#customers.length
    this.#customers.push(customer)
    this.#slotOf.set(customer.id, slot)
    this.#board.open(slot)
    for (const [code, field] of SEARCH_FIELDS.entries()) this.#indexField(slot, code, field, textOf(customer, field))
  }

  /** Adds or replaces many customers. */
  upsertMany(customers: Iterable<SearchableCustomer>): void {
    for (const customer of customers) this.upsert(customer)
    this.#dictionary.settle()
  }

  /** Removes a customer; nothing happens when it isn't there. */
  remove(id: string): void {
    const slot = this.#slotOf.get(id)
    if (slot === undefined) return
    this.#slotOf.delete(id)
    this.#customers[slot] = undefined
    this.#board.close(slot)
    const dead = this.#customers.length - this.#slotOf.size
    if (dead > Math.max(MIN_DEAD_SLOTS, this.#slotOf.size)) this.#compact()
  }

  /**
   * The best `limit` customers for what was typed so far, and how many match in all. Nothing that
   * can be searched for (an empty query, punctuation only) finds nobody.
   */
  search(query: string, limit: number): SearchResult {
    const typed = parseQuery(query)
    if (typed.length === 0) return { hits: [], total: 0 }
    this.#dictionary.settle()
    const evidence = typed.flatMap((term) => this.#evidenceOf(term)).sort((a, b) => a.size - b.size)
    if (this.#collect(evidence, isOneLetter(typed)) === 0 && isOneLetter(typed)) this.#collect(evidence, false)
    const standing = this.#board.finish(Math.max(limit, RERANK_LIMIT))
    const found: Found[] = []
    for (let i = 0; i < standing.slots.length; i++) {
      const customer = this.#customers[standing.slots[i] as number]
      if (customer !== undefined) found.push({ customer, score: standing.scores[i] as number })
    }
    return { hits: rankHits(query, typed, found).slice(0, limit), total: standing.total }
  }

  #indexField(slot: number, code: number, field: SearchField, text: string): void {
    if (text === '') return
    if (field === 'phone') {
      this.#phones.add(slot, phoneKey(text).digits)
      return
    }
    if (field === 'email') {
      this.#emails.add(slot, emailKey(text))
      for (const word of emailWordsOf(text)) this.#post(word.text, slot, code)
      return
    }
    for (const word of wordsOf(text)) this.#post(word.text, slot, code)
    if (field === 'name') for (const word of compoundsOf(text)) this.#post(word.text, slot, code)
  }

  #post(text: string, slot: number, code: number): void {
    let token = this.#tokenOfWord.get(text)
    if (token === undefined) {
      const key = searchKey(text)
      token = key === '' ? -1 : this.#dictionary.idOf(key)
      this.#tokenOfWord.set(text, token)
    }
    if (token < 0) return
    const posting = (slot << FIELD_BITS) | code
    const list = this.#postings[token]
    if (list === undefined) this.#postings[token] = [posting]
    else if (list[list.length - 1] === posting) return
    else list.push(posting)
    const word = (token << FIELD_BITS) | code
    const words = this.#words[slot]
    if (words === undefined) this.#words[slot] = [word]
    else words.push(word)
  }

  /** What a term finds. A phone or address nobody has falls apart into its words, each a term of its own. */
  #evidenceOf(term: Term): Evidence[] {
    const evidence: Evidence = { tokens: [], tokenWeights: [], slots: [], slotWeights: [], size: 0 }
    switch (term.kind) {
      case 'phone':
        this.#findPhones(term.digits, 1, evidence)
        if (evidence.slots.length === 0) return term.numbers.flatMap((part) => this.#evidenceOf(part))
        break
      case 'email':
        this.#findEmails(term.piece, MAX_PIECE_CANDIDATES, evidence)
        if (evidence.slots.length === 0) this.#findMisspeltEmails(term.piece, evidence)
        if (evidence.slots.length === 0) return term.words.flatMap((part) => this.#evidenceOf(part))
        break
      case 'number':
        this.#findTokens(term.key, 0, evidence)
        if (term.digits.length >= 3) this.#findPhones(term.digits, 0.9, evidence)
        break
      case 'word':
        this.#findTokens(term.key, allowedEdits(term.key.length), evidence)
        if (term.piece !== '') this.#findEmails(term.piece, MAX_WORD_CANDIDATES, evidence)
    }
    evidence.size = evidence.tokens.reduce(
      (sum, token) => sum + (this.#postings[token]?.length ?? 0),
      evidence.slots.length,
    )
    return [evidence]
  }

  #findTokens(key: string, maxEdits: number, evidence: Evidence): void {
    const { tokens, tokenWeights } = evidence
    if (maxEdits === 0 || /^\d/.test(key)) {
      this.#dictionary.prefixed(key, (token, weight) => {
        tokens.push(token)
        tokenWeights.push(weight)
      })
      return
    }
    // A word may fit as a beginning and as a misspelling: its best weight counts.
    const weights = this.#tokenWeights()
    const visit = (token: number, weight: number) => {
      const known = weights[token] as number
      if (known === 0) tokens.push(token)
      if (weight > known) weights[token] = weight
    }
    this.#dictionary.prefixed(key, visit)
    this.#dictionary.misspelt(key, maxEdits, visit)
    for (const token of tokens) {
      tokenWeights.push(weights[token] as number)
      weights[token] = 0
    }
  }

  #findPhones(digits: string, scale: number, evidence: Evidence): void {
    // The last digits drive: with or without a country code in front they are the same.
    const tail = digits.length > 7 ? digits.slice(-7) : digits
    this.#phones.candidates(tail, MAX_PIECE_CANDIDATES, (slot, stored) => {
      const fit = phoneFit(digits, stored)
      if (fit > 0) addSlot(evidence, slot, fit * scale)
    })
  }

  #findEmails(piece: string, limit: number, evidence: Evidence): void {
    this.#emails.candidates(piece, limit, (slot, stored) => {
      const fit = emailFit(piece, stored)
      if (fit > 0) addSlot(evidence, slot, fit)
    })
  }

  #findMisspeltEmails(piece: string, evidence: Evidence): void {
    const max = allowedEdits(piece.length)
    this.#emails.similar(piece, max, MAX_PIECE_CANDIDATES, (slot, stored) => {
      const fit = prefixEditDistance(piece, stored, max)
      if (fit !== null) addSlot(evidence, slot, 0.92 - (1.2 * fit.distance) / (piece.length + 1))
    })
  }

  /** Puts all evidence on the board; the number of customers that every term found. */
  #collect(evidence: readonly Evidence[], namesOnly: boolean): number {
    const board = this.#board
    board.begin()
    let left = 0
    for (const [i, found] of evidence.entries()) {
      // Rarest first: often few customers are left, and a last word of one letter is in half of the base.
      if (i > 0 && left * WORDS_PER_CUSTOMER < found.size) this.#askSurvivors(found)
      else this.#walkPostings(found, namesOnly)
      for (let j = 0; j < found.slots.length; j++) board.offer(found.slots[j] as number, found.slotWeights[j] as number)
      left = board.endTerm()
      if (left === 0) break
    }
    return left
  }

  #walkPostings({ tokens, tokenWeights }: Evidence, namesOnly: boolean): void {
    for (let i = 0; i < tokens.length; i++) {
      this.#board.offerAll(this.#postings[tokens[i] as number] ?? [], tokenWeights[i] as number, namesOnly)
    }
  }

  #askSurvivors({ tokens, tokenWeights }: Evidence): void {
    const weights = this.#tokenWeights()
    for (let i = 0; i < tokens.length; i++) weights[tokens[i] as number] = tokenWeights[i] as number
    for (const slot of this.#board.survivors()) {
      for (const word of this.#words[slot] ?? []) {
        const weight = weights[word >> FIELD_BITS] as number
        if (weight > 0) this.#board.offerWord(slot, word & FIELD_MASK, weight)
      }
    }
    for (const token of tokens) weights[token] = 0
  }

  /** Room for a weight per token, all 0. */
  #tokenWeights(): Float32Array {
    if (this.#tokenWeight.length < this.#dictionary.size)
      this.#tokenWeight = new Float32Array(this.#dictionary.size * 2)
    return this.#tokenWeight
  }

  /** Renumbers the slots without the dead ones, in place and in order (about 30 ms for 100,000 customers). */
  #compact(): void {
    const renumber = new Int32Array(this.#customers.length).fill(-1)
    const alive: SearchableCustomer[] = []
    const words: number[][] = []
    for (const [slot, customer] of this.#customers.entries()) {
      if (customer === undefined) continue
      renumber[slot] = alive.length
      this.#slotOf.set(customer.id, alive.length)
      words[alive.length] = this.#words[slot] ?? []
      alive.push(customer)
    }
    this.#customers = alive
    this.#words = words
    this.#board.reopen(alive.length)
    for (const [token, list] of this.#postings.entries()) {
      this.#postings[token] = list.flatMap((posting) => {
        const slot = renumber[posting >> FIELD_BITS] as number
        return slot < 0 ? [] : [(slot << FIELD_BITS) | (posting & FIELD_MASK)]
      })
    }
    this.#emails.compact(renumber)
    this.#phones.compact(renumber)
  }
}

/**
 * One letter alone looks at names only (unless no name has it): it is somewhere in half of the base,
 * and says nothing but how the name begins.
 */
function isOneLetter(terms: readonly Term[]): boolean {
  const [only] = terms
  return terms.length === 1 && only?.kind === 'word' && only.key.length === 1
}

function addSlot(evidence: Evidence, slot: number, weight: number): void {
  evidence.slots.push(slot)
  evidence.slotWeights.push(weight)
}
