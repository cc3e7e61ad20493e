import type { Steps } from '../util/in-steps.ts'
import { type EntryVisitor, NumberLists } from './number-lists.ts'

/** Length of the pieces that are indexed, and the shortest text that can be looked for. */
export const GRAM_LENGTH = 3

const MAX_SHARED = 255
/** Keys that are cut into trigrams in one step: about a millisecond. */
const STEP_KEYS = 2_000

/** Letters, digits and `@`: a trigram is a number of three digits in this base. */
const LETTERS = 38
const GRAMS = LETTERS ** GRAM_LENGTH

/**
 * Finds short keys (phone digits, e-mail addresses) by any piece of three characters and more:
 * postings per trigram, the rarest trigram of the query drives, the key itself decides.
 */
export class SubstringIndex {
  readonly #keys: string[]
  readonly #postings: NumberLists
  /** Slots from this one on have no postings yet. */
  #posted: number

  constructor(keys: string[] = [], postings = new NumberLists()) {
    this.#keys = keys
    this.#postings = postings
    this.#posted = keys.length
  }

  /** Sets the key of a slot: lower-case letters, digits and `@`. Slots must come in rising order; `''` indexes nothing. */
  add(slot: number, key: string): void {
    this.#keys[slot] = key
  }

  /** Makes what was added findable; to be done before a search. */
  *settling(): Steps<void> {
    while (this.#posted < this.#keys.length) {
      const end = Math.min(this.#keys.length, this.#posted + STEP_KEYS)
      this.#eachGram(this.#posted, end, (gram, slot) => this.#postings.push(gram, slot))
      this.#posted = end
      yield
    }
  }

  /**
   * Visits slots whose keys share the query's rarest trigram, with their key; the caller judges.
   * With more than `limit` of them nothing is visited and false is returned: such a piece is in
   * too many keys to say anything.
   */
  candidates(query: string, limit: number, visit: (slot: number, key: string) => void): boolean {
    let rarest = -1
    let fewest = Number.POSITIVE_INFINITY
    for (let i = 0; i + GRAM_LENGTH <= query.length; i++) {
      const gram = gramAt(query, i)
      const length = this.#postings.lengthOf(gram)
      if (length === 0) return true
      if (length < fewest) {
        rarest = gram
        fewest = length
      }
    }
    if (rarest < 0 || fewest > limit) return false
    this.#postings.visit(rarest, (slot) => visit(slot, this.#keys[slot] ?? ''))
    return true
  }

  /**
   * Visits slots whose keys share so many trigrams with the query that they may lie within `maxEdits`
   * typing errors of it (one error breaks at most three trigrams); the caller judges. Trigrams that
   * more than `limit` keys have are left out of the count.
   */
  similar(query: string, maxEdits: number, limit: number, visit: (slot: number, key: string) => void): void {
    const shared = new Uint8Array(this.#keys.length)
    const touched: number[] = []
    let grams = 0
    for (let i = 0; i + GRAM_LENGTH <= query.length; i++) {
      const gram = gramAt(query, i)
      if (this.#postings.lengthOf(gram) > limit) continue
      grams++
      this.#postings.visit(gram, (slot) => {
        const count = shared[slot] as number
        if (count === 0) touched.push(slot)
        if (count < MAX_SHARED) shared[slot] = count + 1
      })
    }
    const needed = Math.min(MAX_SHARED, Math.max(2, grams - GRAM_LENGTH * maxEdits))
    for (const slot of touched) if ((shared[slot] as number) >= needed) visit(slot, this.#keys[slot] ?? '')
  }

  /**
   * The same index, frozen, with other slots: `renumber[old]` is the new one, or -1 where it is gone. Order
   * is kept. What is added between two steps is not in it.
   */
  *frozenAs(renumber: Int32Array): Steps<SubstringIndex> {
    const [posted, end] = [this.#posted, this.#keys.length]
    const more = (visit: EntryVisitor) => this.#eachOf(posted, end, visit)
    const postings = yield* this.#postings.frozenAs(GRAMS, { values: { renumber, bits: 0 }, more })
    const keys: string[] = []
    for (let slot = 0; slot < end; slot++) {
      const next = renumber[slot] ?? -1
      const key = this.#keys[slot]
      if (next >= 0 && key !== undefined) keys[next] = key
    }
    return new SubstringIndex(keys, postings)
  }

  *#eachOf(from: number, end: number, visit: EntryVisitor): Steps<void> {
    for (let slot = from; slot < end; slot += STEP_KEYS) {
      this.#eachGram(slot, Math.min(end, slot + STEP_KEYS), visit)
      yield
    }
  }

  #eachGram(from: number, end: number, visit: EntryVisitor): void {
    for (let slot = from; slot < end; slot++) {
      const key = this.#keys[slot]
      if (key === undefined) continue
      for (let i = 0; i + GRAM_LENGTH <= key.length; i++) visit(gramAt(key, i), slot)
    }
  }

  /** What the constructor takes; everything must be frozen. */
  parts(): { readonly keys: readonly string[]; readonly postings: NumberLists } {
    return { keys: this.#keys, postings: this.#postings }
  }
}

function gramAt(key: string, i: number): number {
  return (codeAt(key, i) * LETTERS + codeAt(key, i + 1)) * LETTERS + codeAt(key, i + 2)
}

/** 0 to 9: digits, 10 to 35: letters, 36: anything else (`@`). */
function codeAt(key: string, i: number): number {
  const code = key.charCodeAt(i)
  if (code >= 97 && code <= 122) return code - 87
  return code >= 48 && code <= 57 ? code - 48 : 36
}
