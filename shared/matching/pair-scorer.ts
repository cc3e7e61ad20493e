import { compareRecords } from './compare-records.ts'
import { type Pattern, toPattern } from './comparison-fields.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import type { MatchModel } from './match-model.ts'
import { addLogs, chancesOf, PatternLogs, type RarityLogs, type RelationLogs, rarityLogs } from './score-pair.ts'
import type { ValueCounts } from './value-counts.ts'

/** How likely two customers are one. */
export interface PairScore {
  readonly pattern: Pattern
  /** Chance that they are one, 0 to 1: of pairs said to be 0.9, about 90 % are. */
  readonly probability: number
  /** Chance that they have nothing to do with each other. */
  readonly strangers: number
}

/** Log odds for strangers that a pair of one person has by chance: a changed phone, a new e-mail address. */
const FORGIVEN = 2

/** Scores pairs of one customer base by a model. Make a new one when the base has grown a lot. */
export class PairScorer {
  readonly #logs: PatternLogs
  readonly #priors: RelationLogs
  readonly #counts: ValueCounts

  constructor(model: MatchModel, counts: ValueCounts) {
    this.#logs = new PatternLogs(model)
    this.#priors = this.#logs.priors(counts.records)
    this.#counts = counts
  }

  score(a: ComparisonRecord, b: ComparisonRecord): PairScore {
    const pattern = toPattern(compareRecords(a, b, this.#counts))
    const chances = this.#chances(pattern, rarityLogs(pattern, a, b, this.#counts))
    return { pattern, probability: chances[0], strangers: chances[3] }
  }

  /** The same chance for a pair that was compared before. */
  probabilityOf(pattern: Pattern, rarity: RarityLogs): number {
    return this.#chances(pattern, rarity)[0]
  }

  #chances(pattern: Pattern, rarity: RarityLogs): RelationLogs {
    return chancesOf(addLogs(this.#logs.of(pattern), rarity, this.#priors))
  }

  /**
   * How much speaks against two being one, in log odds, 0 for nothing: that they are relatives or
   * colleagues, or differ in what they have. Having nothing in common says nothing, since most
   * records of one person that somebody else links have little to compare.
   */
  against(a: ComparisonRecord, b: ComparisonRecord): number {
    const pattern = toPattern(compareRecords(a, b, this.#counts))
    const rarity = rarityLogs(pattern, a, b, this.#counts)
    const alone = this.#logs.of(pattern)
    const [same, household, workplace] = addLogs(alone, rarity, this.#priors)
    const others = Math.max(household, workplace) - same
    const strangers = alone[3] + rarity.unrelated - alone[0] - FORGIVEN
    return Math.max(0, others, strangers)
  }
}
