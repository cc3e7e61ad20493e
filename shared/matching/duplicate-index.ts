import { BLOCK_LIMITS, BLOCKING_KEYS, blockingKeys } from './blocking-keys.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { KeyBlocks } from './key-blocks.ts'
import { TextPool } from './text-pool.ts'
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
  /** Its members are keys of customers: `slot * BLOCKING_KEYS + place`. */
  readonly #blocks = new KeyBlocks()
  readonly #pool = new TextPool()
  /** By slot, while close ones are looked for: what they share. A map would take most of the time. */
  #met = new Uint8Array(0)
  /** Who was looked for last is often added next. */
  #last: { readonly record: ComparisonRecord; readonly keys: readonly number[] } | null = null

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
  upsert(given: ComparisonRecord): void {
    this.remove(given.id)
    const record = this.#pool.pooled(given)
    const slot = this.#free.pop() ?? this.#records.length
    this.#records[slot] = record
    if (slot >= this.#met.length) this.#met = new Uint8Array(2 * slot + 1_024)
    this.#slots.set(record.id, slot)
    this.counts.add(record)
    let member = slot * BLOCKING_KEYS
    for (const key of this.#keysOf(given)) {
      if (key !== 0) this.#blocks.join(member, key)
      member++
    }
  }

  /** Forgets a customer; nothing happens where there is none of that id. */
  remove(id: string): void {
    const slot = this.#slots.get(id)
    const record = this.#records[slot ?? -1]
    if (slot === undefined || record === undefined) return
    for (let place = 0; place < BLOCKING_KEYS; place++) this.#blocks.leave(slot * BLOCKING_KEYS + place)
    this.counts.remove(record)
    this.#records[slot] = undefined
    this.#slots.delete(id)
    this.#free.push(slot)
  }

  /** Everybody worth comparing with a customer, who need not be in the index; without one of the same id. */
  candidatesOf(record: ComparisonRecord): ComparisonRecord[] {
    const keys = this.#keysOf(record)
    const found = new Set<number>()
    for (let place = 0; place < BLOCKING_KEYS; place++) {
      for (let at = this.#first(keys, place); at >= 0; at = this.#blocks.after(at)) found.add(slotOf(at))
    }
    return this.#recordsAt(found, record.id)
  }

  /**
   * Those of them who share a mailbox, a phone or the sound of both names, or two other keys: nearly all who are
   * likely, at a third of the cost. For a file of many rows.
   */
  closeCandidatesOf(record: ComparisonRecord): ComparisonRecord[] {
    const keys = this.#keysOf(record)
    const found: number[] = []
    const common: number[] = []
    for (let place = 0; place < BLOCKING_KEYS; place++) {
      const weight = ALONE.has(place) ? CLOSE : 1
      let at = this.#first(keys, place)
      // Too many have it to look for all of them: whether somebody found by another key has it, too, is seen below.
      if (at < 0) common.push(place)
      for (; at >= 0; at = this.#blocks.after(at)) {
        const slot = slotOf(at)
        const met = this.#met[slot] ?? 0
        if (met === 0) found.push(slot)
        this.#met[slot] = met + weight
      }
    }
    const close: number[] = []
    for (const slot of found) {
      const isClose = (this.#met[slot] ?? 0) >= CLOSE
      if (isClose || common.some((place) => this.#shares(slot, place, keys))) close.push(slot)
      this.#met[slot] = 0
    }
    return this.#recordsAt(close, record.id)
  }

  /** The first one who shares a key that is compared, or -1. */
  #first(keys: readonly number[], place: number): number {
    const key = keys[place] ?? 0
    return key === 0 ? -1 : this.#blocks.first(key, BLOCK_LIMITS[place] ?? 0)
  }

  #shares(slot: number, place: number, keys: readonly number[]): boolean {
    const key = keys[place] ?? 0
    return key !== 0 && key === this.#blocks.keyOf(slot * BLOCKING_KEYS + place)
  }

  #recordsAt(slots: Iterable<number>, except: string): ComparisonRecord[] {
    const records: ComparisonRecord[] = []
    for (const slot of slots) {
      const record = this.#records[slot]
      if (record !== undefined && record.id !== except) records.push(record)
    }
    return records
  }

  /**
   * Every pair worth comparing, each once, some thousands at a time. `done` of `total` tells how far it is. The
   * index must not change meanwhile.
   */
  *pairs(): Generator<{ readonly pairs: Pair[]; readonly done: number; readonly total: number }, void> {
    const total = this.#blocks.places
    let pairs: Pair[] = []
    for (let done = 0; done < total; done++) {
      const block = this.#blocks.membersAt(done)
      if (block.length === 0) continue
      const place = (block[0] ?? 0) % BLOCKING_KEYS
      if (isCompared(block.length, place)) this.#pairsOf(place, block, pairs)
      if (pairs.length >= SLICE) {
        yield { pairs, done, total }
        pairs = []
      }
    }
    yield { pairs, done: total, total }
  }

  #pairsOf(place: number, block: readonly number[], pairs: Pair[]): void {
    for (let i = 1; i < block.length; i++) {
      const b = slotOf(block[i] ?? 0)
      for (let j = 0; j < i; j++) {
        const a = slotOf(block[j] ?? 0)
        if (a === b || this.#metBefore(place, a, b)) continue
        const first = this.#records[a]
        const second = this.#records[b]
        if (first !== undefined && second !== undefined) {
          pairs.push(first.id < second.id ? [first, second] : [second, first])
        }
      }
    }
  }

  #keysOf(record: ComparisonRecord): readonly number[] {
    if (this.#last?.record !== record) this.#last = { record, keys: blockingKeys(record) }
    return this.#last.keys
  }

  /** Whether two share a key of an earlier place whose block is compared: then the pair is found there. */
  #metBefore(end: number, a: number, b: number): boolean {
    for (let place = 0; place < end; place++) {
      const shared = this.#blocks.keyOf(a * BLOCKING_KEYS + place)
      if (shared === 0 || shared !== this.#blocks.keyOf(b * BLOCKING_KEYS + place)) continue
      if (isCompared(this.#blocks.count(shared), place)) return true
    }
    return false
  }
}

function slotOf(member: number): number {
  return Math.trunc(member / BLOCKING_KEYS)
}

function isCompared(count: number, place: number): boolean {
  return count <= (BLOCK_LIMITS[place] ?? 0)
}

/** Mailbox, phone, and both names by sound: one of them weighs as much as two others. */
const ALONE: ReadonlySet<number> = new Set([0, 1, 3])
const CLOSE = 2

/** Two customers, the smaller id first. */
export type Pair = readonly [a: ComparisonRecord, b: ComparisonRecord]

/** Pairs handed over at a time: a few milliseconds of comparing. */
const SLICE = 1_000
