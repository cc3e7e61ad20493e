import { COMPARISON_FIELDS, type ComparisonField, LEVELS, levelAt, type Pattern } from './comparison-fields.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { type MatchModel, RELATIONS, type Relation } from './match-model.ts'
import type { ValueCounts } from './value-counts.ts'

/** Logarithms of how likely a pair is under each relation, in the order of `RELATIONS`. */
export type RelationLogs = readonly [same: number, household: number, workplace: number, unrelated: number]

/**
 * How much less or more likely this pair's values make each relation than its pattern alone: agreeing
 * on a rare name says more than on a common one (term frequencies; Winkler 2000, Linacre et al. 2022).
 * Counted in place of the relation's chance of the level.
 */
export interface RarityLogs {
  household: number
  workplace: number
  unrelated: number
}

/** Members of a household who have one given name: fathers and sons, mothers and daughters. */
const NAMESAKES_IN_HOUSEHOLD = 0.02

const AT = Object.fromEntries(COMPARISON_FIELDS.map((field, i) => [field, i])) as Record<ComparisonField, number>

/** What rarity adds for a pair, apart from its pattern; replaces the chances that `ruledByRarity` names. */
export function rarityLogs(
  pattern: Pattern,
  a: ComparisonRecord,
  b: ComparisonRecord,
  counts: ValueCounts,
): RarityLogs {
  const logs = { household: 0, workplace: 0, unrelated: 0 }
  const swapped = levelAt(pattern, AT.order) === LEVELS.order.swapped
  if (levelAt(pattern, AT.given) === LEVELS.given.exact) {
    const chance = nameChance('given', a, b, swapped, counts)
    logs.household += Math.log(NAMESAKES_IN_HOUSEHOLD + chance)
    logs.workplace += Math.log(chance)
    logs.unrelated += Math.log(chance)
  }
  if (levelAt(pattern, AT.family) === LEVELS.family.exact) {
    const chance = nameChance('family', a, b, swapped, counts)
    logs.workplace += Math.log(chance)
    logs.unrelated += Math.log(chance)
  }
  const email = levelAt(pattern, AT.email)
  if (email === LEVELS.email.exact) logs.unrelated += Math.log(counts.frequency('email', a.mail))
  if (email === LEVELS.email.user) logs.unrelated += Math.log(counts.frequency('mailUser', a.mailUser))
  if (levelAt(pattern, AT.phone) === LEVELS.phone.exact) {
    const longer = a.phone.length > b.phone.length ? a.phone : b.phone
    logs.unrelated += Math.log(counts.frequency('phone', longer.slice(-9)))
  }
  if (levelAt(pattern, AT.street) === LEVELS.street.exact) {
    logs.unrelated += Math.log(counts.frequency('street', a.address.street))
  }
  const place = levelAt(pattern, AT.place)
  if (place === LEVELS.place.town) {
    const shared = a.address.places.filter((town) => b.address.places.includes(town))
    logs.unrelated += Math.log(Math.min(...shared.map((town) => counts.frequency('town', town))))
  } else if (place >= LEVELS.place.postcode) {
    logs.unrelated += Math.log(counts.frequency('postcode', a.address.postcode))
  }
  return logs
}

/** How often strangers have the given or the family name that these two share. */
function nameChance(
  field: 'given' | 'family',
  { name: a }: ComparisonRecord,
  { name: b }: ComparisonRecord,
  swapped: boolean,
  counts: ValueCounts,
): number {
  const own = a[field] || a.words[0] || ''
  if (!swapped) return counts.frequency(field, own)
  // Which of the two is the given name isn't certain: the more usual reading of the one they share.
  const shared = a.given === b.family ? a.given : a.family
  const value = a.given === b.family && a.family === b.given ? own : shared
  return Math.max(counts.frequency('given', value), counts.frequency('family', value))
}

/** Whether rarity, not the model, says how likely a level is under a relation. */
export function ruledByRarity(relation: Relation, field: ComparisonField, level: number): boolean {
  if (relation === 'same') return false
  if (field === 'given' && level === LEVELS.given.exact) return true
  if (relation === 'household') return false
  if (field === 'family' && level === LEVELS.family.exact) return true
  if (relation === 'workplace') return false
  if (field === 'email') return level === LEVELS.email.exact || level === LEVELS.email.user
  if (field === 'phone') return level === LEVELS.phone.exact
  if (field === 'street') return level === LEVELS.street.exact
  return field === 'place' && level >= LEVELS.place.town
}

/** Whether given and family name agree: what namesakes do, too. */
export function sharesName(pattern: Pattern): boolean {
  return levelAt(pattern, AT.given) >= LEVELS.given.initial && levelAt(pattern, AT.family) >= LEVELS.family.partial
}

/** The model's logarithms, ready to be added up. */
export class PatternLogs {
  readonly #logs: readonly (readonly (readonly number[])[])[]
  readonly #rates: readonly number[]
  readonly #namesakes: number
  readonly #seen = new Map<Pattern, RelationLogs>()

  /** `model`: how likely levels are; kept as it is, so make a new one for a new model. */
  constructor(model: MatchModel) {
    this.#logs = RELATIONS.map((relation) =>
      COMPARISON_FIELDS.map((field) =>
        model.chances[relation][field].map((chance, level) =>
          level === 0 || ruledByRarity(relation, field, level) ? 0 : Math.log(chance),
        ),
      ),
    )
    const { same, household, workplace } = model.rates
    this.#rates = [same, household, workplace]
    this.#namesakes = Math.log(model.namesakes)
  }

  /** Logarithms of a pattern under each relation, rarity and prior left out. */
  of(pattern: Pattern): RelationLogs {
    let logs = this.#seen.get(pattern)
    if (logs === undefined) {
      const sum = (relation: number) => {
        let total = 0
        for (let i = 0; i < COMPARISON_FIELDS.length; i++) {
          total += this.#logs[relation]?.[i]?.[levelAt(pattern, i)] ?? 0
        }
        return total
      }
      const namesakes = sharesName(pattern) ? this.#namesakes : 0
      logs = [sum(0), sum(1), sum(2) + namesakes, sum(3) + namesakes]
      this.#seen.set(pattern, logs)
    }
    return logs
  }

  /** Logarithms of how common each relation is among all pairs of so many customers. */
  priors(records: number): RelationLogs {
    const chances = this.#rates.map((rate) => Math.min(0.2, (2 * rate) / Math.max(1, records - 1)))
    const [same = 0, household = 0, workplace = 0] = chances
    return [Math.log(same), Math.log(household), Math.log(workplace), Math.log(1 - same - household - workplace)]
  }
}

/** Adds what is known of a pair: its pattern, the rarity of its values, and how common relations are. */
export function addLogs(pattern: RelationLogs, rarity: RarityLogs, priors: RelationLogs): RelationLogs {
  return [
    pattern[0] + priors[0],
    pattern[1] + rarity.household + priors[1],
    pattern[2] + rarity.workplace + priors[2],
    pattern[3] + rarity.unrelated + priors[3],
  ]
}

/** The chance of each relation, from their logarithms. */
export function chancesOf(logs: RelationLogs): RelationLogs {
  const top = Math.max(...logs)
  const [same, household, workplace, unrelated] = [
    Math.exp(logs[0] - top),
    Math.exp(logs[1] - top),
    Math.exp(logs[2] - top),
    Math.exp(logs[3] - top),
  ]
  const sum = same + household + workplace + unrelated
  return [same / sum, household / sum, workplace / sum, unrelated / sum]
}
