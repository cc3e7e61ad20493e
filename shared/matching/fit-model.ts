import { compareRecords } from './compare-records.ts'
import {
  COMPARISON_FIELDS,
  type ComparisonField,
  LEVELS,
  levelAt,
  type Pattern,
  toPattern,
} from './comparison-fields.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { DEFAULT_MODEL, type LevelChances, type MatchModel, RELATIONS, type Relation } from './match-model.ts'
import { addLogs, chancesOf, PatternLogs, type RarityLogs, type RelationLogs } from './score-pair.ts'
import type { ValueCounts } from './value-counts.ts'

/** A pair as it is learnt from. */
export interface ComparedPair {
  readonly pattern: Pattern
  readonly rarity: RarityLogs
}

/** Pairs of one pattern and of nearly the same rarity, which are learnt from alike. */
interface PairGroup {
  readonly rarity: RarityLogs
  count: number
}

/** Pairs that what is believed beforehand is worth: a base must show more than this to be believed instead. */
const PRIOR_PAIRS = 100
/** Customers that the rates believed beforehand are worth. */
const PRIOR_CUSTOMERS = 20
/** Pairs of strangers of one name that what is believed beforehand is worth. */
const PRIOR_NAMESAKES = 10
const ROUNDS = 30
const MIN_CHANCE = 1e-5

/**
 * Learns from a customer base, without labels, how alike the fields of duplicates are, how many there
 * are, and how alike relatives and colleagues are: expectation maximisation over the compared pairs
 * (Fellegi and Sunter 1969; Winkler 1988), held by priors. The answer does not depend on the order of
 * customers or pairs. A generator, so that the caller may do something else between two rounds.
 *
 * @param pairs the compared pairs that may be anything but strangers
 * @param unrelated how alike strangers are (`fitUnrelated`)
 * @param counts how often values occur in the base
 */
export function* fitModel(
  pairs: readonly ComparedPair[],
  unrelated: LevelChances,
  counts: ValueCounts,
): Generator<void, MatchModel> {
  const { records } = counts
  const namesakesByChance =
    (counts.collision('given') * counts.collision('family') * records * (records - 1)) / 2 + PRIOR_NAMESAKES
  let model = withUnrelated(unrelated)
  const groups = yield* grouped(pairs)
  for (let round = 0; round < ROUNDS; round++) {
    yield
    const scores = new PatternLogs(model)
    const priors = scores.priors(records)
    const weights = RELATIONS.map(() => new Map<Pattern, number>())
    const totals = [0, 0, 0, 0]
    let namesakes = PRIOR_NAMESAKES * DEFAULT_MODEL.namesakes
    let seen = 0
    for (const [pattern, members] of groups) {
      seen += members.length
      if (seen > GROUP_SLICE) {
        seen = 0
        yield
      }
      const sums = expectations(scores.of(pattern), members, priors)
      if (isExactName(pattern)) namesakes += sums[2] + sums[3]
      for (const [i, sum] of sums.entries()) {
        weights[i]?.set(pattern, sum)
        totals[i] = (totals[i] ?? 0) + sum
      }
    }
    const rate = (relation: LearntRelation) => {
      const seen = totals[RELATIONS.indexOf(relation)] ?? 0
      return (seen + DEFAULT_MODEL.rates[relation] * PRIOR_CUSTOMERS) / (records + PRIOR_CUSTOMERS)
    }
    const chances = (relation: LearntRelation) =>
      maximise(relation, weights[RELATIONS.indexOf(relation)] ?? new Map<Pattern, number>(), unrelated)
    model = {
      chances: {
        same: chances('same'),
        household: chances('household'),
        workplace: chances('workplace'),
        unrelated,
      },
      rates: { same: rate('same'), household: rate('household'), workplace: rate('workplace') },
      namesakes: Math.max(1, namesakes / namesakesByChance),
    }
  }
  return model
}

/** The model before anything but strangers was seen. */
export function withUnrelated(unrelated: LevelChances): MatchModel {
  return { ...DEFAULT_MODEL, chances: { ...DEFAULT_MODEL.chances, unrelated } }
}

type LearntRelation = Exclude<Relation, 'unrelated'>

/** The expected number of pairs of each relation among pairs of one pattern. */
function expectations(pattern: RelationLogs, members: readonly PairGroup[], priors: RelationLogs): RelationLogs {
  const sums: [number, number, number, number] = [0, 0, 0, 0]
  for (const { rarity, count } of members) {
    const chances = chancesOf(addLogs(pattern, rarity, priors))
    sums[0] += chances[0] * count
    sums[1] += chances[1] * count
    sums[2] += chances[2] * count
    sums[3] += chances[3] * count
  }
  return sums
}

/** Pairs, or groups of them, that are looked at between two steps: some milliseconds. */
const GROUP_SLICE = 10_000

/** Steps in which rarity (a logarithm) is learnt from: many pairs become few groups, and nothing that matters is lost. */
const STEPS = 4

function* grouped(pairs: readonly ComparedPair[]): Generator<void, ReadonlyMap<Pattern, readonly PairGroup[]>> {
  const groups = new Map<Pattern, Map<number, PairGroup>>()
  const step = (log: number) => Math.round(log * STEPS)
  for (const [i, { pattern, rarity }] of pairs.entries()) {
    if (i % GROUP_SLICE === 0) yield
    const ofPattern = groups.get(pattern) ?? new Map<number, PairGroup>()
    groups.set(pattern, ofPattern)
    const [household, workplace, unrelated] = [step(rarity.household), step(rarity.workplace), step(rarity.unrelated)]
    // Each is a small negative number: no two combinations have one key.
    const key = (household * 1_000 + workplace) * 1_000 + unrelated
    const group = ofPattern.get(key)
    if (group !== undefined) group.count++
    else {
      const mean = { household: household / STEPS, workplace: workplace / STEPS, unrelated: unrelated / STEPS }
      ofPattern.set(key, { rarity: mean, count: 1 })
    }
  }
  return new Map([...groups].map(([pattern, ofPattern]) => [pattern, [...ofPattern.values()]]))
}

function isExactName(pattern: Pattern): boolean {
  const level = (field: ComparisonField) => levelAt(pattern, COMPARISON_FIELDS.indexOf(field))
  return level('given') === LEVELS.given.exact && level('family') === LEVELS.family.exact
}

/** Fields that a base doesn't teach: too few pairs have them, or a relation is like strangers in them by definition. */
const NOT_LEARNT: Readonly<Record<LearntRelation, readonly ComparisonField[]>> = {
  same: ['order', 'generation'],
  household: ['given', 'order', 'birth', 'generation'],
  workplace: ['given', 'family', 'order', 'birth', 'generation'],
}

function maximise(
  relation: LearntRelation,
  weights: ReadonlyMap<Pattern, number>,
  unrelated: LevelChances,
): LevelChances {
  const chances: Partial<Record<ComparisonField, readonly number[]>> = {}
  for (const [i, field] of COMPARISON_FIELDS.entries()) {
    const prior = DEFAULT_MODEL.chances[relation][field]
    if (NOT_LEARNT[relation].includes(field)) {
      const isLikeStrangers = relation !== 'same' && (field === 'given' || field === 'family')
      chances[field] = isLikeStrangers ? keepingPrior(field, unrelated[field], prior) : prior
      continue
    }
    const counts = prior.map((chance) => chance * PRIOR_PAIRS)
    for (const [pattern, weight] of weights) {
      const level = levelAt(pattern, i)
      counts[level] = (counts[level] ?? 0) + weight
    }
    const learnt = keepingPrior(field, shares(field, counts), prior)
    chances[field] = relation === 'same' ? withinReason(learnt) : learnt
  }
  return relation === 'same' ? withOtherGiven(chances as LevelChances) : (chances as LevelChances)
}

/** Most duplicates that may differ in a field: else a base full of namesakes would teach that duplicates rarely agree. */
const MAX_DIFFERENT = 0.35

function withinReason(chances: readonly number[]): readonly number[] {
  return chances.map((chance, level) => (level === DIFFERENT ? Math.min(MAX_DIFFERENT, chance) : chance))
}

/** The level `different` of every field that is learnt. */
const DIFFERENT = 1

/** Most duplicates that may have another given name, whatever a base seems to say: above that it is families. */
const MAX_OTHER_GIVEN = 0.1
/** Given names that differ for each family name that does: some everyday forms are in no list of nicknames. */
const OTHER_GIVEN_PER_FAMILY = 1.3

/**
 * Given names are mistaken for others about as often as family names are. Where they differ more often
 * than that, the rest are families: by the data of a pair alone the two can't be told apart.
 */
function withOtherGiven(chances: LevelChances): LevelChances {
  const otherFamily = chances.family[LEVELS.family.different] ?? 0
  const other = Math.min(MAX_OTHER_GIVEN, OTHER_GIVEN_PER_FAMILY * otherFamily)
  return {
    ...chances,
    given: chances.given.map((chance, level) => (level === LEVELS.given.different ? other : chance)),
  }
}

/** Levels that are no share of a field: missing, and organisations, which have no given name. */
function isApart(field: ComparisonField, level: number): boolean {
  return level === 0 || (field === 'given' && level === LEVELS.given.organisation)
}

function shares(field: ComparisonField, counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count, level) => (isApart(field, level) ? sum : sum + count), 0)
  return counts.map((count) => Math.max(MIN_CHANCE, count / total))
}

function keepingPrior(field: ComparisonField, chances: readonly number[], prior: readonly number[]): number[] {
  return chances.map((chance, level) => (isApart(field, level) ? (prior[level] ?? 1) : chance))
}

/** Customers of whom pairs are drawn; sorting all of a large base would take too long. */
const SAMPLE = 20_000
const RANDOM_PAIRS = 30_000
/** Pairs compared, and customers asked whether they are drawn from, in one step of a millisecond or two. */
const SLICE = 500
const SAMPLE_SLICE = 20_000

/** How alike strangers are: the levels of pairs drawn at random, of which hardly any are duplicates. */
export function* fitUnrelated(
  records: readonly ComparisonRecord[],
  counts: ValueCounts,
): Generator<void, LevelChances> {
  const sorted = (yield* sampled(records)).sort((a, b) => (a.id < b.id ? -1 : 1))
  const seen = COMPARISON_FIELDS.map((field) =>
    DEFAULT_MODEL.chances.unrelated[field].map((chance) => chance * PRIOR_PAIRS),
  )
  // A small base has few pairs: drawing them again and again would make them look like many.
  const drawn = Math.min(RANDOM_PAIRS, (sorted.length * (sorted.length - 1)) / 2)
  const next = seededIndex(sorted.length)
  for (let i = 0; i < drawn; i++) {
    if (i % SLICE === 0) yield
    const a = sorted[next()]
    const b = sorted[next()]
    if (a === undefined || b === undefined || a === b) continue
    const pattern = toPattern(compareRecords(a, b, counts))
    for (const [at, levels] of seen.entries()) {
      const level = levelAt(pattern, at)
      levels[level] = (levels[level] ?? 0) + 1
    }
  }
  const chances: Partial<Record<ComparisonField, readonly number[]>> = {}
  for (const [at, field] of COMPARISON_FIELDS.entries()) {
    const prior = DEFAULT_MODEL.chances.unrelated[field]
    const isTaught = field !== 'order' && field !== 'generation'
    chances[field] = isTaught ? keepingPrior(field, shares(field, seen[at] ?? []), prior) : prior
  }
  return chances as LevelChances
}

/** About `SAMPLE` of the records, or all: the same whatever their order. */
function* sampled(records: readonly ComparisonRecord[]): Generator<void, ComparisonRecord[]> {
  const below = (SAMPLE / records.length) * 2 ** 32
  const drawn: ComparisonRecord[] = []
  for (const [i, record] of records.entries()) {
    if (hashOf(record.id) < below) drawn.push(record)
    if (i % SAMPLE_SLICE === 0) yield
  }
  return drawn
}

function hashOf(id: string): number {
  let hash = 0
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  // The last digits count least: mixed once more.
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
}

/** Whole numbers below `end`, the same on each call of this function (a linear congruential generator). */
function seededIndex(end: number): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * end)
  }
}
