import { emailKey } from './email-key.ts'
import { searchKeys } from './normalise.ts'
import { NumberLists } from './number-lists.ts'
import { barePhone } from './phone-key.ts'
import { FIELD_BITS, FIELD_MASK } from './score-board.ts'
import { SEARCH_FIELDS, type SearchableCustomer, type SearchField, textOf } from './searchable-customer.ts'
import { SubstringIndex } from './substring-index.ts'
import { TokenDictionary } from './token-dictionary.ts'
import { eachCompound, eachEmailWord, eachWord } from './tokenise.ts'
import { WordTable } from './word-table.ts'

/** New and dead slots that are put up with before everything is frozen again. */
const MIN_LOOSE_SLOTS = 4_096

/** The parts of an index, as they are saved and loaded. */
export interface IndexParts {
  /** By slot. */
  readonly ids: readonly string[]
  readonly dictionary: TokenDictionary
  readonly postings: NumberLists
  readonly words: NumberLists
  readonly emails: SubstringIndex
  readonly phones: SubstringIndex
}

/**
 * The customers of an index by slot, and where each word, address and number occurs.
 *
 * A changed customer gets a new slot and its old one dies, so that no posting is ever searched for
 * and taken out; dead slots are skipped, and now and then all are renumbered.
 */
export class IndexedCustomers {
  readonly dictionary: TokenDictionary
  /** By token: `slot << FIELD_BITS | field`. */
  readonly postings: NumberLists
  /** By slot: its words as `token << FIELD_BITS | field`, to ask few customers about many words. */
  readonly words: NumberLists
  readonly emails: SubstringIndex
  readonly phones: SubstringIndex
  /** Made when it is first needed: a loaded index may be searched for long before anything changes. */
  #slotOf: Map<string, number> | null = null
  #alive = 0
  #customers: (SearchableCustomer | undefined)[] = []
  /** Slots from this one on are not frozen; from `#posted` on their words have no postings yet. */
  #frozen = 0
  #posted = 0
  /** Words as written; below 0: the place in `#several`. */
  readonly #tokenOfWord = new WordTable()
  /** Tokens of words that have none, or one for each of several spellings. */
  readonly #several: (readonly number[])[] = []

  /** Takes what was saved; `find` gives the customers. One that it doesn't know is not in the index. */
  constructor(parts: IndexParts | null, find: (id: string) => SearchableCustomer | undefined) {
    this.dictionary = parts?.dictionary ?? new TokenDictionary()
    this.postings = parts?.postings ?? new NumberLists()
    this.words = parts?.words ?? new NumberLists()
    this.emails = parts?.emails ?? new SubstringIndex()
    this.phones = parts?.phones ?? new SubstringIndex()
    this.#customers = (parts?.ids ?? []).map(find)
    for (const customer of this.#customers) if (customer !== undefined) this.#alive += 1
    this.#frozen = this.#customers.length
    this.#posted = this.#frozen
  }

  /** Customers in the index. */
  get size(): number {
    return this.#alive
  }

  /** Slots that were given out, dead ones included. */
  get slots(): number {
    return this.#customers.length
  }

  /** The customer of a slot; undefined where the slot is dead. */
  at(slot: number): SearchableCustomer | undefined {
    return this.#customers[slot]
  }

  /** Adds a customer whose id is not there; its slot. */
  add(customer: SearchableCustomer): number {
    const slot = this.#customers.length
    this.#slots().set(customer.id, slot)
    this.#customers.push(customer)
    this.#alive += 1
    for (const [code, field] of SEARCH_FIELDS.entries()) this.#addField(slot, code, field, textOf(customer, field))
    return slot
  }

  /** Removes a customer; the slot that is dead now, or null where the id is not there. */
  remove(id: string): number | null {
    const slot = this.#slots().get(id)
    if (slot === undefined) return null
    this.#slots().delete(id)
    this.#customers[slot] = undefined
    this.#alive -= 1
    return slot
  }

  /** Whether so much has changed that freezing is worth its time. */
  get isLoose(): boolean {
    const dead = this.#customers.length - this.#alive
    const fresh = this.#customers.length - this.#frozen
    // While a base is being built only few of its freezings pay.
    return dead > Math.max(MIN_LOOSE_SLOTS, this.#frozen >> 1) || fresh > Math.max(MIN_LOOSE_SLOTS, this.#frozen * 2)
  }

  /** Makes what was added findable; to be called before a search. */
  settle(): void {
    this.#eachUnposted((token, posting) => this.postings.push(token, posting))
    this.#posted = this.#customers.length
    this.dictionary.settle()
    this.emails.settle()
    this.phones.settle()
  }

  /** Renumbers the slots without the dead ones, in order, and freezes all lists (about 150 ms for 100,000 customers). */
  freeze(): void {
    const renumber = new Int32Array(this.#customers.length).fill(-1)
    const alive: SearchableCustomer[] = []
    for (const [slot, customer] of this.#customers.entries()) {
      if (customer === undefined) continue
      renumber[slot] = alive.length
      if (slot !== alive.length) this.#slotOf?.set(customer.id, alive.length)
      alive.push(customer)
    }
    const more = (visit: (token: number, posting: number) => void) => this.#eachUnposted(visit)
    this.postings.freeze(this.dictionary.size, { values: { renumber, bits: FIELD_BITS }, more })
    this.#customers = alive
    this.#frozen = alive.length
    this.#posted = alive.length
    const tokens = this.#forgetWords()
    this.words.freeze(alive.length, {
      keys: renumber,
      values: tokens === null ? null : { renumber: tokens, bits: FIELD_BITS },
    })
    this.emails.freeze(renumber)
    this.phones.freeze(renumber)
    this.dictionary.settle({ always: true })
  }

  /** Drops words that nobody holds any more: of an erased person none may stay. Their tokens' new numbers; null: as they were. */
  #forgetWords(): Int32Array | null {
    const tokens = new Int32Array(this.dictionary.size).fill(-1)
    let held = 0
    for (let token = 0; token < tokens.length; token++) if (this.postings.lengthOf(token) > 0) tokens[token] = held++
    if (held === tokens.length) return null
    this.postings.freeze(held, { keys: tokens })
    this.dictionary.keep((token) => (tokens[token] as number) >= 0)
    this.#tokenOfWord.clear()
    this.#several.length = 0
    return tokens
  }

  /** What there is to save. Freezes what is not frozen. */
  parts(): IndexParts {
    if (this.#customers.length !== this.#frozen || this.#alive !== this.#customers.length) this.freeze()
    const { dictionary, postings, words, emails, phones } = this
    const ids = this.#customers.flatMap((customer) => customer?.id ?? [])
    return { ids, dictionary, postings, words, emails, phones }
  }

  #slots(): Map<string, number> {
    if (this.#slotOf === null) {
      this.#slotOf = new Map()
      for (const [slot, customer] of this.#customers.entries()) {
        if (customer !== undefined) this.#slotOf.set(customer.id, slot)
      }
    }
    return this.#slotOf
  }

  #addField(slot: number, code: number, field: SearchField, text: string): void {
    if (text === '') return
    const post = (start: number, end: number) => {
      const token = this.#tokenOfWord.numberOf(text, start, end, this.#newWord)
      if (token >= 0) this.#post(token, slot, code)
      else for (const each of this.#several[-1 - token] ?? []) this.#post(each, slot, code)
    }
    if (field === 'phone') {
      this.phones.add(slot, barePhone(text))
    } else if (field === 'email') {
      this.emails.add(slot, emailKey(text))
      eachEmailWord(text, post)
    } else {
      eachWord(text, post)
      if (field === 'name') eachCompound(text, post)
    }
  }

  #post(token: number, slot: number, code: number): void {
    this.words.push(slot, (token << FIELD_BITS) | code)
  }

  /** The postings of the words of customers that have none yet. */
  #eachUnposted(visit: (token: number, posting: number) => void): void {
    for (let slot = this.#posted; slot < this.#customers.length; slot++) {
      this.words.visit(slot, (word) => visit(word >> FIELD_BITS, (slot << FIELD_BITS) | (word & FIELD_MASK)))
    }
  }

  /** The token of a word as written; below 0: its place in `#several`. */
  readonly #newWord = (word: string): number => {
    const tokens = searchKeys(word).map((key) => this.dictionary.idOf(key))
    return tokens.length === 1 ? (tokens[0] as number) : -this.#several.push(tokens)
  }
}
