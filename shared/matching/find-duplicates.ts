import { type Cluster, clusterDuplicates } from './cluster-duplicates.ts'
import type { Pattern } from './comparison-fields.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import type { DuplicateIndex } from './duplicate-index.ts'
import { type ComparedPair, fitModel, fitUnrelated, withUnrelated } from './fit-model.ts'
import type { MatchModel } from './match-model.ts'
import { PairScorer } from './pair-scorer.ts'

/** Pairs at least as likely as this are shown, with the question whether they are one. */
export const ASK = 0.5
/** Pairs at least as likely as this are suggested: accept, unless something is wrong. */
export const SUGGEST = 0.9

/** Two customers who may be one. */
export interface DuplicatePair {
  /** The smaller id. */
  readonly a: string
  readonly b: string
  readonly probability: number
  /** What agrees and what doesn't, for `matchReasons`. */
  readonly pattern: Pattern
}

/** Customers who are taken for one person. */
export interface DuplicateGroup {
  readonly members: readonly string[]
  /** How likely it is that all of them are one: that of the weakest link that is needed. */
  readonly probability: number
  /** Each two of the members; those whom only others link are as likely as such a chain. */
  readonly pairs: readonly DuplicatePair[]
}

export interface ScanProgress {
  readonly done: number
  readonly total: number
}

export interface ScanResult {
  /** What was learnt, for `checkCustomer` and `groupDuplicates`. */
  readonly model: MatchModel
  /** Every pair that is likely, whatever was marked: what `groupDuplicates` makes groups of. */
  readonly pairs: readonly DuplicatePair[]
  /** Most likely first. */
  readonly groups: readonly DuplicateGroup[]
  /** Number of pairs that were compared. */
  readonly compared: number
}

/** Whether two customers were marked as not being duplicates, by id. */
export type MarkedApart = (a: string, b: string) => boolean

/**
 * Looks for duplicates in a whole base. A generator, so that the caller decides when to go on, reports
 * progress between steps of some milliseconds, and cancels by not going on. The index must not change
 * meanwhile: start again when it did.
 */
export function* scanForDuplicates(
  index: DuplicateIndex,
  markedApart: MarkedApart,
): Generator<ScanProgress, ScanResult> {
  const { counts } = index
  let progress: ScanProgress = { done: 0, total: index.size }
  const unrelated = yield* reporting(fitUnrelated([...index.records()], counts), () => progress)
  const first = new PairScorer(withUnrelated(unrelated), counts)
  const hopeful: (ComparedPair & { readonly a: ComparisonRecord; readonly b: ComparisonRecord })[] = []
  let compared = 0
  for (const { pairs, done, total } of index.pairs()) {
    compared += pairs.length
    for (const [a, b] of pairs) {
      const pair = first.compare(a, b)
      if (pair !== null) hopeful.push({ a, b, pattern: pair.pattern, rarity: pair.rarity })
    }
    progress = { done, total }
    yield progress
  }
  const model = yield* reporting(fitModel(hopeful, unrelated, counts), () => progress)
  const scorer = new PairScorer(model, counts)
  const pairs: DuplicatePair[] = []
  for (const [i, { a, b, pattern, rarity }] of hopeful.entries()) {
    if (i % SLICE === 0) yield progress
    const probability = scorer.probabilityOf(pattern, rarity)
    if (probability >= ASK) pairs.push({ a: a.id, b: b.id, pattern, probability })
  }
  const groups = yield* reporting(groupDuplicates(pairs, index, model, markedApart), () => progress)
  return { model, pairs, groups, compared }
}

/** Pairs scored between two steps: a few milliseconds. */
const SLICE = 5_000

/** Passes on where the scan is, at each step of something that has no progress of its own. */
function* reporting<T>(steps: Generator<void, T>, progress: () => ScanProgress): Generator<ScanProgress, T> {
  let step = steps.next()
  while (!step.done) {
    yield progress()
    step = steps.next()
  }
  return step.value
}

/** Who in the index may be the same as a customer, most likely first; the customer need not be in it. */
export function checkCustomer(
  record: ComparisonRecord,
  index: DuplicateIndex,
  model: MatchModel,
  markedApart: MarkedApart,
): readonly DuplicatePair[] {
  const scorer = new PairScorer(model, index.counts)
  return index
    .candidatesOf(record)
    .filter((other) => !markedApart(record.id, other.id))
    .map((other) => pairOf(record, other, scorer))
    .filter(({ probability }) => probability >= ASK)
    .toSorted((x, y) => y.probability - x.probability || (x.a + x.b < y.a + y.b ? -1 : 1))
}

/**
 * How likely two are one whom only others in their group link: two links at least must hold, of which
 * the weakest is known. Never below what is shown, since they are shown together.
 */
function throughOthers(weakestLink: number): number {
  return Math.max(ASK, weakestLink ** 2)
}

function pairOf(one: ComparisonRecord, other: ComparisonRecord, scorer: PairScorer): DuplicatePair {
  const [a, b] = one.id < other.id ? [one, other] : [other, one]
  const { pattern, probability } = scorer.score(a, b)
  return { a: a.id, b: b.id, pattern, probability }
}

/**
 * Groups of customers who are taken for one person, most likely first. `likely`: pairs that a scan or
 * a check has found, all that there are of their customers. Groups of customers whom no chain of
 * pairs links have nothing to do with each other, so some of them may be made anew alone. A
 * generator with steps of some milliseconds.
 *
 * With `strongFirst` a group that only a weak link holds together gives way to its parts that are
 * suggested: nobody should have to ask themselves about three when two of them are certain. When
 * those are merged, the rest is asked about.
 */
export function* groupDuplicates(
  likely: readonly DuplicatePair[],
  index: DuplicateIndex,
  model: MatchModel,
  markedApart: MarkedApart,
  { strongFirst }: { readonly strongFirst: boolean } = { strongFirst: false },
): Generator<void, readonly DuplicateGroup[]> {
  const scorer = new PairScorer(model, index.counts)
  const against = (a: string, b: string) => {
    const [one, other] = [index.get(a), index.get(b)]
    return markedApart(a, b) || one === undefined || other === undefined ? Infinity : scorer.against(one, other)
  }
  const groups: DuplicateGroup[] = []
  const allowed = likely.filter(({ a, b }) => !markedApart(a, b))
  let sinceStep = 0
  for (const linked of linkedPairs(allowed)) {
    sinceStep += linked.length
    if (sinceStep > GROUPED_PAIRS) {
      yield
      sinceStep = linked.length
    }
    const clusters = clusterDuplicates(linked, against)
    const wanted = strongFirst ? clusters.flatMap((cluster) => strongParts(cluster, linked, against)) : clusters
    for (const { members, links } of wanted) {
      const pairs = links.flatMap(({ a, b, probability }) => {
        const [one, other] = [index.get(a), index.get(b)]
        if (one === undefined || other === undefined) return []
        const pair = pairOf(one, other, scorer)
        return [{ ...pair, probability: Math.max(pair.probability, throughOthers(probability)) }]
      })
      groups.push({ members, pairs, probability: Math.min(...links.map((link) => link.probability)) })
    }
  }
  return groups.sort(byLikelihood)
}

/** The parts of a cluster that are suggested; the cluster itself where it is, or where none of them is. */
function strongParts(
  cluster: Cluster,
  pairs: readonly DuplicatePair[],
  against: (a: string, b: string) => number,
): readonly Cluster[] {
  if (cluster.links.every(({ probability }) => probability >= SUGGEST)) return [cluster]
  const members = new Set(cluster.members)
  const strong = pairs.filter(({ a, b, probability }) => probability >= SUGGEST && members.has(a) && members.has(b))
  return strong.length === 0 ? [cluster] : clusterDuplicates(strong, against)
}

/** Pairs of linked customers that are clustered between two steps: a few milliseconds. */
const GROUPED_PAIRS = 100

/** The more likely group first. */
export function byLikelihood(x: DuplicateGroup, y: DuplicateGroup): number {
  return y.probability - x.probability || ((x.members[0] ?? '') < (y.members[0] ?? '') ? -1 : 1)
}

/** The pairs of each set of customers whom chains of pairs link. */
function linkedPairs(pairs: readonly DuplicatePair[]): DuplicatePair[][] {
  const leaders = new Map<string, string>()
  const leaderOf = (id: string): string => {
    let at = id
    for (let up = leaders.get(at); up !== undefined; up = leaders.get(at)) at = up
    if (at !== id) leaders.set(id, at)
    return at
  }
  for (const { a, b } of pairs) {
    const [one, other] = [leaderOf(a), leaderOf(b)]
    if (one !== other) leaders.set(other, one)
  }
  return [...Map.groupBy(pairs, ({ a }) => leaderOf(a)).values()]
}
