/** Length of the pieces that are indexed, and the shortest text that can be looked for. */
export const GRAM_LENGTH = 3

const MAX_SHARED = 255

/**
 * Finds short keys (phone digits, e-mail addresses) by any piece of three characters and more:
 * postings per trigram, the rarest trigram of the query drives, the key itself decides.
 */
export class SubstringIndex {
  #keys: string[] = []
  #postings = new Map<number, number[]>()

  /** Sets the key of a slot. Slots must come in rising order; `''` indexes nothing. */
  add(slot: number, key: string): void {
    this.#keys[slot] = key
    for (let i = 0; i + GRAM_LENGTH <= key.length; i++) {
      const gram = gramAt(key, i)
      const posting = this.#postings.get(gram)
      if (posting === undefined) this.#postings.set(gram, [slot])
      else if (posting[posting.length - 1] !== slot) posting.push(slot)
    }
  }

  /**
   * Visits slots whose keys share the query's rarest trigram, with their key; the caller judges.
   * With more than `limit` of them nothing is visited and false is returned: such a piece is in
   * too many keys to say anything.
   */
  candidates(query: string, limit: number, visit: (slot: number, key: string) => void): boolean {
    let rarest: readonly number[] | undefined
    for (let i = 0; i + GRAM_LENGTH <= query.length; i++) {
      const posting = this.#postings.get(gramAt(query, i))
      if (posting === undefined) return true
      if (rarest === undefined || posting.length < rarest.length) rarest = posting
    }
    if (rarest === undefined || rarest.length > limit) return false
    for (const slot of rarest) visit(slot, this.#keys[slot] ?? '')
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
      const posting = this.#postings.get(gramAt(query, i)) ?? []
      if (posting.length > limit) continue
      grams++
      for (const slot of posting) {
        const count = shared[slot] as number
        if (count === 0) touched.push(slot)
        if (count < MAX_SHARED) shared[slot] = count + 1
      }
    }
    const needed = Math.min(MAX_SHARED, Math.max(2, grams - GRAM_LENGTH * maxEdits))
    for (const slot of touched) if ((shared[slot] as number) >= needed) visit(slot, this.#keys[slot] ?? '')
  }

  /** Renumbers the slots: `renumber[old]` is the new slot, or -1 where the slot is gone. Order is kept. */
  compact(renumber: Int32Array): void {
    const keys: string[] = []
    for (const [slot, key] of this.#keys.entries()) {
      const next = renumber[slot] ?? -1
      if (next >= 0) keys[next] = key
    }
    this.#keys = keys
    for (const [gram, posting] of this.#postings) {
      const kept = posting.map((slot) => renumber[slot] ?? -1).filter((slot) => slot >= 0)
      if (kept.length === 0) this.#postings.delete(gram)
      else this.#postings.set(gram, kept)
    }
  }
}

/** Three code units as one number. Keys are ASCII. */
function gramAt(key: string, i: number): number {
  return (key.charCodeAt(i) << 14) | (key.charCodeAt(i + 1) << 7) | key.charCodeAt(i + 2)
}
