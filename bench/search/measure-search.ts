import Fuse from 'fuse.js'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { makeCustomers } from './customers.ts'
import { below, seededRandom } from './random.ts'
import { keyStrokes, makeQueries } from './typed-queries.ts'

const TARGET_MS = 5
const TARGET_RATIO = 300
/** Twelve kinds of query: 360 queries, about 4,700 key strokes. */
const QUERIES_PER_KIND = 30
/** Hits that the worker asks for, and rows of them that a screen shows with reason and marks. */
const HITS = 1_000
const ROWS_ON_SCREEN = 50
/** Time the baseline may take: it answers as many of the same key strokes as it can. */
const BASELINE_BUDGET_MS = 60_000
const MIN_BASELINE_SAMPLES = 40

/**
 * PF-1: search as typed. Ours: every key stroke of every query, with the reasons and marks of the
 * rows on screen. Plain Fuse.js needs about a second a stroke at 100,000, so it answers a random
 * sample of the same key strokes (seeded; drawn over all strokes alike, so that short and long
 * inputs come in the same proportions) until its time is up, and its p95 is compared with ours.
 */
export async function measureSearch(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const customers = makeCustomers(rows)
  const strokes = makeQueries(customers, QUERIES_PER_KIND).flatMap(keyStrokes)
  const index = new CustomerSearchIndex()
  const building = performance.now()
  index.upsertMany(customers)
  say(
    `PF-1: index of ${rows} customers built in ${Math.round(performance.now() - building)} ms; ${strokes.length} key strokes`,
  )
  const ours = timed(strokes, (query) => searchAsTheScreenDoes(index, query))

  const sample = shuffled(strokes)
  const fuse = plainFuse(customers)
  const baseline: number[] = []
  const started = performance.now()
  for (const stroke of sample) {
    const spent = performance.now() - started
    if (baseline.length >= MIN_BASELINE_SAMPLES && spent > BASELINE_BUDGET_MS) break
    baseline.push(...timed([stroke], (query) => fuse.search(query, { limit: ROWS_ON_SCREEN })))
  }
  say(`PF-1: plain Fuse.js answered a random ${baseline.length} of the same ${strokes.length} key strokes`)

  const p95 = percentile(ours, 0.95)
  const ratio = percentile(baseline, 0.95) / p95
  return [
    {
      id: 'PF-1',
      what: 'search as typed, per key stroke',
      rows,
      unit: 'ms',
      p50: rounded(percentile(ours, 0.5)),
      p95: rounded(p95),
      max: rounded(Math.max(...ours)),
      target: TARGET_MS,
      pass: p95 <= TARGET_MS && ratio >= TARGET_RATIO,
      baseline: {
        name: `plain Fuse.js, p95 of ${baseline.length} of the same strokes`,
        value: rounded(percentile(baseline, 0.95)),
      },
      ratio: rounded(ratio),
    },
  ]
}

function searchAsTheScreenDoes(index: CustomerSearchIndex, query: string): number {
  const { hits } = index.search(query, HITS)
  let marked = 0
  for (const hit of hits.slice(0, ROWS_ON_SCREEN)) marked += (hit.why?.length ?? 0) + Object.keys(hit.ranges).length
  return marked
}

/** Fuse.js as its documentation sets it up for a list of people. */
function plainFuse(customers: readonly SearchableCustomer[]): Fuse<SearchableCustomer> {
  return new Fuse(customers, {
    keys: ['name', 'email', 'phone', 'address', 'notes', 'tags'],
    threshold: 0.4,
    ignoreLocation: true,
    ignoreDiacritics: true,
    includeMatches: true,
  })
}

/** Milliseconds of each stroke. */
function timed(strokes: readonly string[], run: (stroke: string) => unknown): number[] {
  return strokes.map((stroke) => {
    const started = performance.now()
    run(stroke)
    return performance.now() - started
  })
}

function shuffled(strokes: readonly string[]): string[] {
  const random = seededRandom(5)
  const list = [...strokes]
  for (let i = list.length - 1; i > 0; i--) {
    const j = below(random, i + 1)
    const moved = list[i] ?? ''
    list[i] = list[j] ?? ''
    list[j] = moved
  }
  return list
}
