import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerFilter } from '#shared/domain/customer-filter.ts'
import type { Sort, SortBy } from '#shared/domain/saved-list.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import { CustomerTable } from '#sync/list/customer-table.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { below, pick, type Random, seededRandom } from '../search/random.ts'
import { makeReplicaCustomers, NOW, OWNERS, USER_ID } from './crm-rows.ts'

const TARGET_MS = 16
const PAGE_ROWS = 100
const PAGES = 2_000
const BASELINE_PAGES = 40

const SORTS = ['name', 'lastSeen', 'created', 'changed', 'conversations'] as const

/** One filter of each kind, and some together. */
const FILTERS: readonly CustomerFilter[] = [
  {},
  {},
  { view: 'mine' },
  { view: 'recent' },
  { email: true },
  { phone: false, address: true },
  { sources: ['chat', 'manual'] },
  { tags: { match: 'any', of: ['vip', 'lead'] } },
  { tags: { match: 'all', of: ['vip', 'lead'] }, email: true },
  { owners: [OWNERS[3] ?? null, null] },
  { created: { kind: 'last', days: 365 } },
  { lastSeen: { kind: 'notLast', days: 90 }, sources: ['import'] },
  { lastSeen: { kind: 'between', from: '2025-01-01', to: '2026-01-31' }, notes: true },
  { state: 'waiting' },
]

/**
 * PF-2: a page of the list in any order, through any filter, anywhere in it; every second one right
 * after a change, which makes the list anew around what is on the screen. Against filtering and sorting
 * an array of the same customers, which is what a screen without a table does. Before it the orders are
 * made as the app makes them, when it has been quiet for two seconds.
 */
export async function measurePages(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const customers = makeReplicaCustomers(rows)
  const table = new CustomerTable(
    new CustomerSearchIndex(),
    USER_ID,
    () => NOW,
    () => 'AU',
  )
  const filling = performance.now()
  table.apply({ put: customers, removed: [] })
  table.setRecent(customers.slice(0, 50).map(({ id }) => id))
  say(`PF-2: ${rows} customers in table and search after ${Math.round(performance.now() - filling)} ms`)
  const warming = stepTimes(table.warm())
  const first = SORTS.map((by) => firstPage(table, by))

  const random = seededRandom(2)
  const plain = { pages: [] as number[], queries: [] as ListQuery[] }
  for (let n = 0; n < PAGES; n += 1) {
    const query = anyQuery(random, '')
    plain.pages.push(timePage(table, customers, query, random, n))
    plain.queries.push(query)
  }
  const searched: number[] = []
  const facets: number[] = []
  for (let n = 0; n < PAGES / 4; n += 1) {
    const name = pick(random, customers).name
    const query = anyQuery(random, name.slice(0, 2 + below(random, name.length)))
    searched.push(timePage(table, customers, query, random, n))
    facets.push(timed(() => table.facets(query)))
  }
  const baseline = plain.queries.slice(0, BASELINE_PAGES).map((query) => timed(() => plainPage(customers, query, 0)))
  const against = { name: 'filter and sort an array, p95', value: percentile(baseline, 0.95) }
  return [
    line('list page, any sort and filter', rows, plain.pages, TARGET_MS, against),
    line('first list in each order, after the warming', rows, first, TARGET_MS, against),
    line('a step of the warming, between which all else goes on', rows, warming, TARGET_MS, against),
    line('list page, with a search as well', rows, searched, TARGET_MS, against),
    line('counts of all filter values', rows, facets, null, against),
  ]
}

/** Milliseconds of each step. */
function stepTimes(steps: Iterable<void>): number[] {
  const took: number[] = []
  let started = performance.now()
  for (const _ of steps) {
    took.push(performance.now() - started)
    started = performance.now()
  }
  return took
}

function firstPage(table: CustomerTable, by: SortBy): number {
  return timed(() => table.window({ search: '', filter: {}, sort: { by, direction: 'asc' } }, 0, PAGE_ROWS))
}

function anyQuery(random: Random, search: string): ListQuery {
  const sort: Sort = { by: pick(random, SORTS), direction: random() < 0.5 ? 'asc' : 'desc' }
  return {
    search,
    filter: pick(random, FILTERS),
    sort: search !== '' && random() < 0.5 ? { by: 'relevance', direction: 'desc' } : sort,
  }
}

/** A page anywhere in the list: of the present list, or, for every second, of one made anew after a change. */
function timePage(
  table: CustomerTable,
  customers: readonly ReplicaCustomer[],
  query: ListQuery,
  random: Random,
  n: number,
): number {
  const { total } = table.window(query, 0, 1)
  const offset = below(random, Math.max(1, total))
  const isChanged = n % 2 === 1
  const shown = isChanged ? table.window(query, offset, PAGE_ROWS) : null
  const changed = pick(random, customers)
  table.apply({
    put: [{ ...changed, name: `${changed.name} ${n}`, lastSeenAt: new Date(NOW).toISOString() }],
    removed: [],
  })
  const held = shown && { version: shown.version, first: offset, ids: shown.rows.slice(0, 30).map(({ id }) => id) }
  return timed(() => table.window(query, offset, PAGE_ROWS, held === null ? {} : { held }))
}

/** The page as a screen would make it of an array. */
function plainPage(
  customers: readonly ReplicaCustomer[],
  { filter, sort }: ListQuery,
  offset: number,
): ReplicaCustomer[] {
  const key = (held: ReplicaCustomer): string =>
    sort.by === 'name' ? held.name : sort.by === 'lastSeen' ? (held.lastSeenAt ?? '') : held.createdAt
  const sign = sort.direction === 'asc' ? 1 : -1
  return customers
    .filter(
      (held) =>
        (filter.email === undefined || (held.email !== null) === filter.email) &&
        (filter.view !== 'mine' || held.ownerId === USER_ID),
    )
    .sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    .slice(offset, offset + PAGE_ROWS)
}

function timed(run: () => unknown): number {
  const started = performance.now()
  run()
  return performance.now() - started
}

function line(
  what: string,
  rows: number,
  samples: readonly number[],
  target: number | null,
  baseline: { readonly name: string; readonly value: number },
): Measurement {
  const p95 = percentile(samples, 0.95)
  return {
    id: 'PF-2',
    what,
    rows,
    unit: 'ms',
    p50: rounded(percentile(samples, 0.5)),
    p95: rounded(p95),
    max: rounded(Math.max(...samples)),
    target,
    pass: target === null || p95 <= target,
    baseline: { name: baseline.name, value: rounded(baseline.value) },
    ratio: rounded(baseline.value / p95),
  }
}
