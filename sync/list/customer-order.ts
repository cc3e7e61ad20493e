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
  #sorted: number[] = []

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
      if (places) this.#sorted.splice(this.#indexOf(slot), 0, slot)
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
  all(): readonly number[] {
    if (this.#unplaced.size > 0) this.#merge()
    return this.#sorted
  }

  #takeOut(slot: number): void {
    if (this.#unplaced.delete(slot)) return
    this.#sorted.splice(this.#indexOf(slot), 1)
  }

  #removeMany(slots: readonly number[]): void {
    for (const slot of slots) {
      this.#keys[slot] = undefined
      this.#unplaced.delete(slot)
    }
    this.#sorted = this.#sorted.filter((slot) => this.#keys[slot] !== undefined)
  }

  /** Where a slot is, or would be. */
  #indexOf(slot: number, from = 0): number {
    let low = from
    let high = this.#sorted.length
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
    const merged: number[] = []
    let next = 0
    for (const slot of fresh) {
      // Comparing is what costs, not moving: a binary search for each, and all up to there in one go.
      const place = this.#indexOf(slot, next)
      for (; next < place; next += 1) merged.push(sorted[next] as number)
      merged.push(slot)
    }
    for (; next < sorted.length; next += 1) merged.push(sorted[next] as number)
    this.#sorted = merged
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
