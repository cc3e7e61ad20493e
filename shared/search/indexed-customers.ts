import type { Steps } from '../util/in-steps.ts'
import { emailKey } from './email-key.ts'
import { searchKeys } from './normalise.ts'
import { type EntryVisitor, NumberLists } from './number-lists.ts'
import { barePhone } from './phone-key.ts'
import { FIELD_BITS, FIELD_MASK } from './score-board.ts'
import { SEARCH_FIELDS, type SearchableCustomer, type SearchField, textOf } from './searchable-customer.ts'
import { SubstringIndex } from './substring-index.ts'
import { TokenDictionary } from './token-dictionary.ts'
import { eachCompound, eachEmailWord, eachWord } from './tokenise.ts'
import { WordTable } from './word-table.ts'

/** New and dead slots that are put up with before everything is frozen again. */
const MIN_LOOSE_SLOTS = 4_096
/** Customers whose words are walked in one step: about a millisecond. */
const STEP_SLOTS = 2_000

interface Lists {
  readonly dictionary: TokenDictionary
  /** By token: `slot << FIELD_BITS | field`. */
  readonly postings: NumberLists
  /** By slot: its words as `token << FIELD_BITS | field`, to ask few customers about many words. */
  readonly words: NumberLists
  readonly emails: SubstringIndex
  readonly phones: SubstringIndex
}

/** The parts of an index, as they are saved and loaded. */
export interface IndexParts extends Lists {
  /** By slot. */
  readonly ids: readonly string[]
}

/**
 * The customers of an index by slot, and where each word, address and number occurs.
 *
 * A changed customer gets a new slot and its old one dies, so that no posting is ever searched for
 * and taken out; dead slots are skipped, and now and then all are renumbered.
 */
export class IndexedCustomers {
  #lists: Lists
  /** Made when it is first needed: a loaded index may be searched for long before anything changes. */
  #slotOf: Map<string, number> | null = null
  #alive = 0
  #customers: (SearchableCustomer | undefined)[] = []
  /** Slots from this one on are not frozen; from `#posted` on their words have no postings yet. */
  #frozen = 0
  #posted = 0
  /** Grows with everything that was added, removed or numbered anew. */
  #version = 0
  /** Words as written; below 0: the place in `#several`. */
  readonly #tokenOfWord = new WordTable()
  /** Tokens of words that have none, or one for each of several spellings. */
  readonly #several: (readonly number[])[] = []

  /** Takes what was saved; `find` gives the customers. One that it doesn't know is not in the index. */
  constructor(parts: IndexParts | null, find: (id: string) => SearchableCustomer | undefined) {
    this.#lists = parts ?? {
      dictionary: new TokenDictionary(),
      postings: new NumberLists(),
      words: new NumberLists(),
      emails: new SubstringIndex(),
      phones: new SubstringIndex(),
    }
    this.#customers = (parts?.ids ?? []).map(find)
    for (const customer of this.#customers) if (customer !== undefined) this.#alive += 1
    this.#frozen = this.#customers.length
    this.#posted = this.#frozen
  }

  get dictionary(): TokenDictionary {
    return this.#lists.dictionary
  }

  get postings(): NumberLists {
    return this.#lists.postings
  }

  get words(): NumberLists {
    return this.#lists.words
  }

  get emails(): SubstringIndex {
    return this.#lists.emails
  }

  get phones(): SubstringIndex {
    return this.#lists.phones
  }

  /** Another number whenever something was added, removed or numbered anew. */
  get version(): number {
    return this.#version
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
    this.#version += 1
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
    this.#version += 1
    return slot
  }

  /** Whether so much has changed that freezing is worth its time. */
  get isLoose(): boolean {
    const dead = this.#customers.length - this.#alive
    const fresh = this.#customers.length - this.#frozen
    // While a base is being built only few of its freezings pay.
    return dead > Math.max(MIN_LOOSE_SLOTS, this.#frozen >> 1) || fresh > Math.max(MIN_LOOSE_SLOTS, this.#frozen * 2)
  }

  /** Makes what was added findable; to be done before a search. */
  *settling(): Steps<void> {
    while (this.#posted < this.#customers.length) {
      const end = Math.min(this.#customers.length, this.#posted + STEP_SLOTS)
      this.#eachPosting(this.#posted, end, (token, posting) => this.postings.push(token, posting))
      this.#posted = end
      yield
    }
    yield* this.dictionary.settling()
    yield* this.emails.settling()
    yield* this.phones.settling()
  }

  /** Whether most customers came since the lists were frozen and cannot be found yet: freezing finds them in less time. */
  get isMostlyNew(): boolean {
    return this.#customers.length - this.#posted > this.#frozen >> 1
  }

  /** Whether `freezing` would change nothing. */
  get isFrozen(): boolean {
    return this.#customers.length === this.#frozen && this.#alive === this.#customers.length
  }

  /**
   * Renumbers the slots without the dead ones, in order, and freezes all lists (about 150 ms for 100,000
   * customers). Searches may go on between two steps. Ends without a change, and with false, where
   * something was added or removed between them.
   */
  *freezing(): Steps<boolean> {
    const version = this.#version
    const renumber = new Int32Array(this.#customers.length).fill(-1)
    const alive: SearchableCustomer[] = []
    const slotOf = this.#slotOf === null ? null : new Map<string, number>()
    for (const [slot, customer] of this.#customers.entries()) {
      if (slot % STEP_SLOTS === 0) yield
      if (customer === undefined) continue
      renumber[slot] = alive.push(customer) - 1
      slotOf?.set(customer.id, alive.length - 1)
    }
    const lists = yield* this.#frozenLists(renumber, alive.length)
    if (version !== this.#version) return false
    this.#version += 1
    if (lists.dictionary !== this.dictionary) {
      this.#tokenOfWord.clear()
      this.#several.length = 0
    }
    this.#lists = lists
    this.#slotOf = slotOf
    this.#customers = alive
    this.#frozen = alive.length
    this.#posted = alive.length
    return true
  }

  *#frozenLists(renumber: Int32Array, slots: number): Steps<Lists> {
    const [posted, end] = [this.#posted, this.#customers.length]
    const more = (visit: EntryVisitor) => this.#postingsOf(posted, end, visit)
    const values = { renumber, bits: FIELD_BITS }
    let postings = yield* this.postings.frozenAs(this.dictionary.size, { values, more })
    const { tokens, held } = this.#wordsHeld(postings)
    let { dictionary } = this
    if (tokens === null) {
      yield* dictionary.settling({ always: true })
    } else {
      postings = yield* postings.frozenAs(held, { keys: tokens })
      dictionary = yield* dictionary.keeping((token) => (tokens[token] as number) >= 0)
    }
    const words = yield* this.words.frozenAs(slots, {
      keys: renumber,
      values: tokens === null ? null : { renumber: tokens, bits: FIELD_BITS },
    })
    const emails = yield* this.emails.frozenAs(renumber)
    const phones = yield* this.phones.frozenAs(renumber)
    return { dictionary, postings, words, emails, phones }
  }

  /** How many words somebody holds, and their new numbers: of an erased person none may stay. Null: all are held. */
  #wordsHeld(postings: NumberLists): { readonly tokens: Int32Array | null; readonly held: number } {
    const tokens = new Int32Array(this.dictionary.size).fill(-1)
    let held = 0
    for (let token = 0; token < tokens.length; token++) if (postings.lengthOf(token) > 0) tokens[token] = held++
    return { tokens: held === tokens.length ? null : tokens, held }
  }

  /** What there is to save; everything must be frozen. */
  parts(): IndexParts {
    return { ...this.#lists, ids: this.#customers.map((customer) => customer?.id ?? '') }
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

  *#postingsOf(from: number, end: number, visit: EntryVisitor): Steps<void> {
    for (let slot = from; slot < end; slot += STEP_SLOTS) {
      this.#eachPosting(slot, Math.min(end, slot + STEP_SLOTS), visit)
      yield
    }
  }

  /** The postings of the words of these customers. */
  #eachPosting(from: number, end: number, visit: EntryVisitor): void {
    for (let slot = from; slot < end; slot++) {
      this.words.visit(slot, (word) => visit(word >> FIELD_BITS, (slot << FIELD_BITS) | (word & FIELD_MASK)))
    }
  }

  /** The token of a word as written; below 0: its place in `#several`. */
  readonly #newWord = (word: string): number => {
    const tokens = searchKeys(word).map((key) => this.dictionary.idOf(key))
    return tokens.length === 1 ? (tokens[0] as number) : -this.#several.push(tokens)
  }
}
