import type { CustomerFilter } from '#shared/domain/customer-filter.ts'
import type { CustomerColumns } from './customer-columns.ts'
import { type FilterContext, failedParts } from './filter-test.ts'

/** Which slots fit a filter, by slot: 1 or 0. */
interface Mask {
  readonly fits: (slot: number) => boolean
  bits: Uint8Array
  /** When its periods were reckoned. */
  readonly madeAt: number
}

/** The filter on the screen, and those just before it. */
const MASKS_KEPT = 4
/** So long "in the last 7 days" means the same moment, in milliseconds. */
const FRESH_MS = 60_000

/**
 * What filters let through, worked out once in the order of the columns (an order of the list jumps
 * about in memory and costs several times as much), and kept up to date with what changes.
 */
export class FilterMasks {
  readonly #columns: CustomerColumns
  readonly #masks = new Map<string, Mask>()

  constructor(columns: CustomerColumns) {
    this.#columns = columns
  }

  /** After the columns of these slots changed. */
  apply(slots: readonly number[]): void {
    for (const mask of this.#masks.values()) {
      if (mask.bits.length < this.#columns.flags.length) {
        const grown = new Uint8Array(this.#columns.flags.length)
        grown.set(mask.bits)
        mask.bits = grown
      }
      for (const slot of slots) mask.bits[slot] = mask.fits(slot) ? 1 : 0
    }
  }

  /** Forgets all: what filters depend on beside the columns is another. */
  clear(): void {
    this.#masks.clear()
  }

  /** By slot, 1 for the listed ones that fit. Read it at once, don't keep or change it. */
  bits(filter: CustomerFilter, context: FilterContext): Uint8Array {
    const key = JSON.stringify(filter)
    const known = this.#masks.get(key)
    this.#masks.delete(key)
    const mask = known !== undefined && context.now - known.madeAt < FRESH_MS ? known : this.#make(filter, context)
    this.#masks.set(key, mask)
    const [oldest] = this.#masks.keys()
    if (this.#masks.size > MASKS_KEPT && oldest !== undefined) this.#masks.delete(oldest)
    return mask.bits
  }

  #make(filter: CustomerFilter, context: FilterContext): Mask {
    const columns = this.#columns
    const failed = failedParts(filter, columns, context)
    const fits = (slot: number) => columns.isListed(slot) && failed(slot) === 0
    const bits = new Uint8Array(columns.flags.length)
    for (let slot = 0; slot < columns.size; slot++) if (fits(slot)) bits[slot] = 1
    return { fits, bits, madeAt: context.now }
  }
}
