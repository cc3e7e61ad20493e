import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { HeldRows, ListFacets, ListQuery, ListWindow, Match } from '#shared/replica-api/list.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { countFacets } from './count-facets.ts'
import { CustomerColumns, FLAG } from './customer-columns.ts'
import { FilterMasks } from './filter-masks.ts'
import type { FilterContext } from './filter-test.ts'
import { followRows, holdRows } from './hold-rows.ts'
import { ListOrders } from './list-orders.ts'
import { toRow } from './to-row.ts'

/** The search as the table uses it: `CustomerSearchIndex` of shared/search. */
export interface CustomerSearch {
  upsertMany(customers: readonly ReplicaCustomer[]): void
  remove(id: string): void
  /** The best `limit` customers; `total` counts all that match. */
  search(query: string, limit: number): { readonly hits: readonly SearchHit[]; readonly total: number }
}
/** `why` and `ranges` may be getters that do work: they are read for the rows of a window only. */
export interface SearchHit {
  readonly id: string
  readonly why: string | null
  readonly ranges: Match['ranges']
}

/** So many hits are ranked at each key stroke; the rest when somebody scrolls there. */
const FIRST_HITS = 1_000
/** Lists that are remembered: the one on the screen, the palette's, and some of what was typed before. */
const LISTS_KEPT = 6

/** Which order of a query a window is of; none given: the present one. */
export interface AskedOrder {
  /** That of an earlier window, as long as it is remembered. */
  readonly version?: number | undefined
  /** A new one around the rows on the screen. */
  readonly held?: HeldRows | undefined
}

/** What a query finds, in order. */
interface Found {
  readonly slots: readonly number[]
  /** More than `slots` has, where only the best hits of a search were ranked so far. */
  readonly total: number
  readonly hits: ReadonlyMap<number, SearchHit>
}

/** What a query found once. */
interface OrderedList extends Found {
  readonly version: number
  readonly query: string
  /** The version of the data that it was made from. */
  readonly dataVersion: number
  /** Null: in its true order. Else held around a screen, and these stand elsewhere than they belong. */
  readonly unsettled: ReadonlySet<number> | null
}

const NO_HITS: ReadonlyMap<number, SearchHit> = new Map()

/** The customers that lists show, sorted, filtered and searched in memory (SPEC PF-2). */
export class CustomerTable {
  readonly #search: CustomerSearch
  readonly #now: () => number
  readonly #columns: CustomerColumns
  readonly #orders: ListOrders
  readonly #masks: FilterMasks
  /** By version, the one used last at the end. */
  readonly #lists = new Map<number, OrderedList>()
  #lastVersion = 0
  #dataVersion = 0
  /** The data version in which this user made somebody: the list must show them where they belong. */
  #madeIn = 0
  #recent: readonly string[] = []
  #duplicates: ReadonlySet<number> = new Set()

  /** @param now milliseconds since 1970, for filters like "in the last 30 days" */
  constructor(search: CustomerSearch, userId: string, now: () => number) {
    this.#search = search
    this.#now = now
    this.#columns = new CustomerColumns(userId)
    this.#orders = new ListOrders(this.#columns)
    this.#masks = new FilterMasks(this.#columns)
  }

  /** Takes in changed customers; deleted ones and refused creations are in no list. */
  apply(change: { readonly put: readonly ReplicaCustomer[]; readonly removed: readonly string[] }): void {
    const columns = this.#columns
    const version = ++this.#dataVersion
    const put: number[] = []
    const removed: number[] = []
    const reindexed: ReplicaCustomer[] = []
    const remove = (id: string) => {
      const slot = columns.remove(id, version)
      if (slot === null) return
      removed.push(slot)
      this.#search.remove(id)
    }
    for (const held of change.put) {
      if (held.deletedAt !== null || isRefusedCreation(held)) {
        remove(held.id)
        continue
      }
      const known = columns.slotOf(held.id)
      const before = known === undefined ? undefined : columns.at(known)
      if (!sameText(before, held)) reindexed.push(held)
      const slot = columns.put(held, version)
      put.push(slot)
      if (before === undefined && ((columns.flags[slot] as number) & FLAG.waiting) !== 0) this.#madeIn = version
    }
    for (const id of change.removed) remove(id)
    this.#orders.apply(put, removed)
    this.#masks.apply([...put, ...removed])
    if (reindexed.length > 0) this.#search.upsertMany(reindexed)
  }

  /** The search finds more than before, although no customer has changed: its index has become whole. */
  searchGrew(): void {
    this.#dataVersion += 1
  }

  /** Makes what the first list in any order would wait for, a few milliseconds a step. */
  warm(): Iterable<void> {
    return this.#columns.listed === 0 ? [] : this.#orders.warm()
  }

  /** Ids of customers opened last, newest first. */
  setRecent(ids: readonly string[]): void {
    this.#recent = ids
    this.#masks.clear()
    this.#dataVersion += 1
  }

  /** Ids of the customers that may be the same as another one; false: the same ones as before. */
  setDuplicates(ids: readonly string[]): boolean {
    const duplicates = new Set(this.#slotsOf(ids))
    if (duplicates.size === this.#duplicates.size && [...duplicates].every((slot) => this.#duplicates.has(slot)))
      return false
    this.#duplicates = duplicates
    this.#masks.clear()
    this.#dataVersion += 1
    return true
  }

  /**
   * The rows `offset .. offset + limit` of a query; `tookMs` is left to the caller's clock. Around
   * held rows `offset` counts from where the first of them stands now.
   */
  window(
    query: ListQuery,
    offset: number,
    limit: number,
    { version, held }: AskedOrder = {},
  ): Omit<ListWindow, 'tookMs'> {
    const { list, heldFirst } =
      held === undefined
        ? { list: this.#list(query, offset + limit, version), heldFirst: null }
        : this.#listAround(query, offset + limit, held)
    const from = held === undefined || heldFirst === null ? offset : Math.max(0, offset + heldFirst - held.first)
    const rows = list.slots.slice(from, from + limit).flatMap((slot) => {
      const customer = this.#columns.at(slot)
      if (customer === undefined) return []
      // Marks count in the text that was searched.
      const isAsFound = (this.#columns.changedIn[slot] as number) <= list.dataVersion
      return [toRow(customer, (isAsFound && list.hits.get(slot)) || null)]
    })
    const { version: of, total } = list
    return { version: of, offset: from, rows, heldFirst, total, all: this.#columns.listed }
  }

  /** Ids of all that a query finds now, in its order. */
  ids(query: ListQuery): string[] {
    return this.#list(query, Number.POSITIVE_INFINITY).slots.flatMap((slot) => this.#columns.at(slot)?.id ?? [])
  }

  /** Where a customer stands in a version of a query (the present one where it is forgotten), or null. */
  position(query: ListQuery, id: string, version?: number): number | null {
    const slot = this.#columns.slotOf(id)
    if (slot === undefined) return null
    const index = this.#list(query, Number.POSITIVE_INFINITY, version).slots.indexOf(slot)
    return index < 0 ? null : index
  }

  /** Counts by the values of each part of the filter. */
  facets({ search, filter }: ListQuery): ListFacets {
    const columns = this.#columns
    const context = this.#context()
    const listed = this.#orders.all('name')
    if (search.trim() === '') return countFacets(listed, filter, columns, context)
    const hits = this.#search.search(search, Number.POSITIVE_INFINITY).hits.map((hit) => hit.id)
    const facets = countFacets(this.#slotsOf(hits), filter, columns, context)
    let without = 0
    for (const bit of this.#masks.bits(filter, context)) without += bit
    return { ...facets, without: { ...facets.without, search: without } }
  }

  /** A list of the query with at least `upTo` rows: the version asked for, the present one, or a new one. */
  #list(query: ListQuery, upTo: number, version?: number): OrderedList {
    const key = JSON.stringify(query)
    let list = version === undefined ? undefined : this.#lists.get(version)
    if (list?.query !== key) {
      list = [...this.#lists.values()].findLast(
        (one) => one.query === key && one.dataVersion === this.#dataVersion && one.unsettled === null,
      )
    }
    if (list === undefined) {
      const version = ++this.#lastVersion
      return this.#keep({ ...this.#find(query, upTo), version, query: key, unsettled: null })
    }
    if (list.slots.length >= Math.min(upTo, list.total)) return this.#keep(list)
    // What was shown stays; what was not ranked before follows.
    const shown = new Set(list.slots)
    const { slots, hits } = this.#find(query, upTo)
    const more = [...list.slots, ...slots.filter((slot) => !shown.has(slot))]
    return this.#keep({ ...list, slots: more, total: more.length, hits: new Map([...hits, ...list.hits]) })
  }

  /** A list made anew that keeps what is on the screen. */
  #listAround(query: ListQuery, upTo: number, held: HeldRows): { list: OrderedList; heldFirst: number | null } {
    const old = this.#lists.get(held.version)
    const key = JSON.stringify(query)
    // It shows the present already, held or not.
    if (old?.query === key && old.dataVersion === this.#dataVersion) {
      return { list: this.#list(query, upTo, held.version), heldFirst: held.first }
    }
    const found = this.#find(query, upTo)
    const seenIn = old?.dataVersion ?? 0
    const isSettled = (slot: number) =>
      (this.#columns.changedIn[slot] as number) <= seenIn && !old?.unsettled?.has(slot)
    const slots = this.#slotsOf(held.ids).filter((slot) => this.#columns.isListed(slot))
    const onScreen = { held: slots, above: old?.slots.slice(0, held.first) ?? [], isSettled }
    const base = { ...found, version: ++this.#lastVersion, query: key }
    if (slots.length === 0 || this.#madeIn > seenIn) {
      const heldFirst = slots.length === 0 ? null : followRows(found.slots, onScreen)
      return { list: this.#keep({ ...base, unsettled: null }), heldFirst }
    }
    const { first, ...around } = holdRows(found.slots, onScreen)
    const total = found.total + around.slots.length - found.slots.length
    return { list: this.#keep({ ...base, ...around, total }), heldFirst: first }
  }

  #keep(list: OrderedList): OrderedList {
    this.#lists.delete(list.version)
    this.#lists.set(list.version, list)
    const [oldest] = this.#lists.keys()
    if (this.#lists.size > LISTS_KEPT && oldest !== undefined) this.#lists.delete(oldest)
    return list
  }

  #find({ search, filter, sort }: ListQuery, upTo: number): Found & { readonly dataVersion: number } {
    const dataVersion = this.#dataVersion
    const isFiltered = Object.keys(filter).length > 0
    const bits = isFiltered ? this.#masks.bits(filter, this.#context()) : null
    const fitting = (slots: readonly number[]) =>
      bits === null ? slots.slice() : slots.filter((slot) => bits[slot] === 1)
    const inOrder = () => {
      const slots = fitting(sort.by === 'opened' ? this.#opened() : this.#orders.all(sort.by))
      // Without a search relevance means names, from A.
      return sort.direction === 'desc' && sort.by !== 'relevance' ? slots.reverse() : slots
    }
    if (search.trim() === '') {
      const slots = inOrder()
      return { slots, total: slots.length, hits: NO_HITS, dataVersion }
    }
    const isBestOnly = !isFiltered && sort.by === 'relevance' && upTo <= FIRST_HITS
    const found = this.#search.search(search, isBestOnly ? FIRST_HITS : Number.POSITIVE_INFINITY)
    const hits = new Map<number, SearchHit>()
    for (const hit of found.hits) {
      const slot = this.#columns.slotOf(hit.id)
      if (slot !== undefined && this.#columns.isListed(slot)) hits.set(slot, hit)
    }
    if (isBestOnly) return { slots: [...hits.keys()], total: found.total, hits, dataVersion }
    const slots = sort.by === 'relevance' ? fitting([...hits.keys()]) : inOrder().filter((slot) => hits.has(slot))
    return { slots, total: slots.length, hits, dataVersion }
  }

  /** Everybody in the order of `opened`, before it is turned round for "last opened first". */
  #opened(): number[] {
    const recent = this.#slotsOf(this.#recent).filter((slot) => this.#columns.isListed(slot))
    const isRecent = new Set(recent)
    return [...recent, ...this.#orders.all('name').filter((slot) => !isRecent.has(slot))].reverse()
  }

  #context(): FilterContext {
    return { recent: new Set(this.#slotsOf(this.#recent)), duplicates: this.#duplicates, now: this.#now() }
  }

  #slotsOf(ids: readonly string[]): number[] {
    return ids.flatMap((id) => this.#columns.slotOf(id) ?? [])
  }
}

/** Whether the search would see no difference. */
function sameText(before: ReplicaCustomer | undefined, after: ReplicaCustomer): boolean {
  return (
    before !== undefined &&
    before.name === after.name &&
    before.email === after.email &&
    before.phone === after.phone &&
    before.address === after.address &&
    before.notes === after.notes &&
    before.tags.join('\n') === after.tags.join('\n')
  )
}
