import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import { type Measurement, rounded } from '../../measurement.ts'
import { RIVALS } from './libraries.ts'
import { makeRelevanceSet, type RelevanceQuery } from './relevance-set.ts'
import { ALL, type FirstHits, firstIds, type Score, scoreOf } from './score.ts'

const PER_KIND = 15
const HITS = 50
/** A library slower than this for all queries answers a part of them, evenly spread over the kinds. */
const BUDGET_MS = 60_000
/** What the tests ask for too (`relevance.test.ts`). */
const FIRST_TARGET = 0.95

/**
 * SE-1: who comes first for what people type, ours against Fuse.js (plain, and by word), MiniSearch and uFuzzy
 * over the same customers. Prints its own table, too: by kind hit@1, hit@5 and the mean reciprocal rank.
 */
export async function measureRelevance(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const { customers, queries } = makeRelevanceSet(rows, PER_KIND)
  const index = new CustomerSearchIndex()
  index.upsertMany(customers)
  const ours = scoreOf(queries, (query) => firstIds(index, query, HITS))
  const columns = [{ name: 'ours', score: ours }]
  for (const { name, make } of RIVALS) {
    const find = make(customers)
    const asked = affordable(queries, find)
    say(`SE-1: ${name} answers ${asked.length} of ${queries.length} queries`)
    columns.push({
      name: asked.length < queries.length ? `${name} (1 in ${Math.ceil(queries.length / asked.length)})` : name,
      score: scoreOf(asked, find),
    })
  }
  console.log(tableOf(queries, columns))
  return columns.slice(1).map(({ name, score }) => line(rows, ours.get(ALL), { name, score: score.get(ALL) }))
}

function line(
  rows: number,
  ours: Score | undefined,
  theirs: { readonly name: string; readonly score: Score | undefined },
): Measurement {
  if (ours === undefined || theirs.score === undefined) throw new Error('nothing was asked: nothing to compare')
  const first = rounded(ours.hit1 * 100)
  const baseline = rounded(theirs.score.hit1 * 100)
  return {
    id: 'SE-1',
    what: `${ours.queries} queries: the right customer comes first; ${rounded(ours.hit5 * 100)} % within five`,
    rows,
    unit: '%',
    p50: first,
    p95: first,
    max: first,
    target: null,
    pass: ours.hit1 >= FIRST_TARGET,
    baseline: { name: theirs.name, value: baseline },
    ratio: rounded(first / Math.max(baseline, 1)),
  }
}

/** As many queries as fit into the budget: all, or each so-manieth. */
function affordable(queries: readonly RelevanceQuery[], find: FirstHits): readonly RelevanceQuery[] {
  const sample = queries.filter((_, n) => n % 50 === 0)
  const started = performance.now()
  for (const { query } of sample) find(query)
  const step = Math.ceil(((performance.now() - started) * (queries.length / sample.length)) / BUDGET_MS)
  return queries.filter((_, n) => n % step === 0)
}

function tableOf(
  queries: readonly RelevanceQuery[],
  columns: readonly { readonly name: string; readonly score: ReadonlyMap<string, Score> }[],
): string {
  const kinds = [...new Set(queries.map(({ kind }) => kind)), ALL]
  const lines = kinds.map((kind) => [
    kind,
    String(columns[0]?.score.get(kind)?.queries ?? 0),
    ...columns.map(({ score }) => cellOf(score.get(kind))),
  ])
  const head = ['SE-1: hit@1 / hit@5 / MRR', 'n', ...columns.map(({ name }) => name)]
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)))
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellOf(score: Score | undefined): string {
  if (score === undefined) return '-'
  const percent = (share: number) => String(Math.round(share * 100)).padStart(3)
  return `${percent(score.hit1)} ${percent(score.hit5)} ${score.mrr.toFixed(2)}`
}
