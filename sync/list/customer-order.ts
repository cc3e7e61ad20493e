import type { ReplicaCustomer } from '#database/local/replica-customer.ts'

/** What a customer is sorted by: a text or a number. All keys of one order are of one type. */
export type SortKey = string | number

/** A customer in an order. `held` is always the latest version; the object itself stays the same. */
export interface OrderedCustomer {
  readonly id: string
  readonly key: SortKey
  readonly held: ReplicaCustomer
}

type Entry = { -readonly [K in keyof OrderedCustomer]: OrderedCustomer[K] }

/** Up to so many moves go one by one into place (20 µs each at 100,000); more are merged in one pass. */
const FEW = 64

/**
 * Customers in the order of a key, ties by id. Changes cost what they move: a new version under the
 * same key nothing, a few moves a binary search each, many (a page of the first sync) one linear
 * merge on the next read, where sorting anew would take a hundred times as long.
 */
export class CustomerOrder {
  readonly #keyOf: (held: ReplicaCustomer) => SortKey
  readonly #entries = new Map<string, Entry>()
  /** Entries to be merged in on the next read; until then they are not in `#sorted`. */
  readonly #unplaced = new Set<Entry>()
  #sorted: Entry[] = []

  constructor(keyOf: (held: ReplicaCustomer) => SortKey) {
    this.#keyOf = keyOf
  }

  /** Adds customers, or puts new versions in their places. */
  put(customers: readonly ReplicaCustomer[]): void {
    const places = this.#unplaced.size === 0 && customers.length <= FEW
    for (const held of customers) {
      const key = this.#keyOf(held)
      const known = this.#entries.get(held.id)
      if (known !== undefined && known.key === key) {
        known.held = held
        continue
      }
      if (known !== undefined) this.#takeOut(known)
      const entry = { id: held.id, key, held }
      this.#entries.set(held.id, entry)
      if (places) this.#sorted.splice(this.#indexOf(entry), 0, entry)
      else this.#unplaced.add(entry)
    }
  }

  /** Takes customers out; unknown ids do nothing. */
  remove(ids: readonly string[]): void {
    if (ids.length > FEW) {
      this.#removeMany(ids)
      return
    }
    for (const id of ids) {
      const entry = this.#entries.get(id)
      if (entry === undefined) continue
      this.#takeOut(entry)
      this.#entries.delete(id)
    }
  }

  /** All customers in order. The array is the order's own: read it at once, don't keep or change it. */
  all(): readonly OrderedCustomer[] {
    if (this.#unplaced.size > 0) this.#merge()
    return this.#sorted
  }

  #takeOut(entry: Entry): void {
    if (this.#unplaced.delete(entry)) return
    this.#sorted.splice(this.#indexOf(entry), 1)
  }

  #removeMany(ids: readonly string[]): void {
    for (const id of ids) this.#entries.delete(id)
    for (const entry of this.#unplaced) if (!this.#entries.has(entry.id)) this.#unplaced.delete(entry)
    this.#sorted = this.#sorted.filter((entry) => this.#entries.get(entry.id) === entry)
  }

  /** Where an entry is, or would be. */
  #indexOf(entry: Entry): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#sorted[middle]
      if (other !== undefined && compare(other, entry) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #merge(): void {
    const fresh = [...this.#unplaced].sort(compare)
    this.#unplaced.clear()
    const merged: Entry[] = []
    let next = 0
    for (const entry of this.#sorted) {
      for (let added = fresh[next]; added !== undefined && compare(added, entry) < 0; added = fresh[next]) {
        merged.push(added)
        next += 1
      }
      merged.push(entry)
    }
    for (; next < fresh.length; next += 1) merged.push(fresh[next] as Entry)
    this.#sorted = merged
  }
}

function compare(a: OrderedCustomer, b: OrderedCustomer): number {
  if (a.key < b.key) return -1
  if (a.key > b.key) return 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
