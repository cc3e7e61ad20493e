import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerRow, ListQuery, ListWindow, Match, SortBy } from '#shared/replica-api/list.ts'
import { attentionCount } from '../outbox/attention.ts'
import { nextMutation } from '../outbox/push-batch.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { SortedIds, type SortKey } from './sorted-ids.ts'

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

/** What the query found, in order. */
interface Found {
  readonly ids: readonly string[]
  readonly matches: ReadonlyMap<string, Match>
}

/** The customers that lists show, sorted, filtered and searched in memory (SPEC PF-2). */
export class CustomerTable {
  readonly #search: CustomerSearch
  readonly #userId: string
  readonly #visible = new Map<string, ReplicaCustomer>()
  /** Orders are made when first asked for and kept up to date from then on. */
  readonly #orders = new Map<BaseOrder, SortedIds>()
  #found: { readonly key: string; readonly found: Found } | null = null
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
    for (const [by, order] of this.#orders) {
      for (const held of shown) order.set(held.id, SORT_KEYS[by](held))
      for (const id of gone) order.remove(id)
    }
    if (reindexed.length > 0) this.#search.upsertMany(reindexed)
    this.#found = null
  }

  /** Ids of customers opened last, newest first. */
  setRecent(ids: readonly string[]): void {
    this.#recent = ids
    this.#found = null
  }

  /** The rows `offset .. offset + limit` of a query; `tookMs` is left to the caller's clock. */
  window(query: ListQuery, offset: number, limit: number): Omit<ListWindow, 'tookMs'> {
    const { ids, matches } = this.#find(query)
    const rows: CustomerRow[] = []
    for (const id of ids.slice(offset, offset + limit)) {
      const held = this.#visible.get(id)
      if (held !== undefined) rows.push(toRow(held, matches.get(id) ?? null))
    }
    return { offset, rows, total: ids.length, all: this.#visible.size }
  }

  /** Where a customer stands in a query, or null. */
  position(query: ListQuery, id: string): number | null {
    const index = this.#find(query).ids.indexOf(id)
    return index < 0 ? null : index
  }

  #find(query: ListQuery): Found {
    const key = JSON.stringify(query)
    if (this.#found?.key !== key) this.#found = { key, found: this.#compute(query) }
    return this.#found.found
  }

  #compute(query: ListQuery): Found {
    const fits = (id: string) => {
      const held = this.#visible.get(id)
      return (
        held !== undefined &&
        (query.source === null || held.source === query.source) &&
        (query.view !== 'mine' || held.ownerId === this.#userId || held.createdByUserId === this.#userId)
      )
    }
    const recent = query.view === 'recent' ? new Set(this.#recent) : null
    if (query.search.trim() === '') {
      const ids = recent === null ? this.#sorted(query) : [...recent]
      const all = query.view === 'all' && query.source === null
      const found = all ? ids : ids.filter(fits)
      return { ids: found, matches: new Map() }
    }
    const { hits } = this.#search.search(query.search, SEARCH_LIMIT)
    const fitting = hits.filter((hit) => fits(hit.id) && (recent === null || recent.has(hit.id)))
    const matches = new Map(fitting.map(({ id, why, ranges }) => [id, { why, ranges }]))
    const ids =
      query.sort.by === 'relevance' ? fitting.map((hit) => hit.id) : this.#sorted(query).filter((id) => matches.has(id))
    return { ids, matches }
  }

  #sorted({ sort }: ListQuery): readonly string[] {
    const by = sort.by === 'relevance' ? 'name' : sort.by
    let order = this.#orders.get(by)
    if (order === undefined) {
      order = new SortedIds()
      for (const held of this.#visible.values()) order.set(held.id, SORT_KEYS[by](held))
      this.#orders.set(by, order)
    }
    // Without a search relevance means names, from A.
    return sort.direction === 'asc' || sort.by === 'relevance' ? order.ids() : order.ids().toReversed()
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
