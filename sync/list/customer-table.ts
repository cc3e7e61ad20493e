import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerRow, ListQuery, ListWindow, Match, SortBy } from '#shared/replica-api/list.ts'
import { attentionCount } from '../outbox/attention.ts'
import { nextMutation } from '../outbox/push-batch.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { CustomerOrder, type SortKey } from './customer-order.ts'

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

type BaseOrder = Exclude<SortBy, 'relevance'>
const SORT_KEYS: Readonly<Record<BaseOrder, (held: ReplicaCustomer) => SortKey>> = {
  name: (held) => nameKey(held.name),
  created: (held) => Date.parse(held.createdAt),
  // Never seen counts as seen before all others.
  lastSeen: (held) => (held.lastSeenAt === null ? 0 : Date.parse(held.lastSeenAt)),
  conversations: (held) => held.conversationCount,
}

/** So many hits are ranked at each key stroke; the rest when somebody scrolls there. */
const FIRST_HITS = 1_000

/** What a query found, first to last, or last to first where `reversed`. */
interface Found {
  readonly rows: readonly { readonly held: ReplicaCustomer }[]
  /** More than `rows` has, where only the best hits of a search were ranked so far. */
  readonly total: number
  readonly reversed: boolean
  readonly matches: ReadonlyMap<string, SearchHit>
}

const NO_MATCHES: ReadonlyMap<string, SearchHit> = new Map()

/** The customers that lists show, sorted, filtered and searched in memory (SPEC PF-2). */
export class CustomerTable {
  readonly #search: CustomerSearch
  readonly #userId: string
  readonly #visible = new Map<string, ReplicaCustomer>()
  /** Orders are made when first asked for and kept up to date from then on. */
  readonly #orders = new Map<BaseOrder, CustomerOrder>()
  /** The last query and what it found, until something changes: scrolling asks for one query again and again. */
  #last: { readonly key: string; readonly found: Found } | null = null
  #recent: readonly string[] = []

  constructor(search: CustomerSearch, userId: string) {
    this.#search = search
    this.#userId = userId
  }

  /** Takes in changed customers; deleted ones and refused creations are in no list. */
  apply(change: { readonly put: readonly ReplicaCustomer[]; readonly removed: readonly string[] }): void {
    const shown: ReplicaCustomer[] = []
    const gone = [...change.removed]
    for (const held of change.put) {
      if (held.deletedAt === null && !isRefusedCreation(held)) shown.push(held)
      else gone.push(held.id)
    }
    const reindexed = shown.filter((held) => !sameText(this.#visible.get(held.id), held))
    for (const held of shown) this.#visible.set(held.id, held)
    for (const id of gone) {
      if (this.#visible.delete(id)) this.#search.remove(id)
    }
    for (const order of this.#orders.values()) {
      order.put(shown)
      order.remove(gone)
    }
    if (reindexed.length > 0) this.#search.upsertMany(reindexed)
    this.#last = null
  }

  /** Ids of customers opened last, newest first. */
  setRecent(ids: readonly string[]): void {
    this.#recent = ids
    this.#last = null
  }

  /** The rows `offset .. offset + limit` of a query; `tookMs` is left to the caller's clock. */
  window(query: ListQuery, offset: number, limit: number): Omit<ListWindow, 'tookMs'> {
    const { rows, total, reversed, matches } = this.#find(query, offset + limit)
    const page = reversed
      ? rows.slice(Math.max(0, total - offset - limit), Math.max(0, total - offset)).reverse()
      : rows.slice(offset, offset + limit)
    return {
      offset,
      rows: page.map(({ held }) => toRow(held, matches.get(held.id) ?? null)),
      total,
      all: this.#visible.size,
    }
  }

  /** Where a customer stands in a query, or null. */
  position(query: ListQuery, id: string): number | null {
    const { rows, reversed } = this.#find(query, Number.POSITIVE_INFINITY)
    const index = rows.findIndex(({ held }) => held.id === id)
    if (index < 0) return null
    return reversed ? rows.length - 1 - index : index
  }

  /** What a query finds; at least the first `upTo` rows of it. */
  #find(query: ListQuery, upTo: number): Found {
    const key = JSON.stringify(query)
    const { found, ...last } = this.#last ?? { key: null, found: null }
    if (found !== null && last.key === key && (found.rows.length === found.total || found.rows.length >= upTo))
      return found
    const computed = this.#compute(query, upTo)
    this.#last = { key, found: computed }
    return computed
  }

  #compute(query: ListQuery, upTo: number): Found {
    const { view, source, sort } = query
    const fits = (held: ReplicaCustomer) =>
      (source === null || held.source === source) &&
      (view !== 'mine' || held.ownerId === this.#userId || held.createdByUserId === this.#userId)
    const recent = view === 'recent' ? this.#recent : null
    const isFiltered = view !== 'all' || source !== null
    if (query.search.trim() !== '') {
      if (!isFiltered && sort.by === 'relevance' && upTo <= FIRST_HITS) return this.#bestHits(query.search)
      return this.#allHits(query, (held) => fits(held) && (recent?.includes(held.id) ?? true))
    }
    // What was opened last comes first, whatever the list is sorted by.
    if (recent !== null) return whole(this.#held(recent).filter(({ held }) => fits(held)))
    // Without a search relevance means names, from A.
    const all = this.#order(sort.by === 'relevance' ? 'name' : sort.by).all()
    const rows = isFiltered ? all.filter(({ held }) => fits(held)) : all
    return whole(rows, sort.by !== 'relevance' && sort.direction === 'desc')
  }

  #bestHits(search: string): Found {
    const { hits, total } = this.#search.search(search, FIRST_HITS)
    return { rows: this.#held(hits.map((hit) => hit.id)), total, reversed: false, matches: byId(hits) }
  }

  #allHits({ search, sort }: ListQuery, fits: (held: ReplicaCustomer) => boolean): Found {
    const { hits } = this.#search.search(search, Number.POSITIVE_INFINITY)
    const ranked = this.#held(hits.map((hit) => hit.id)).filter(({ held }) => fits(held))
    if (sort.by === 'relevance') return whole(ranked, false, byId(hits))
    const order = new CustomerOrder(SORT_KEYS[sort.by])
    order.put(ranked.map(({ held }) => held))
    return whole(order.all(), sort.direction === 'desc', byId(hits))
  }

  #held(ids: readonly string[]): { readonly held: ReplicaCustomer }[] {
    return ids.flatMap((id) => {
      const held = this.#visible.get(id)
      return held === undefined ? [] : [{ held }]
    })
  }

  #order(by: BaseOrder): CustomerOrder {
    let order = this.#orders.get(by)
    if (order === undefined) {
      order = new CustomerOrder(SORT_KEYS[by])
      order.put([...this.#visible.values()])
      this.#orders.set(by, order)
    }
    return order
  }
}

function whole(rows: Found['rows'], reversed = false, matches: Found['matches'] = NO_MATCHES): Found {
  return { rows, total: rows.length, reversed, matches }
}

function byId(hits: readonly SearchHit[]): ReadonlyMap<string, SearchHit> {
  return new Map(hits.map((hit) => [hit.id, hit]))
}

/** Names compare without accents and case: "Ábel" stands beside "Abel". */
function nameKey(name: string): string {
  const lower = name.trim().toLowerCase()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range, which needs no folding
  if (/^[\x00-\x7f]*$/.test(lower)) return lower
  return lower.normalize('NFKD').replace(/\p{M}/gu, '')
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

function toRow(held: ReplicaCustomer, hit: SearchHit | null): CustomerRow {
  const { id, name, email, phone, address, tags, source, ownerId, createdByUserId, createdAt } = held
  return {
    id,
    name,
    email,
    phone,
    address,
    tags,
    source,
    ownerId,
    createdByUserId,
    createdAt,
    lastSeenAt: held.lastSeenAt,
    conversationCount: held.conversationCount,
    waiting: nextMutation(held) !== undefined,
    attention: attentionCount(held) > 0,
    match: hit === null ? null : { why: hit.why, ranges: hit.ranges },
  }
}
