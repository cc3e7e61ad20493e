import type { Steps } from '../util/in-steps.ts'

const MIN_CAPACITY = 1_024
/** Numbers a key: three and one to spare, so that they lie in one line of the processor's cache. */
const TAIL = 4
/** Entries, or keys, that one step of freezing handles: less than a millisecond. */
const STEP_ENTRIES = 100_000

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
  readonly more?: (visit: EntryVisitor) => Steps<void>
}

/** Takes an entry and the key of its list. */
export type EntryVisitor = (key: number, value: number) => void

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

  /**
   * The same lists renumbered and frozen, as lists of their own: one pass that counts and one that fills,
   * both in the order of memory. What is pushed between two steps is not in them.
   */
  *frozenAs(keyCount: number, { keys = null, values = null, more = noMore }: Renumbering): Steps<NumberLists> {
    const size = this.#size
    const starts = new Uint32Array(keyCount + 1)
    for (const [from, to] of stretches(this.#starts)) {
      this.#countFrozen(from, to, keys, starts)
      yield
    }
    for (let from = 0; from < size; from += STEP_ENTRIES) {
      this.#countAdded(from, Math.min(size, from + STEP_ENTRIES), keys, starts)
      yield
    }
    yield* more(
      unlessTwice(keyCount, keys, (to) => {
        starts[to + 1] = (starts[to + 1] as number) + 1
      }),
    )
    for (let key = 0; key < keyCount; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number)
    const frozen = new Uint32Array(starts[keyCount] as number)
    const ends = starts.slice()
    for (const [from, to] of stretches(this.#starts)) {
      this.#copyFrozen(from, to, keys, frozen, ends)
      yield
    }
    for (let from = 0; from < size; from += STEP_ENTRIES) {
      this.#copyAdded(from, Math.min(size, from + STEP_ENTRIES), keys, frozen, ends)
      yield
    }
    yield* more(
      unlessTwice(keyCount, keys, (to, value) => {
        const end = ends[to] as number
        frozen[end] = value
        ends[to] = end + 1
      }),
    )
    return values === null ? new NumberLists(starts, frozen) : yield* renumbered(starts, frozen, values)
  }

  #countFrozen(from: number, end: number, keys: Int32Array | null, starts: Uint32Array): void {
    for (let key = from; key < end; key++) {
      const to = keys === null ? key : (keys[key] as number)
      if (to >= 0) starts[to + 1] = (starts[to + 1] as number) + this.frozenEnd(key) - this.frozenStart(key)
    }
  }

  #countAdded(from: number, end: number, keys: Int32Array | null, starts: Uint32Array): void {
    for (let i = from; i < end; i++) {
      const key = this.#keys[i] as number
      const to = keys === null ? key : (keys[key] as number)
      if (to >= 0) starts[to + 1] = (starts[to + 1] as number) + 1
    }
  }

  #copyFrozen(from: number, end: number, keys: Int32Array | null, frozen: Uint32Array, ends: Uint32Array): void {
    for (let key = from; key < end; key++) {
      const to = keys === null ? key : (keys[key] as number)
      if (to < 0) continue
      let at = ends[to] as number
      for (let i = this.frozenStart(key); i < this.frozenEnd(key); i++) frozen[at++] = this.#frozen[i] as number
      ends[to] = at
    }
  }

  #copyAdded(from: number, end: number, keys: Int32Array | null, frozen: Uint32Array, ends: Uint32Array): void {
    for (let i = from; i < end; i++) {
      const key = this.#keys[i] as number
      const to = keys === null ? key : (keys[key] as number)
      if (to < 0) continue
      const at = ends[to] as number
      frozen[at] = this.#added[i] as number
      ends[to] = at + 1
    }
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

function* noMore(): Steps<void> {}

/** Keys of frozen lists, in stretches that one step handles: from, and up to but without. */
function* stretches(starts: Uint32Array): Generator<readonly [number, number]> {
  const keys = starts.length - 1
  for (let from = 0; from < keys; ) {
    const last = (starts[from] as number) + STEP_ENTRIES
    let to = from + 1
    while (to < keys && to - from < STEP_ENTRIES && (starts[to + 1] as number) <= last) to++
    yield [from, to]
    from = to
  }
}

/** Visits the entries of lists that stay, by the new number of the list, and none twice in a row. */
function unlessTwice(keyCount: number, keys: Int32Array | null, visit: EntryVisitor): EntryVisitor {
  // By list: its newest entry plus 1.
  const newest = new Float64Array(keyCount)
  return (key, value) => {
    const to = keys === null ? key : (keys[key] as number)
    if (to < 0 || newest[to] === value + 1) return
    newest[to] = value + 1
    visit(to, value)
  }
}

/** Renumbers the entries in place, and closes the gaps of those that go. */
function* renumbered(
  starts: Uint32Array,
  frozen: Uint32Array,
  values: NonNullable<Renumbering['values']>,
): Steps<NumberLists> {
  const ends = new Uint32Array(starts.length)
  for (const [from, to] of stretches(starts)) {
    renumber(from, to, { starts, frozen, ends, ...values })
    yield
  }
  const size = ends.at(-1) ?? 0
  return new NumberLists(ends, size < frozen.length ? frozen.slice(0, size) : frozen)
}

function renumber(
  from: number,
  to: number,
  lists: {
    readonly starts: Uint32Array
    readonly frozen: Uint32Array
    readonly ends: Uint32Array
    readonly renumber: Int32Array
    readonly bits: number
  },
): void {
  const { starts, frozen, ends, renumber, bits } = lists
  const mask = (1 << bits) - 1
  let size = ends[from] as number
  for (let key = from; key < to; key++) {
    const end = starts[key + 1] as number
    for (let i = starts[key] as number; i < end; i++) {
      const value = frozen[i] as number
      const number = renumber[value >> bits] as number
      if (number >= 0) frozen[size++] = (number << bits) | (value & mask)
    }
    ends[key + 1] = size
  }
}

function grown(array: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity)
  larger.set(array)
  return larger
}
