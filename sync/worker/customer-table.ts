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
  search(query: string, limit: number): { readonly hits: readonly SearchHit[] }
}
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

/** Most customers a search lists: nobody scrolls further, they type another letter. */
const SEARCH_LIMIT = 1_000

/** What a query found, first to last, or last to first where `reversed`. */
interface Found {
  readonly rows: readonly { readonly held: ReplicaCustomer }[]
  readonly reversed: boolean
  readonly matches: ReadonlyMap<string, Match>
}

const NO_MATCHES: ReadonlyMap<string, Match> = new Map()

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
    const { rows, reversed, matches } = this.#find(query)
    const total = rows.length
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
    const { rows, reversed } = this.#find(query)
    const index = rows.findIndex(({ held }) => held.id === id)
    if (index < 0) return null
    return reversed ? rows.length - 1 - index : index
  }

  #find(query: ListQuery): Found {
    const key = JSON.stringify(query)
    if (this.#last?.key !== key) this.#last = { key, found: this.#compute(query) }
    return this.#last.found
  }

  #compute(query: ListQuery): Found {
    const { view, source, sort } = query
    const fits = (held: ReplicaCustomer) =>
      (source === null || held.source === source) &&
      (view !== 'mine' || held.ownerId === this.#userId || held.createdByUserId === this.#userId)
    const recent = view === 'recent' ? this.#recent : null
    if (query.search.trim() !== '')
      return this.#searched(query, (held) => fits(held) && (recent?.includes(held.id) ?? true))
    // What was opened last comes first, whatever the list is sorted by.
    if (recent !== null)
      return { rows: this.#held(recent).filter(({ held }) => fits(held)), reversed: false, matches: NO_MATCHES }
    // Without a search relevance means names, from A.
    const all = this.#order(sort.by === 'relevance' ? 'name' : sort.by).all()
    const rows = view === 'all' && source === null ? all : all.filter(({ held }) => fits(held))
    return { rows, reversed: sort.by !== 'relevance' && sort.direction === 'desc', matches: NO_MATCHES }
  }

  #searched({ search, sort }: ListQuery, fits: (held: ReplicaCustomer) => boolean): Found {
    const { hits } = this.#search.search(search, SEARCH_LIMIT)
    const matches = new Map<string, Match>(hits.map(({ id, why, ranges }) => [id, { why, ranges }]))
    const ranked = this.#held(hits.map((hit) => hit.id)).filter(({ held }) => fits(held))
    if (sort.by === 'relevance') return { rows: ranked, reversed: false, matches }
    const order = new CustomerOrder(SORT_KEYS[sort.by])
    order.put(ranked.map(({ held }) => held))
    return { rows: order.all(), reversed: sort.direction === 'desc', matches }
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

function toRow(held: ReplicaCustomer, match: Match | null): CustomerRow {
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
    match,
  }
}
