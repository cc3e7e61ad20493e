import type { CustomerColumns } from './customer-columns.ts'
import type { Searched } from './customer-finder.ts'

/** The slot of a number that was not looked up yet. */
const UNKNOWN = -1

/**
 * The slots of the customers that a search finds. A search has numbers of its own, and looking 50,000 ids up
 * takes as long as all else together: so each is looked up once, until the search numbers them anew.
 */
export class NumberedSlots {
  readonly #columns: CustomerColumns
  #numbering: Searched['numbering'] | null = null
  #slots = new Int32Array(0)

  constructor(columns: CustomerColumns) {
    this.#columns = columns
  }

  /** By number; filled for the numbers found. Below 0: nobody that was ever listed. */
  of({ numbers, numbering }: Searched): Int32Array {
    if (numbering !== this.#numbering) {
      this.#numbering = numbering
      this.#slots.fill(UNKNOWN)
    }
    for (const number of numbers) {
      if (number >= this.#slots.length) this.#grow(number * 2 + 1_024)
      if (this.#slots[number] !== UNKNOWN) continue
      const id = numbering.at(number)?.id
      this.#slots[number] = (id === undefined ? undefined : this.#columns.slotOf(id)) ?? UNKNOWN
    }
    return this.#slots
  }

  /** By slot, 1 for those found. */
  marked(found: Searched): Uint8Array {
    const marks = new Uint8Array(this.#columns.size)
    const slotOf = this.of(found)
    for (const number of found.numbers) {
      const slot = slotOf[number] as number
      if (slot >= 0) marks[slot] = 1
    }
    return marks
  }

  #grow(capacity: number): void {
    const grown = new Int32Array(capacity).fill(UNKNOWN)
    grown.set(this.#slots)
    this.#slots = grown
  }
}
