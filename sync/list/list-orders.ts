import type { SortBy } from '#shared/domain/saved-list.ts'
import type { CustomerColumns } from './customer-columns.ts'
import { CustomerOrder, type SortKey } from './customer-order.ts'

type KeptOrder = Exclude<SortBy, 'relevance' | 'opened'>

/** The orders of all listed customers: made when first asked for, and kept up to date from then on. */
export class ListOrders {
  readonly #columns: CustomerColumns
  readonly #orders = new Map<KeptOrder, CustomerOrder>()
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
    for (const order of this.#orders.values()) {
      order.put(put)
      order.remove(removed)
    }
  }

  /** All listed slots, first to last; `relevance` alone means names. Read it at once, don't keep or change it. */
  all(by: Exclude<SortBy, 'opened'>): readonly number[] {
    const kept = by === 'relevance' ? 'name' : by
    let order = this.#orders.get(kept)
    if (order === undefined) {
      const columns = this.#columns
      if (kept !== 'name' && kept !== 'conversations') columns.date()
      order = new CustomerOrder(columns.ids, this.#keys[kept])
      order.put(Array.from({ length: columns.size }, (_, slot) => slot).filter((slot) => columns.isListed(slot)))
      this.#orders.set(kept, order)
    }
    return order.all()
  }
}

/** Names compare without accents and case: "Ábel" stands beside "Abel". */
function nameKey(name: string): string {
  const lower = name.trim().toLowerCase()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range, which needs no folding
  if (/^[\x00-\x7f]*$/.test(lower)) return lower
  return lower.normalize('NFKD').replace(/\p{M}/gu, '')
}
