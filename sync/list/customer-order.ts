/** What a customer is sorted by: a text or a number. All keys of one order are of one type. */
export type SortKey = string | number

/** Up to so many moves go one by one into place (20 µs each at 100,000); more are merged in one pass. */
const FEW = 64

/**
 * Slots of customers in the order of a key, ties by id. Changes cost what they move: a new version
 * under the same key nothing, a few moves a binary search each, many (a page of the first sync) one
 * linear merge on the next read, where sorting anew would take a hundred times as long.
 */
export class CustomerOrder {
  readonly #keyOf: (slot: number) => SortKey
  readonly #ids: readonly string[]
  /** The key under which a slot is in the order, or is to be; undefined: it isn't. */
  readonly #keys: (SortKey | undefined)[] = []
  /** Slots to be merged in on the next read; until then they are not in `#sorted`. */
  readonly #unplaced = new Set<number>()
  /** The first `#count` are slots, in order; behind them is room. */
  #sorted = new Int32Array(1_024)
  #count = 0

  /** `keyOf` is asked when a slot is put; `ids` by slot. */
  constructor(ids: readonly string[], keyOf: (slot: number) => SortKey) {
    this.#ids = ids
    this.#keyOf = keyOf
  }

  /** Adds slots, or puts them where their present keys belong. */
  put(slots: readonly number[]): void {
    const places = this.#unplaced.size === 0 && slots.length <= FEW
    for (const slot of slots) {
      const key = this.#keyOf(slot)
      const known = this.#keys[slot]
      if (known === key) continue
      if (known !== undefined) this.#takeOut(slot)
      this.#keys[slot] = key
      if (places) this.#place(slot)
      else this.#unplaced.add(slot)
    }
  }

  /** Takes slots out; those that are not in the order do nothing. */
  remove(slots: readonly number[]): void {
    if (slots.length > FEW) {
      this.#removeMany(slots)
      return
    }
    for (const slot of slots) {
      if (this.#keys[slot] === undefined) continue
      this.#takeOut(slot)
      this.#keys[slot] = undefined
    }
  }

  /** All slots in order. The array is the order's own: read it at once, don't keep or change it. */
  all(): Int32Array {
    if (this.#unplaced.size > 0) this.#merge()
    return this.#sorted.subarray(0, this.#count)
  }

  #place(slot: number): void {
    if (this.#count === this.#sorted.length) {
      const larger = new Int32Array(this.#count * 2)
      larger.set(this.#sorted)
      this.#sorted = larger
    }
    const index = this.#indexOf(slot)
    this.#sorted.copyWithin(index + 1, index, this.#count)
    this.#sorted[index] = slot
    this.#count += 1
  }

  #takeOut(slot: number): void {
    if (this.#unplaced.delete(slot)) return
    const index = this.#indexOf(slot)
    this.#sorted.copyWithin(index, index + 1, this.#count)
    this.#count -= 1
  }

  #removeMany(slots: readonly number[]): void {
    for (const slot of slots) {
      this.#keys[slot] = undefined
      this.#unplaced.delete(slot)
    }
    let kept = 0
    for (const slot of this.all()) if (this.#keys[slot] !== undefined) this.#sorted[kept++] = slot
    this.#count = kept
  }

  /** Where a slot is, or would be. */
  #indexOf(slot: number, from = 0): number {
    let low = from
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(this.#sorted[middle] as number, slot) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #merge(): void {
    const fresh = [...this.#unplaced].sort((a, b) => this.#compare(a, b))
    this.#unplaced.clear()
    const sorted = this.#sorted
    const count = this.#count + fresh.length
    const merged = new Int32Array(Math.max(sorted.length, count + (count >> 2)))
    let next = 0
    let end = 0
    for (const slot of fresh) {
      // Comparing is what costs, not moving: a binary search for each, and all up to there in one go.
      const place = this.#indexOf(slot, next)
      while (next < place) merged[end++] = sorted[next++] as number
      merged[end++] = slot
    }
    while (next < this.#count) merged[end++] = sorted[next++] as number
    this.#sorted = merged
    this.#count = count
  }

  #compare(a: number, b: number): number {
    const keyA = this.#keys[a] as SortKey
    const keyB = this.#keys[b] as SortKey
    if (keyA < keyB) return -1
    if (keyA > keyB) return 1
    const idA = this.#ids[a] as string
    const idB = this.#ids[b] as string
    return idA < idB ? -1 : idA > idB ? 1 : 0
  }
}
