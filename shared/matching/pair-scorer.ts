import { compareRecords } from './compare-records.ts'
import { type Pattern, toPattern } from './comparison-fields.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import type { ComparedPair } from './fit-model.ts'
import type { MatchModel } from './match-model.ts'
import { addLogs, chancesOf, PatternLogs, type RarityLogs, type RelationLogs, rarityLogs } from './score-pair.ts'
import type { ValueCounts } from './value-counts.ts'

/** How likely two customers are one. */
export interface PairScore {
  readonly pattern: Pattern
  /** Chance that they are one, 0 to 1: of pairs said to be 0.9, about 90 % are. */
  readonly probability: number
}

/** Log odds for strangers (1 in 10,000) above which a pair is neither learnt from nor looked at again. */
const BEYOND_DOUBT = 9.2

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
    return { pattern, probability: this.probabilityOf(pattern, rarityLogs(pattern, a, b, this.#counts)) }
  }

  /** Compares without judging; null when the two are strangers beyond doubt. */
  compare(a: ComparisonRecord, b: ComparisonRecord): ComparedPair | null {
    const pattern = toPattern(compareRecords(a, b, this.#counts))
    const rarity = rarityLogs(pattern, a, b, this.#counts)
    const [same, household, workplace, unrelated] = addLogs(this.#logs.of(pattern), rarity, this.#priors)
    return unrelated - Math.max(same, household, workplace) > BEYOND_DOUBT ? null : { pattern, rarity }
  }

  /** The chance for a pair that was compared before. */
  probabilityOf(pattern: Pattern, rarity: RarityLogs): number {
    return chancesOf(addLogs(this.#logs.of(pattern), rarity, this.#priors))[0]
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
