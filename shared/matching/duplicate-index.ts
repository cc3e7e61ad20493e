import { BLOCK_LIMITS, BLOCKING_KEYS, blockingKeys } from './blocking-keys.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { ValueCounts } from './value-counts.ts'

/**
 * Finds who is worth comparing with whom, kept up to date customer by customer. What it answers
 * depends on which customers it holds, not on the order in which they came.
 */
export class DuplicateIndex {
  readonly counts = new ValueCounts()
  readonly #records: (ComparisonRecord | undefined)[] = []
  readonly #slots = new Map<string, number>()
  readonly #free: number[] = []
  /** Hashes of the blocking keys, `BLOCKING_KEYS` a slot; 0: none. */
  #keys = new Int32Array(BLOCKING_KEYS * 1_024)
  /** Slots by key; a lone slot stands for itself, since most keys have one. */
  readonly #blocks = new Map<number, number | number[]>()

  get size(): number {
    return this.#slots.size
  }

  get(id: string): ComparisonRecord | undefined {
    return this.#records[this.#slots.get(id) ?? -1]
  }

  /** All customers, in no particular order. */
  *records(): Generator<ComparisonRecord, void> {
    for (const record of this.#records) if (record !== undefined) yield record
  }

  /** Adds a customer, or replaces the one of the same id. */
  upsert(record: ComparisonRecord): void {
    this.remove(record.id)
    const slot = this.#free.pop() ?? this.#records.length
    this.#records[slot] = record
    this.#slots.set(record.id, slot)
    this.counts.add(record)
    this.#reserve(slot)
    for (const [place, key] of hashedKeys(record).entries()) {
      this.#keys[slot * BLOCKING_KEYS + place] = key
      if (key !== 0) this.#join(key, slot)
    }
  }

  /** Forgets a customer; nothing happens where there is none of that id. */
  remove(id: string): void {
    const slot = this.#slots.get(id)
    const record = this.#records[slot ?? -1]
    if (slot === undefined || record === undefined) return
    for (let place = 0; place < BLOCKING_KEYS; place++) {
      const key = this.#keyAt(slot, place)
      if (key !== 0) this.#leave(key, slot)
    }
    this.counts.remove(record)
    this.#records[slot] = undefined
    this.#slots.delete(id)
    this.#free.push(slot)
  }

  /** Everybody worth comparing with a customer, who need not be in the index; without one of the same id. */
  candidatesOf(record: ComparisonRecord): ComparisonRecord[] {
    const found = new Set<number>()
    for (const [place, key] of hashedKeys(record).entries()) {
      const block = key === 0 ? undefined : this.#blocks.get(key)
      if (typeof block === 'number') found.add(block)
      else if (block !== undefined && isCompared(block, place)) for (const slot of block) found.add(slot)
    }
    return [...found].flatMap((slot) => {
      const other = this.#records[slot]
      return other === undefined || other.id === record.id ? [] : [other]
    })
  }

  /**
   * Every pair worth comparing, each once, some thousands at a time. `done` of `total` tells how far it is. The
   * index must not change meanwhile.
   */
  *pairs(): Generator<{ readonly pairs: Pair[]; readonly done: number; readonly total: number }, void> {
    const total = this.#blocks.size
    let done = 0
    let pairs: Pair[] = []
    for (const [key, block] of this.#blocks) {
      done++
      if (typeof block === 'number') continue
      const place = this.#placeOf(key, block[0] ?? 0)
      if (isCompared(block, place)) this.#pairsOf(place, block, pairs)
      if (pairs.length >= SLICE) {
        yield { pairs, done, total }
        pairs = []
      }
    }
    yield { pairs, done, total }
  }

  #pairsOf(place: number, block: readonly number[], pairs: Pair[]): void {
    for (let i = 1; i < block.length; i++) {
      const b = block[i] ?? 0
      for (let j = 0; j < i; j++) {
        const a = block[j] ?? 0
        if (a === b || this.#metBefore(place, a, b)) continue
        const first = this.#records[a]
        const second = this.#records[b]
        if (first !== undefined && second !== undefined) {
          pairs.push(first.id < second.id ? [first, second] : [second, first])
        }
      }
    }
  }

  /** Whether two share a key of an earlier place whose block is compared: then the pair is found there. */
  #metBefore(end: number, a: number, b: number): boolean {
    for (let place = 0; place < end; place++) {
      const shared = this.#keyAt(a, place)
      if (shared === 0 || shared !== this.#keyAt(b, place)) continue
      const block = this.#blocks.get(shared)
      if (typeof block === 'object' && isCompared(block, place)) return true
    }
    return false
  }

  #placeOf(key: number, slot: number): number {
    let place = 0
    while (this.#keyAt(slot, place) !== key) place++
    return place
  }

  #keyAt(slot: number, place: number): number {
    return this.#keys[slot * BLOCKING_KEYS + place] ?? 0
  }

  #join(key: number, slot: number): void {
    const block = this.#blocks.get(key)
    if (block === undefined) this.#blocks.set(key, slot)
    else if (typeof block === 'number') this.#blocks.set(key, [block, slot])
    else block.push(slot)
  }

  #leave(key: number, slot: number): void {
    const block = this.#blocks.get(key)
    if (typeof block !== 'object') this.#blocks.delete(key)
    else {
      block.splice(block.indexOf(slot), 1)
      if (block.length === 1) this.#blocks.set(key, block[0] ?? 0)
    }
  }

  #reserve(slot: number): void {
    if ((slot + 1) * BLOCKING_KEYS <= this.#keys.length) return
    const larger = new Int32Array(this.#keys.length * 2)
    larger.set(this.#keys)
    this.#keys = larger
  }
}

function isCompared(block: readonly number[], place: number): boolean {
  return block.length <= (BLOCK_LIMITS[place] ?? 0)
}

/** Two customers, the smaller id first. */
export type Pair = readonly [a: ComparisonRecord, b: ComparisonRecord]

/** Pairs handed over at a time: a few milliseconds of comparing. */
const SLICE = 2_000

/** The blocking keys as 31-bit numbers (FNV-1a), 0 for none: a tenth of the memory of texts, and a rare collision only costs a comparison. */
function hashedKeys(record: ComparisonRecord): number[] {
  return blockingKeys(record).map((key, place) => {
    if (key === '') return 0
    let hash = Math.imul(0x811c9dc5 ^ place, 0x01000193)
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
    return hash >>> 1 || 1
  })
}
