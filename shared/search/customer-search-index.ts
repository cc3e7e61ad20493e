import { allowedEdits, prefixEditDistance } from './edit-distance.ts'
import { emailFit, emailKey } from './email-key.ts'
import { explainHit } from './explain-hit.ts'
import { fuseScores, INDEX_SHARE, RERANK_LIMIT } from './fuse-rerank.ts'
import { nameCoverage } from './name-coverage.ts'
import { searchKey } from './normalise.ts'
import { parseQuery, type Term } from './parse-query.ts'
import { phoneFit, phoneKey } from './phone-key.ts'
import { FIELD_BITS, FIELD_MASK, ScoreBoard } from './score-board.ts'
import {
  type FieldRanges,
  SEARCH_FIELDS,
  type SearchableCustomer,
  type SearchField,
  type SearchHit,
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
/** Weight of the share of the name that was typed, in the ranking of the best hits. */
const COVERAGE_WEIGHT = 0.06
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
    this.#board.begin()
    for (const found of evidence) {
      this.#walk(found)
      if (this.#board.endTerm() === 0) break
    }
    const standing = this.#board.finish(Math.max(limit, RERANK_LIMIT))
    const found: Found[] = []
    for (let i = 0; i < standing.slots.length; i++) {
      const customer = this.#customers[standing.slots[i] as number]
      if (customer !== undefined) found.push({ customer, score: standing.scores[i] as number })
    }
    return { hits: rank(query, typed, found).slice(0, limit), total: standing.total }
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

  #post(word: string, slot: number, code: number): void {
    let token = this.#tokenOfWord.get(word)
    if (token === undefined) {
      const key = searchKey(word)
      token = key === '' ? -1 : this.#dictionary.idOf(key)
      this.#tokenOfWord.set(word, token)
    }
    if (token < 0) return
    const posting = (slot << FIELD_BITS) | code
    const list = this.#postings[token]
    if (list === undefined) this.#postings[token] = [posting]
    else if (list[list.length - 1] !== posting) list.push(posting)
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
    if (this.#tokenWeight.length < this.#dictionary.size)
      this.#tokenWeight = new Float32Array(this.#dictionary.size * 2)
    const { tokens, tokenWeights } = evidence
    if (maxEdits === 0 || /^\d/.test(key)) {
      this.#dictionary.prefixed(key, (token, weight) => {
        tokens.push(token)
        tokenWeights.push(weight)
      })
      return
    }
    // A word may fit as a beginning and as a misspelling: its best weight counts.
    const weights = this.#tokenWeight
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

  #walk(evidence: Evidence): void {
    const board = this.#board
    for (let i = 0; i < evidence.tokens.length; i++) {
      board.offerAll(this.#postings[evidence.tokens[i] as number] ?? [], evidence.tokenWeights[i] as number)
    }
    for (let i = 0; i < evidence.slots.length; i++) {
      board.offer(evidence.slots[i] as number, evidence.slotWeights[i] as number)
    }
  }

  /** Renumbers the slots without the dead ones, in place and in order (about 30 ms for 100,000 customers). */
  #compact(): void {
    const renumber = new Int32Array(this.#customers.length).fill(-1)
    const alive: SearchableCustomer[] = []
    for (const [slot, customer] of this.#customers.entries()) {
      if (customer === undefined) continue
      renumber[slot] = alive.length
      this.#slotOf.set(customer.id, alive.length)
      alive.push(customer)
    }
    this.#customers = alive
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

function addSlot(evidence: Evidence, slot: number, weight: number): void {
  evidence.slots.push(slot)
  evidence.slotWeights.push(weight)
}

interface Found {
  readonly customer: SearchableCustomer
  readonly score: number
}

/** Ranks the first hits by index, name and Fuse.js together; the others keep the order of the index behind them. */
function rank(query: string, terms: readonly Term[], found: readonly Found[]): SearchHit[] {
  const top = found.slice(0, RERANK_LIMIT)
  const fuse = fuseScores(
    query,
    top.map(({ customer }) => customer),
  )
  const ranked = top.map(({ customer, score }, i) => {
    const index = score + COVERAGE_WEIGHT * nameCoverage(terms, customer.name)
    return new ExplainedHit(terms, customer, INDEX_SHARE * index + (1 - INDEX_SHARE) * (fuse[i] ?? 0))
  })
  ranked.sort((a, b) => b.score - a.score)
  const rest = found.slice(RERANK_LIMIT).map((hit) => new ExplainedHit(terms, hit.customer, INDEX_SHARE * hit.score))
  return [...ranked, ...rest]
}

/** A hit that works out its reason and marks when asked: of 10,000 hits only those on screen cost that. */
class ExplainedHit implements SearchHit {
  readonly id: string
  readonly score: number
  readonly #terms: readonly Term[]
  readonly #customer: SearchableCustomer
  #explanation: ReturnType<typeof explainHit> | null = null

  constructor(terms: readonly Term[], customer: SearchableCustomer, score: number) {
    this.id = customer.id
    this.score = score
    this.#terms = terms
    this.#customer = customer
  }

  get why(): string | null {
    return this.#explain().why
  }

  get ranges(): FieldRanges {
    return this.#explain().ranges
  }

  #explain(): ReturnType<typeof explainHit> {
    this.#explanation ??= explainHit(this.#terms, this.#customer)
    return this.#explanation
  }
}
