import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { HeldRows, ListFacets, ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import { SEARCH_FIELDS } from '#shared/search/searchable-customer.ts'
import { type CustomerFigures, countFigures } from '../dashboard/count-figures.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { CustomerColumns, FLAG } from './customer-columns.ts'
import { CustomerFinder, type CustomerSearch, type Found } from './customer-finder.ts'
import { followRows, holdRows } from './hold-rows.ts'
import { ListVersions, type OrderedList } from './list-versions.ts'
import { toRow } from './to-row.ts'

/** Which order of a query a window is of; none given: the present one. */
export interface AskedOrder {
  /** That of an earlier window, as long as it is remembered. */
  readonly version?: number | undefined
  /** A new one around the rows on the screen. */
  readonly held?: HeldRows | undefined
}

const NONE: ReadonlySet<number> = new Set()

/** The customers that lists show, sorted, filtered and searched in memory (SPEC PF-2). */
export class CustomerTable {
  readonly #search: CustomerSearch
  readonly #columns: CustomerColumns
  readonly #finder: CustomerFinder
  readonly #now: () => number
  readonly #country: () => string
  readonly #lists = new ListVersions()
  #dataVersion = 0
  /** The data version in which this user made somebody: the list must show them where they belong. */
  #madeIn = 0

  /**
   * @param now milliseconds since 1970, for filters like "in the last 30 days"
   * @param country ISO 3166-1 alpha-2 of the company: how phone numbers show
   */
  constructor(search: CustomerSearch, userId: string, now: () => number, country: () => string) {
    this.#search = search
    this.#now = now
    this.#country = country
    this.#columns = new CustomerColumns(userId)
    this.#finder = new CustomerFinder(this.#columns, search, now)
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
    this.#finder.apply(put, removed)
    if (reindexed.length > 0) this.#search.upsertMany(reindexed)
  }

  /** The search finds more than before, although no customer has changed: its index has become whole. */
  searchGrew(): void {
    this.#dataVersion += 1
  }

  /** Makes what the first list in any order would wait for, a few milliseconds a step. */
  warm(): Iterable<void> {
    return this.#finder.warm()
  }

  /** Ids of customers opened last, newest first. */
  setRecent(ids: readonly string[]): void {
    this.#finder.setRecent(ids)
    this.#dataVersion += 1
  }

  /** Ids of the customers that may be the same as another one; false: the same ones as before. */
  setDuplicates(ids: readonly string[]): boolean {
    if (!this.#finder.setDuplicates(ids)) return false
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
    const around = held === undefined ? null : this.#listAround(query, offset + limit, held)
    const heldFirst = around?.heldFirst ?? null
    const from = held === undefined || heldFirst === null ? offset : Math.max(0, offset + heldFirst - held.first)
    const list = this.#list(query, from + limit, around?.version ?? version)
    const rows = [...list.slots.subarray(from, from + limit)].flatMap((slot) => {
      const customer = this.#columns.at(slot)
      if (customer === undefined) return []
      // Marks count in the text that was searched.
      const isAsFound = (this.#columns.changedIn[slot] as number) <= list.dataVersion
      const isHit = isAsFound && !list.strangers.has(slot)
      const hit = isHit && list.explain !== null ? list.explain(customer) : null
      return [toRow(customer, { hit, duplicate: this.#finder.isDuplicate(slot), country: this.#country() })]
    })
    const { version: of, total } = list
    return { version: of, offset: from, rows, heldFirst, total, all: this.#columns.listed }
  }

  /** Ids of all that a query finds now, in its order. */
  ids(query: ListQuery): string[] {
    return [...this.#list(query, Number.POSITIVE_INFINITY).slots].flatMap((slot) => this.#columns.at(slot)?.id ?? [])
  }

  /** Where a customer stands in a version of a query (the present one where it is forgotten), or null. */
  position(query: ListQuery, id: string, version?: number): number | null {
    const slot = this.#columns.slotOf(id)
    if (slot === undefined) return null
    const index = this.#list(query, Number.POSITIVE_INFINITY, version).slots.indexOf(slot)
    return index < 0 ? null : index
  }

  /** Counts by the values of each part of the filter. */
  facets(query: ListQuery): ListFacets {
    return this.#finder.facets(query)
  }

  /** Another number whenever a list may be another one. */
  get dataVersion(): number {
    return this.#dataVersion
  }

  /** Counts everybody for the dashboard, a few milliseconds a step. */
  figures(): Generator<void, CustomerFigures> {
    return countFigures(this.#columns, this.#now())
  }

  /** A list of the query with at least `upTo` rows: the version asked for, the present one, or a new one. */
  #list(query: ListQuery, upTo: number, version?: number): OrderedList {
    const key = JSON.stringify(query)
    const dataVersion = this.#dataVersion
    const asked = this.#lists.get(version)
    const list = asked?.query === key ? asked : this.#lists.present(key, dataVersion)
    if (list === undefined) {
      const found = this.#finder.find(query, upTo)
      return this.#lists.add({ ...found, query: key, dataVersion, unsettled: null, strangers: NONE })
    }
    if (list.slots.length >= Math.min(upTo, list.total)) return this.#lists.keep(list)
    // What was shown stays; what was not ranked before follows.
    const shown = new Set(list.slots)
    const more = this.#finder.find(query, upTo).slots.filter((slot) => !shown.has(slot))
    const slots = new Int32Array(list.slots.length + more.length)
    slots.set(list.slots)
    slots.set(more, list.slots.length)
    return this.#lists.keep({ ...list, slots, total: slots.length })
  }

  /** The version of a list made anew that keeps what is on the screen, and where that stands in it. */
  #listAround(query: ListQuery, upTo: number, held: HeldRows): { version: number; heldFirst: number | null } {
    const old = this.#lists.get(held.version)
    const key = JSON.stringify(query)
    const dataVersion = this.#dataVersion
    // It shows the present already, held or not.
    if (old?.query === key && old.dataVersion === dataVersion) {
      return { version: held.version, heldFirst: held.first }
    }
    const seenIn = old?.dataVersion ?? 0
    const isSettled = (slot: number) =>
      (this.#columns.changedIn[slot] as number) <= seenIn && !old?.unsettled?.has(slot)
    const slots = this.#columns.slotsOf(held.ids).filter((slot) => this.#columns.isListed(slot))
    const found = this.#findWith(query, upTo, slots)
    const onScreen = { held: slots, above: old?.slots.subarray(0, held.first) ?? new Int32Array(0), isSettled }
    const base = { ...found, query: key, dataVersion }
    if (slots.length === 0 || this.#madeIn > seenIn) {
      const heldFirst = slots.length === 0 ? null : followRows(found.slots, onScreen)
      return { version: this.#lists.add({ ...base, unsettled: null, strangers: NONE }).version, heldFirst }
    }
    const { first, ...around } = holdRows(found.slots, onScreen)
    const total = found.total + around.slots.length - found.slots.length
    return { version: this.#lists.add({ ...base, ...around, total }).version, heldFirst: first }
  }

  /** What a query finds now; in full where one of these slots is not among the hits that were ranked. */
  #findWith(query: ListQuery, upTo: number, slots: readonly number[]): Found {
    const found = this.#finder.find(query, upTo)
    if (found.slots.length === found.total) return found
    const ranked = new Set(found.slots)
    return slots.every((slot) => ranked.has(slot)) ? found : this.#finder.find(query, Number.POSITIVE_INFINITY)
  }
}

/** Whether the search would see no difference. */
function sameText(before: ReplicaCustomer | undefined, after: ReplicaCustomer): boolean {
  return (
    before !== undefined &&
    SEARCH_FIELDS.every((field) =>
      field === 'tags' ? before.tags.join('\n') === after.tags.join('\n') : before[field] === after[field],
    )
  )
}
