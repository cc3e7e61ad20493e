import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ListFacets, ListQuery, Match } from '#shared/replica-api/list.ts'
import { countFacets } from './count-facets.ts'
import type { CustomerColumns } from './customer-columns.ts'
import { FilterMasks } from './filter-masks.ts'
import type { FilterContext } from './filter-test.ts'
import { ListOrders } from './list-orders.ts'
import { NumberedSlots } from './numbered-slots.ts'

/** The search as the list uses it: `CustomerSearchIndex` of shared/search. */
export interface CustomerSearch {
  upsertMany(customers: readonly ReplicaCustomer[]): void
  remove(id: string): void
  /** Everybody whom a query finds; to be read before anything changes. */
  search(query: string): Searched
}
export interface Searched {
  /** Which customer the search calls by which number; another object when it has numbered them anew. */
  readonly numbering: { readonly at: (number: number) => { readonly id: string } | undefined }
  /** Of all that match, in no order. */
  readonly numbers: Int32Array
  /** The best `limit` of those that fit, best first, and how many fit in all. */
  best(
    limit: number,
    fits: (number: number) => boolean,
  ): { readonly hits: readonly { readonly number: number }[]; readonly total: number }
  explain(customer: ReplicaCustomer): Match
}

/** What a query finds. */
export interface Found {
  /** In order. */
  readonly slots: Int32Array
  /** More than `slots` has, where only the best hits of a search were ranked so far. */
  readonly total: number
  /** Says why the search found a customer; null: nothing was searched for. */
  readonly explain: ((customer: ReplicaCustomer) => Match) | null
}

/** So many hits are ranked at each key stroke; the rest when somebody scrolls there. */
const FIRST_HITS = 1_000

/** Finds who a query means among the customers in memory, in its order, and counts them. */
export class CustomerFinder {
  readonly #columns: CustomerColumns
  readonly #search: CustomerSearch
  readonly #now: () => number
  readonly #orders: ListOrders
  readonly #masks: FilterMasks
  readonly #numbered: NumberedSlots
  #recent: readonly string[] = []
  #duplicates: ReadonlySet<number> = new Set()

  /** @param now milliseconds since 1970, for filters like "in the last 30 days" */
  constructor(columns: CustomerColumns, search: CustomerSearch, now: () => number) {
    this.#columns = columns
    this.#search = search
    this.#now = now
    this.#orders = new ListOrders(columns)
    this.#masks = new FilterMasks(columns)
    this.#numbered = new NumberedSlots(columns)
  }

  /** After the columns of these slots changed. */
  apply(put: readonly number[], removed: readonly number[]): void {
    this.#orders.apply(put, removed)
    this.#masks.apply([...put, ...removed])
  }

  /** Makes what the first list in any order would wait for, a few milliseconds a step. */
  warm(): Iterable<void> {
    return this.#columns.listed === 0 ? [] : this.#orders.warm()
  }

  /** Ids of customers opened last, newest first. */
  setRecent(ids: readonly string[]): void {
    this.#recent = ids
    this.#masks.clear()
  }

  /** Ids of the customers that may be the same as another one; false: the same ones as before. */
  setDuplicates(ids: readonly string[]): boolean {
    const duplicates = new Set(this.#columns.slotsOf(ids))
    if (duplicates.size === this.#duplicates.size && [...duplicates].every((slot) => this.#duplicates.has(slot)))
      return false
    this.#duplicates = duplicates
    this.#masks.clear()
    return true
  }

  /** Whether a customer may be the same as another one. */
  isDuplicate(slot: number): boolean {
    return this.#duplicates.has(slot)
  }

  /** What a query finds now; of a search by relevance at least the best `upTo`. */
  find({ search, filter, sort }: ListQuery, upTo: number): Found {
    const bits = Object.keys(filter).length > 0 ? this.#masks.bits(filter, this.#context()) : null
    const found = search.trim() === '' ? null : this.#search.search(search)
    const explain = found && ((customer: ReplicaCustomer) => found.explain(customer))
    if (found !== null && sort.by === 'relevance') {
      const slotOf = this.#numbered.of(found)
      const fits = (slot: number) => (bits === null ? this.#columns.isListed(slot) : bits[slot] === 1)
      const { hits, total } = found.best(upTo <= FIRST_HITS ? FIRST_HITS : Number.POSITIVE_INFINITY, (number) =>
        fits(slotOf[number] as number),
      )
      return { slots: Int32Array.from(hits, ({ number }) => slotOf[number] as number), total, explain }
    }
    const order = sort.by === 'opened' ? this.#opened() : this.#orders.all(sort.by)
    const hits = found && this.#numbered.marked(found)
    const slots = hits === null && bits === null ? order.slice() : onlyMarked(order, hits, bits)
    // Without a search relevance means names, from A.
    if (sort.direction === 'desc' && sort.by !== 'relevance') slots.reverse()
    return { slots, total: slots.length, explain }
  }

  /** Counts by the values of each part of the filter. */
  facets({ search, filter }: ListQuery): ListFacets {
    const context = this.#context()
    const listed = this.#orders.all('name')
    if (search.trim() === '') return countFacets(listed, filter, this.#columns, context)
    const hits = this.#numbered.marked(this.#search.search(search))
    const facets = countFacets(onlyMarked(listed, hits, null), filter, this.#columns, context)
    let without = 0
    for (const bit of this.#masks.bits(filter, context)) without += bit
    return { ...facets, without: { ...facets.without, search: without } }
  }

  /** Everybody in the order of `opened`, before it is turned round for "last opened first". */
  #opened(): Int32Array {
    const recent = this.#columns.slotsOf(this.#recent).filter((slot) => this.#columns.isListed(slot))
    const isRecent = new Set(recent)
    const others = this.#orders.all('name').filter((slot) => !isRecent.has(slot))
    const slots = new Int32Array(recent.length + others.length)
    slots.set(recent)
    slots.set(others, recent.length)
    return slots.reverse()
  }

  #context(): FilterContext {
    return { recent: new Set(this.#columns.slotsOf(this.#recent)), duplicates: this.#duplicates, now: this.#now() }
  }
}

/** The slots that all masks let through, in their order. */
function onlyMarked(slots: Int32Array, hits: Uint8Array | null, bits: Uint8Array | null): Int32Array {
  const marked = new Int32Array(slots.length)
  let count = 0
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number
    if (hits !== null && hits[slot] === 0) continue
    if (bits !== null && bits[slot] === 0) continue
    marked[count] = slot
    count += 1
  }
  return marked.slice(0, count)
}
