import type { NumberLists } from './number-lists.ts'
import { SEARCH_FIELDS, SEARCHED } from './searchable-customer.ts'

/** A posting is `slot << FIELD_BITS | field`, the field as its place in SEARCH_FIELDS. */
export const FIELD_BITS = 3
export const FIELD_MASK = (1 << FIELD_BITS) - 1

export const NAME_FIELD = SEARCH_FIELDS.indexOf('name')

/** How much a word counts by the field it stands in. */
const FIELD_WEIGHTS = Float32Array.from(SEARCH_FIELDS, (field) => SEARCHED[field].weight)

/** Slots that every term found, in no order, each with its mean weight. */
export interface Standing {
  readonly slots: Int32Array
  readonly scores: Float32Array
}

const MIN_CAPACITY = 1_024
const NONE = new Int32Array(0)
/** Rounds that a closed slot has "passed": more than there can be, so that no term finds it. */
const CLOSED = 255

/**
 * Adds up, term by term, how well each slot fits, and keeps only slots that every term found.
 * Flat arrays over all slots: a common word touches half of the base, and sequential writes into
 * 400 KB beat any set or map (about 3 ns a posting).
 */
export class ScoreBoard {
  /** Terms that found the slot so far. */
  #passed = new Uint8Array(MIN_CAPACITY).fill(CLOSED)
  #sum = new Float32Array(MIN_CAPACITY)
  #best = new Float32Array(MIN_CAPACITY)
  #found: Int32Array = new Int32Array(MIN_CAPACITY)
  #foundCount = 0
  #previous: Int32Array = new Int32Array(MIN_CAPACITY)
  #previousCount = 0
  #everFound: Int32Array = NONE
  #round = 0

  /** Makes a slot that was never used one that can be found. */
  open(slot: number): void {
    if (slot >= this.#passed.length) this.#grow(Math.max(MIN_CAPACITY, slot * 2))
    this.#passed[slot] = 0
  }

  /** Makes a slot one that nothing finds. */
  close(slot: number): void {
    this.#passed[slot] = CLOSED
  }

  /** Opens slots `0 .. count - 1` and no others: after they were renumbered. */
  reopen(count: number): void {
    if (count > this.#passed.length) this.#grow(count)
    this.#passed.fill(CLOSED)
    this.#passed.fill(0, 0, count)
  }

  /** Starts a query. */
  begin(): void {
    this.#round = 0
    this.#foundCount = 0
    this.#previousCount = 0
    this.#everFound = NONE
  }

  /** The term under way finds a word of this weight wherever a token occurs, or only in names. */
  offerAll(postings: NumberLists, token: number, weight: number, namesOnly = false): void {
    const passed = this.#passed
    const bests = this.#best
    const found = this.#found
    const round = this.#round
    const { frozen } = postings
    const end = postings.frozenEnd(token)
    let count = this.#foundCount
    for (let i = postings.frozenStart(token); i < end; i++) {
      const posting = frozen[i] as number
      if (namesOnly && (posting & FIELD_MASK) !== NAME_FIELD) continue
      const slot = posting >> FIELD_BITS
      if (passed[slot] !== round) continue
      const value = weight * (FIELD_WEIGHTS[posting & FIELD_MASK] as number)
      const best = bests[slot] as number
      if (best === 0) found[count++] = slot
      if (value > best) bests[slot] = value
    }
    this.#foundCount = count
    for (let at = postings.newest(token); at > 0; at = postings.addedBefore(at)) {
      const posting = postings.addedAt(at)
      if (namesOnly && (posting & FIELD_MASK) !== NAME_FIELD) continue
      this.offerWord(posting >> FIELD_BITS, posting & FIELD_MASK, weight)
    }
  }

  /** The term under way finds a slot, with a weight above 0; the best weight of a term counts. */
  offer(slot: number, weight: number): void {
    if (this.#passed[slot] !== this.#round) return
    const best = this.#best[slot] as number
    if (best === 0) this.#found[this.#foundCount++] = slot
    if (weight > best) this.#best[slot] = weight
  }

  /** Slots that all terms so far have found; before the first term none are known. */
  survivors(): Int32Array {
    return this.#previous.subarray(0, this.#previousCount)
  }

  /** The term under way finds a word of this weight in one field of a slot. */
  offerWord(slot: number, field: number, weight: number): void {
    this.offer(slot, weight * (FIELD_WEIGHTS[field] as number))
  }

  /** Ends a term: slots that it didn't find are out. Returns how many are left. */
  endTerm(): number {
    const round = this.#round
    for (let i = 0; i < this.#foundCount; i++) {
      const slot = this.#found[i] as number
      this.#sum[slot] = (this.#sum[slot] as number) + (this.#best[slot] as number)
      this.#best[slot] = 0
      this.#passed[slot] = round + 1
    }
    if (round === 0) this.#everFound = this.#found.slice(0, this.#foundCount)
    const found = this.#found
    this.#found = this.#previous
    this.#previous = found
    this.#previousCount = this.#foundCount
    this.#foundCount = 0
    this.#round = round + 1
    return this.#previousCount
  }

  /** Ends the query: all slots that every term found. Cleans the board. */
  finish(): Standing {
    const rounds = Math.max(1, this.#round)
    const slots = this.#previous.slice(0, this.#previousCount)
    const scores = new Float32Array(slots.length)
    for (let i = 0; i < slots.length; i++) scores[i] = (this.#sum[slots[i] as number] as number) / rounds
    for (const slot of this.#everFound) {
      this.#passed[slot] = 0
      this.#sum[slot] = 0
    }
    return { slots, scores }
  }

  #grow(capacity: number): void {
    const passed = new Uint8Array(capacity).fill(CLOSED)
    passed.set(this.#passed)
    this.#passed = passed
    this.#sum = new Float32Array(capacity)
    this.#best = new Float32Array(capacity)
    this.#found = new Int32Array(capacity)
    this.#previous = new Int32Array(capacity)
  }
}
