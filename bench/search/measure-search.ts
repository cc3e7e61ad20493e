import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { atOnce } from '#shared/util/in-steps.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { makeCustomers } from './customers.ts'
import { below, seededRandom } from './random.ts'
import { FAST_RIVALS, type Library } from './relevance/libraries.ts'
import { keyStrokes, makeQueries } from './typed-queries.ts'

/** The engine's own garbage collector, which it shows to those only who ask. */
const collectGarbage = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

const TARGET_MS = 5
const TARGET_RATIO = 300
const TARGET_BUILD_S = 1.5
/** Twelve kinds of query: 504 queries, about 6,600 key strokes. */
const QUERIES_PER_KIND = 42
/** Hits that the worker asks for, and rows of them that a screen shows with reason and marks. */
const HITS = 1_000
const ROWS_ON_SCREEN = 50
/** Time a library may take: it answers as many of the same key strokes as it can. */
const LIBRARY_BUDGET_MS = 25_000
const MIN_LIBRARY_SAMPLES = 40
/** The first one is cold, as at a start of the app. */
const BUILDS = 3
const SINGLE_CHANGES = 200
const MANY_CHANGES = 10_000

/**
 * PF-1: search as typed. Ours: every key stroke of every query, with the reasons and marks of the
 * rows on screen. Fuse.js, MiniSearch and uFuzzy answer a random sample of the same key strokes
 * (seeded; drawn over all strokes alike, so that short and long inputs come in the same proportions)
 * until their time is up, without reasons and marks; p95 is compared with p95. Then what the index
 * costs: building, saving, loading, changing.
 */
export async function measureSearch(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  // Flat texts, as they come from a message or the disk, and not the ropes that they were made as.
  const customers = structuredClone(makeCustomers(rows))
  const strokes = makeQueries(customers, QUERIES_PER_KIND).flatMap(keyStrokes)
  const built = timed(Array(BUILDS).fill(customers), buildIndex)
  const { made: index, megabytes } = weighed(() => buildIndex(customers))
  say(`PF-1: ${rows} customers, ${strokes.length} key strokes`)
  const ours = timed(strokes, (query) => searchAsTheScreenDoes(index, query))
  const sample = shuffled(strokes)
  const rivals = FAST_RIVALS.map((library) => ({ library, ...measureLibrary(library, customers, sample, say) }))

  const searching = rivals.map(({ library, took }) => {
    const measured = line(
      'search as typed, per key stroke',
      rows,
      ours,
      took,
      `${library.name}, p95 of ${took.length} of the same strokes`,
    )
    const ratio = rounded(percentile(took, 0.95) / percentile(ours, 0.95))
    const isFast = percentile(ours, 0.95) <= TARGET_MS
    const isFaster = library.name !== 'Fuse.js' || ratio >= TARGET_RATIO
    const baseline = { ...measured.baseline, value: rounded(percentile(took, 0.95)) }
    return { ...measured, target: TARGET_MS, pass: isFast && isFaster, baseline, ratio }
  })
  const building = rivals
    .filter(({ library }) => library.name === 'MiniSearch')
    .flatMap((rival) => {
      const measured = line('build the index', rows, built, [rival.builtMs], 'MiniSearch')
      const limit = TARGET_BUILD_S * 1_000
      const memory = line('memory of the index', rows, [megabytes], [rival.megabytes], 'MiniSearch')
      return [
        { ...measured, target: limit, pass: percentile(built, 0.95) <= limit },
        { ...memory, unit: 'MB' as const },
      ]
    })
  return [...searching, ...building, ...changesOf(index, customers, built)]
}

/** What is made, and the megabytes that it holds on to, texts of the customers not counted. */
function weighed<T>(make: () => T): { readonly made: T; readonly megabytes: number } {
  const before = heldBytes()
  const made = make()
  return { made, megabytes: (heldBytes() - before) / 1e6 }
}

function heldBytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Saving, loading and changing the index, against building it. */
function changesOf(
  index: CustomerSearchIndex,
  customers: readonly SearchableCustomer[],
  built: readonly number[],
): Measurement[] {
  const rows = customers.length
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  let bytes = new Uint8Array(0)
  const saved = timed([0], () => {
    bytes = atOnce(index.saving()) ?? bytes
  })
  const loaded = timed([0, 1, 2], () => CustomerSearchIndex.load(bytes, (id) => byId.get(id)))
  const changed = (n: number) => ({ ...(customers[n % rows] as SearchableCustomer), notes: `changed in round ${n}` })
  // Part of the work is left to the next search.
  const change = (some: SearchableCustomer[]) => {
    index.upsertMany(some)
    index.search('round').best(1)
  }
  const one = timed([...Array(SINGLE_CHANGES).keys()], (n) => change([changed(n * 97)]))
  const many = timed([0], () => change(Array.from({ length: MANY_CHANGES }, (_, n) => changed(n * 7))))
  const against = 'building it'
  return [
    line(`save the index (${(bytes.length / 1e6).toFixed(0)} MB)`, rows, saved, built, against),
    line('load the saved index', rows, loaded, built, against),
    line('one changed customer and a search', rows, one, built, against),
    line(`${MANY_CHANGES} changed customers at once and a search`, rows, many, built, against),
  ]
}

function buildIndex(customers: readonly SearchableCustomer[]): CustomerSearchIndex {
  const index = new CustomerSearchIndex()
  index.upsertMany(customers)
  return index
}

function searchAsTheScreenDoes(index: CustomerSearchIndex, query: string): number {
  const found = index.search(query)
  let marked = 0
  for (const { customer } of found.best(HITS).hits.slice(0, ROWS_ON_SCREEN)) {
    const { why, ranges } = found.explain(customer)
    marked += (why?.length ?? 0) + Object.keys(ranges).length
  }
  return marked
}

function measureLibrary(
  { name, make }: Library,
  customers: readonly SearchableCustomer[],
  sample: readonly string[],
  say: (text: string) => void,
): { readonly builtMs: number; readonly megabytes: number; readonly took: readonly number[] } {
  let builtMs = 0
  const { made: find, megabytes } = weighed(() => {
    const building = performance.now()
    const made = make(customers)
    builtMs = performance.now() - building
    return made
  })
  const took: number[] = []
  const started = performance.now()
  for (const stroke of sample) {
    if (took.length >= MIN_LIBRARY_SAMPLES && performance.now() - started > LIBRARY_BUDGET_MS) break
    took.push(...timed([stroke], find))
  }
  say(`PF-1: ${name} built in ${Math.round(builtMs)} ms, answered a random ${took.length} of the same key strokes`)
  return { builtMs, megabytes, took }
}

function line(
  what: string,
  rows: number,
  ours: readonly number[],
  theirs: readonly number[],
  against: string,
): Measurement {
  const p50 = percentile(ours, 0.5)
  const baseline = percentile(theirs, 0.5)
  return {
    id: 'PF-1',
    what,
    rows,
    unit: 'ms',
    p50: rounded(p50),
    p95: rounded(percentile(ours, 0.95)),
    max: rounded(Math.max(...ours)),
    target: null,
    pass: true,
    baseline: { name: against, value: rounded(baseline) },
    ratio: rounded(baseline / p50),
  }
}

/** Milliseconds of each run. */
function timed<T>(inputs: readonly T[], run: (input: T) => unknown): number[] {
  return inputs.map((input) => {
    const started = performance.now()
    run(input)
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
