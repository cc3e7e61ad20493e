import type { SortBy } from '#shared/domain/saved-list.ts'
import type { CustomerColumns } from './customer-columns.ts'
import { CustomerOrder, type SortKey } from './customer-order.ts'

const KEPT = ['name', 'lastSeen', 'created', 'changed', 'conversations'] as const
type KeptOrder = (typeof KEPT)[number]

/** Customers that one step of `warm` puts in order (1 to 2 ms), and those whose dates it reads (as long). */
const STEP_CUSTOMERS = 500
const STEP_DATES = 4_000

/** An order, and the slots that it was given so far; those from there on are to follow. */
interface Filling {
  readonly order: CustomerOrder
  filled: number
}

/** The orders of all listed customers: made when first asked for or before, and kept up to date from then on. */
export class ListOrders {
  readonly #columns: CustomerColumns
  readonly #orders = new Map<KeptOrder, Filling>()
  readonly #keys: Readonly<Record<KeptOrder, (slot: number) => SortKey>>

  constructor(columns: CustomerColumns) {
    this.#columns = columns
    this.#keys = {
      name: (slot) => nameKey(columns.at(slot)?.name ?? ''),
      created: (slot) => columns.created[slot] as number,
      changed: (slot) => columns.changed[slot] as number,
      // Never seen counts as seen before all others.
      lastSeen: (slot) => columns.lastSeen[slot] as number,
      conversations: (slot) => columns.at(slot)?.conversationCount ?? 0,
    }
  }

  /** After the columns changed. */
  apply(put: readonly number[], removed: readonly number[]): void {
    for (const { order } of this.#orders.values()) {
      order.put(put)
      order.remove(removed)
    }
  }

  /** Makes all orders in short steps, so that the first list in each is as fast as any; others may go on between them. */
  *warm(): Generator<void> {
    while (this.#columns.date(STEP_DATES)) yield
    for (const by of KEPT) {
      const filling = this.#open(by)
      do {
        this.#fill(filling, STEP_CUSTOMERS)
        filling.order.all()
        yield
      } while (filling.filled < this.#columns.size)
    }
  }

  /** All listed slots, first to last; `relevance` alone means names. Read it at once, don't keep or change it. */
  all(by: Exclude<SortBy, 'opened'>): Int32Array {
    const kept = by === 'relevance' ? 'name' : by
    if (kept !== 'name' && kept !== 'conversations') this.#columns.date()
    const filling = this.#open(kept)
    this.#fill(filling, Number.POSITIVE_INFINITY)
    return filling.order.all()
  }

  #open(by: KeptOrder): Filling {
    let filling = this.#orders.get(by)
    if (filling === undefined) {
      filling = { order: new CustomerOrder(this.#columns.ids, this.#keys[by]), filled: 0 }
      this.#orders.set(by, filling)
    }
    return filling
  }

  /** Gives an order `most` more slots. Those that came or changed since it was opened it has by `apply`. */
  #fill(filling: Filling, most: number): void {
    const columns = this.#columns
    const end = Math.min(columns.size, filling.filled + most)
    const slots: number[] = []
    for (; filling.filled < end; filling.filled++) if (columns.isListed(filling.filled)) slots.push(filling.filled)
    filling.order.put(slots)
  }
}

/** Names compare without accents and case: "Ábel" stands beside "Abel". */
function nameKey(name: string): string {
  const lower = name.trim().toLowerCase()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range, which needs no folding
  if (/^[\x00-\x7f]*$/.test(lower)) return lower
  return lower.normalize('NFKD').replace(/\p{M}/gu, '')
}
