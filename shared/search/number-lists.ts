const MIN_CAPACITY = 1_024
/** Numbers a key: three and one to spare, so that they lie in one line of the processor's cache. */
const TAIL = 4

/** What becomes of keys and entries when lists are frozen: by the old number the new one, below 0: it goes. */
export interface Renumbering {
  /** Keeps the order of those that stay. */
  readonly keys?: Int32Array | null
  /** For entries whose lowest `bits` bits stay as they are. */
  readonly values?: { readonly renumber: Int32Array; readonly bits: number } | null
  /**
   * Visits entries that were never pushed, by old numbers; the same ones each time it is called. Entries
   * that one list has twice in a row count once. Cheaper than pushing what is frozen right away.
   */
  readonly more?: (visit: (key: number, value: number) => void) => void
}

/**
 * Lists of whole numbers by a whole number: words → customers, customers → words, trigrams →
 * customers. Most of it is frozen (two flat arrays, each list a range), what came since hangs in
 * chains. Flat arrays make building cheap (no garbage, 10 ns an entry), reading fast, and saving a
 * copy of bytes.
 */
export class NumberLists {
  /** The frozen list of a key is `frozen[starts[key]] .. frozen[starts[key + 1] - 1]`. */
  #starts: Uint32Array
  #frozen: Uint32Array
  /** By key, `TAIL` numbers side by side: the place of its newest entry plus 1 (0: none), how many, and that entry. */
  #tails = new Uint32Array(0)
  /** By place: the entry, and the place plus 1 of the one before. */
  #added = new Uint32Array(0)
  #before = new Uint32Array(0)
  /** By place: the key. */
  #keys = new Uint32Array(0)
  #size = 0

  constructor(starts: Uint32Array = new Uint32Array(1), frozen: Uint32Array = new Uint32Array(0)) {
    this.#starts = starts
    this.#frozen = frozen
  }

  /** Adds to a list, unless its newest entry is the same. */
  push(key: number, value: number): void {
    const at = key * TAIL
    if (at >= this.#tails.length) this.#growKeys(key + 1)
    const tails = this.#tails
    const newest = tails[at] as number
    if (newest > 0 && tails[at + 2] === value) return
    if (this.#size === this.#added.length) this.#growEntries()
    this.#keys[this.#size] = key
    this.#added[this.#size] = value
    this.#before[this.#size] = newest
    this.#size += 1
    tails[at] = this.#size
    tails[at + 1] = (tails[at + 1] as number) + 1
    tails[at + 2] = value
  }

  /** Entries in the list of a key. */
  lengthOf(key: number): number {
    return this.frozenEnd(key) - this.frozenStart(key) + (this.#tails[key * TAIL + 1] ?? 0)
  }

  /** Where the frozen entries of a key begin in `frozen`. */
  frozenStart(key: number): number {
    return key + 1 < this.#starts.length ? (this.#starts[key] as number) : 0
  }

  /** Where they end. */
  frozenEnd(key: number): number {
    return key + 1 < this.#starts.length ? (this.#starts[key + 1] as number) : 0
  }

  get frozen(): Uint32Array {
    return this.#frozen
  }

  /** The newest entry of a key that is not frozen, as a place for `addedAt` and `addedBefore`; 0: none. */
  newest(key: number): number {
    return this.#tails[key * TAIL] ?? 0
  }

  addedAt(place: number): number {
    return this.#added[place - 1] as number
  }

  /** The next older entry; 0: none. */
  addedBefore(place: number): number {
    return this.#before[place - 1] as number
  }

  /** Visits the entries of a key. Where a nanosecond each matters, walk them by hand instead. */
  visit(key: number, visit: (value: number) => void): void {
    const end = this.frozenEnd(key)
    for (let i = this.frozenStart(key); i < end; i++) visit(this.#frozen[i] as number)
    for (let place = this.newest(key); place > 0; place = this.addedBefore(place)) visit(this.addedAt(place))
  }

  /** Freezes everything: one pass that counts and one that fills, both in the order of memory. */
  freeze(keyCount: number, { keys = null, values = null, more = () => {} }: Renumbering): void {
    const starts = new Uint32Array(keyCount + 1)
    const keyOf = (key: number) => (keys === null ? key : (keys[key] as number))
    const eachOfMore = (visit: (to: number, value: number) => void) => {
      // By list: its newest entry plus 1.
      const newest = new Float64Array(keyCount)
      more((key, value) => {
        const to = keyOf(key)
        if (to < 0 || newest[to] === value + 1) return
        newest[to] = value + 1
        visit(to, value)
      })
    }
    for (let key = 0; key + 1 < this.#starts.length; key++) {
      const to = keyOf(key)
      if (to >= 0) starts[to + 1] = (starts[to + 1] as number) + this.frozenEnd(key) - this.frozenStart(key)
    }
    for (let i = 0; i < this.#size; i++) {
      const to = keyOf(this.#keys[i] as number)
      if (to >= 0) starts[to + 1] = (starts[to + 1] as number) + 1
    }
    eachOfMore((to) => {
      starts[to + 1] = (starts[to + 1] as number) + 1
    })
    for (let key = 0; key < keyCount; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number)
    const frozen = new Uint32Array(starts[keyCount] as number)
    const ends = starts.slice()
    for (let key = 0; key + 1 < this.#starts.length; key++) {
      const to = keyOf(key)
      if (to < 0) continue
      let end = ends[to] as number
      for (let i = this.frozenStart(key); i < this.frozenEnd(key); i++) frozen[end++] = this.#frozen[i] as number
      ends[to] = end
    }
    for (let i = 0; i < this.#size; i++) {
      const to = keyOf(this.#keys[i] as number)
      if (to >= 0) {
        const end = ends[to] as number
        frozen[end] = this.#added[i] as number
        ends[to] = end + 1
      }
    }
    eachOfMore((to, value) => {
      const end = ends[to] as number
      frozen[end] = value
      ends[to] = end + 1
    })
    this.#starts = starts
    this.#frozen = frozen
    if (values !== null) this.#renumber(values)
    this.#tails = new Uint32Array(0)
    this.#keys = new Uint32Array(0)
    this.#added = new Uint32Array(0)
    this.#before = new Uint32Array(0)
    this.#size = 0
  }

  /** Renumbers the entries in place, and closes the gaps of those that go. */
  #renumber({ renumber, bits }: NonNullable<Renumbering['values']>): void {
    const starts = this.#starts
    const frozen = this.#frozen
    const mask = (1 << bits) - 1
    let size = 0
    let from = 0
    for (let key = 0; key + 1 < starts.length; key++) {
      const end = starts[key + 1] as number
      for (let i = from; i < end; i++) {
        const value = frozen[i] as number
        const to = renumber[value >> bits] as number
        if (to >= 0) frozen[size++] = (to << bits) | (value & mask)
      }
      from = end
      starts[key + 1] = size
    }
    if (size < frozen.length) this.#frozen = frozen.slice(0, size)
  }

  /** The frozen part, as the constructor takes it. */
  arrays(): { readonly starts: Uint32Array; readonly frozen: Uint32Array } {
    return { starts: this.#starts, frozen: this.#frozen }
  }

  #growKeys(count: number): void {
    this.#tails = grown(this.#tails, TAIL * Math.max(MIN_CAPACITY, count + (count >> 1)))
  }

  #growEntries(): void {
    const capacity = Math.max(MIN_CAPACITY, this.#size * 2)
    this.#added = grown(this.#added, capacity)
    this.#before = grown(this.#before, capacity)
    this.#keys = grown(this.#keys, capacity)
  }
}

function grown(array: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity)
  larger.set(array)
  return larger
}
