import { atOnce, type Steps } from '../util/in-steps.ts'
import { type Evidence, EvidenceFinder } from './find-evidence.ts'
import { IndexedCustomers } from './indexed-customers.ts'
import { parseQuery, type Term } from './parse-query.ts'
import { decodeIndex, encodeIndex } from './saved-index.ts'
import { FIELD_BITS, FIELD_MASK, ScoreBoard } from './score-board.ts'
import { type Numbering, SearchResult } from './search-result.ts'
import type { SearchableCustomer } from './searchable-customer.ts'

/** About so many words a customer has: when asking those who are left is less work than walking postings. */
const WORDS_PER_CUSTOMER = 16

/**
 * Search as you type over all customers, in memory. Words come from an inverted index with
 * beginnings and typing errors, phones and e-mail addresses from trigrams; every term must be found
 * (AND); the best hits are ranked by Fuse.js together with the index.
 */
export class CustomerSearchIndex {
  readonly #indexed: IndexedCustomers
  readonly #finder: EvidenceFinder
  readonly #board = new ScoreBoard()
  #numbering: Numbering

  constructor(indexed = new IndexedCustomers(null, () => undefined)) {
    this.#indexed = indexed
    this.#finder = new EvidenceFinder(indexed)
    this.#numbering = this.#reopenBoard()
  }

  /**
   * An index as `save` has written it, over the customers that `find` knows; those that changed since
   * must be given to `upsertMany` and `remove` next. Null: damaged, or of another version of the app.
   */
  static load(bytes: Uint8Array, find: (id: string) => SearchableCustomer | undefined): CustomerSearchIndex | null {
    const parts = decodeIndex(bytes)
    return parts === null ? null : new CustomerSearchIndex(new IndexedCustomers(parts, find))
  }

  /**
   * The index as it is now, without the customers' texts, as bytes: freezes it (about 150 ms for 100,000
   * customers). Searches may go on between two steps; null: something else was changed between them.
   */
  *saving(): Steps<Uint8Array<ArrayBuffer> | null> {
    if (!this.#indexed.isFrozen && !(yield* this.#freezing())) return null
    const { version } = this.#indexed
    const bytes = yield* encodeIndex(this.#indexed.parts())
    return version === this.#indexed.version ? bytes : null
  }

  /** Makes what was added findable, which the next search would wait for otherwise. */
  *settling(): Steps<void> {
    if (this.#indexed.isMostlyNew) yield* this.#freezing()
    else yield* this.#indexed.settling()
  }

  /** Customers in the index. */
  get size(): number {
    return this.#indexed.size
  }

  /** Adds customers, or puts their new versions in place of the old ones. */
  upsertMany(customers: Iterable<SearchableCustomer>): void {
    atOnce(this.upserting(customers))
  }

  /** The same, with what it costs now and then to tidy up the whole index in steps, between which searches may go on. */
  *upserting(customers: Iterable<SearchableCustomer>): Steps<void> {
    for (const customer of customers) {
      this.remove(customer.id)
      this.#board.open(this.#indexed.add(customer))
    }
    if (this.#indexed.isLoose) yield* this.#freezing()
  }

  /** Removes a customer; nothing happens when it isn't there. */
  remove(id: string): void {
    const slot = this.#indexed.remove(id)
    if (slot !== null) this.#board.close(slot)
  }

  /**
   * Everybody whom what was typed so far finds. Nothing that can be searched for (an empty query,
   * punctuation only) finds nobody.
   */
  search(query: string): SearchResult {
    const typed = parseQuery(query)
    atOnce(this.#indexed.settling())
    const evidence = typed.flatMap((term) => this.#finder.find(term)).sort((a, b) => a.size - b.size)
    if (this.#collect(evidence, isOneLetter(typed)) === 0 && isOneLetter(typed)) this.#collect(evidence, false)
    return new SearchResult(query, typed, this.#board.finish(), this.#numbering)
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
      this.#board.offerAll(this.#indexed.postings, tokens[i] as number, tokenWeights[i] as number, namesOnly)
    }
  }

  #askSurvivors({ tokens, tokenWeights }: Evidence): void {
    const weights = this.#finder.tokenWeights()
    for (let i = 0; i < tokens.length; i++) weights[tokens[i] as number] = tokenWeights[i] as number
    for (const slot of this.#board.survivors()) {
      this.#indexed.words.visit(slot, (word) => {
        const weight = weights[word >> FIELD_BITS] as number
        if (weight > 0) this.#board.offerWord(slot, word & FIELD_MASK, weight)
      })
    }
    for (const token of tokens) weights[token] = 0
  }

  *#freezing(): Steps<boolean> {
    const isFrozen = yield* this.#indexed.freezing()
    if (isFrozen) this.#numbering = this.#reopenBoard()
    return isFrozen
  }

  /** After slots were renumbered: what they are now. */
  #reopenBoard(): Numbering {
    const indexed = this.#indexed
    const { slots } = indexed
    this.#board.reopen(slots)
    for (let slot = 0; slot < slots; slot++) if (indexed.at(slot) === undefined) this.#board.close(slot)
    return { at: (slot) => indexed.at(slot) }
  }
}

/**
 * One letter alone looks at names only (unless no name has it): it is somewhere in half of the base,
 * and says nothing but how the name begins.
 */
function isOneLetter(terms: readonly Term[]): boolean {
  const [only] = terms
  return terms.length === 1 && only?.kind === 'word' && only.keys[0]?.length === 1
}
