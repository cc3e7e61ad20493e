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

/** Log odds by which relatives or colleagues must be likelier than one person before a pair contradicts a group. */
const OTHER_PEOPLE = 2
/** The same for strangers, by their data alone: most pairs are strangers, which says nothing about this one. */
const STRANGERS = 4

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
   * Whether what is known of two customers speaks against their being one, so that they may not stand
   * in one group even if others in it link them. Having nothing in common is no contradiction.
   */
  contradicts(a: ComparisonRecord, b: ComparisonRecord): boolean {
    const pattern = toPattern(compareRecords(a, b, this.#counts))
    const rarity = rarityLogs(pattern, a, b, this.#counts)
    const alone = this.#logs.of(pattern)
    const [same, household, workplace] = addLogs(alone, rarity, this.#priors)
    return Math.max(household, workplace) - same > OTHER_PEOPLE || alone[3] + rarity.unrelated - alone[0] > STRANGERS
  }
}
