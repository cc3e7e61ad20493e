import { COMPARISON_FIELDS, type ComparisonField, LEVELS } from './comparison-fields.ts'

/**
 * What two customers can be to each other. `household` and `workplace` are classes of their own
 * because they share addresses, phones and mailboxes by nature: a model that knows only "same" and
 * "not same" learns to call every family one person.
 */
export const RELATIONS = ['same', 'household', 'workplace', 'unrelated'] as const
export type Relation = (typeof RELATIONS)[number]

/** Chance of each level of each field, given the relation; by level number, level 0 (missing) unused. */
export type LevelChances = Readonly<Record<ComparisonField, readonly number[]>>

/** Everything that was learnt from a customer base; plain data, may be stored. */
export interface MatchModel {
  readonly chances: Readonly<Record<Relation, LevelChances>>
  /** Pairs of each relation per customer; all other pairs are unrelated. */
  readonly rates: Readonly<Record<Exclude<Relation, 'unrelated'>, number>>
  /**
   * How many times more often strangers share given and family name than if the two had nothing to do
   * with each other: in a base of several languages Giorgos is rarely called Smith.
   */
  readonly namesakes: number
}

/** Chances without an entry for level 0, which says nothing whatever the relation. */
type Table = Readonly<Record<ComparisonField, Readonly<Record<string, number>>>>

const same: Table = {
  given: { different: 0.02, organisation: 1, alike: 0.04, initial: 0.03, typo: 0.1, nickname: 0.04, exact: 0.77 },
  family: { different: 0.02, alike: 0.03, partial: 0.02, typo: 0.12, exact: 0.81 },
  // Strangers of one name are written the other way round as often as duplicates are: hardly any evidence.
  order: { swapped: 0.6, straight: 1 },
  email: { different: 0.2, user: 0.05, typo: 0.1, exact: 0.65 },
  phone: { different: 0.2, near: 0.1, exact: 0.7 },
  street: { different: 0.08, near: 0.12, exact: 0.8 },
  number: { different: 0.1, near: 0.1, exact: 0.8 },
  place: { different: 0.05, near: 0.1, town: 0.1, postcode: 0.1, both: 0.65 },
  birth: { different: 0.02, near: 0.08, exact: 0.9 },
  generation: { different: 0.01, oneSided: 0.2, exact: 0.79 },
}
const unrelated: Table = {
  given: { different: 0.94, organisation: 1, alike: 0.025, initial: 0.02, typo: 0.003, nickname: 0.004, exact: 0.008 },
  family: { different: 0.97, alike: 0.02, partial: 0.003, typo: 0.003, exact: 0.004 },
  order: { swapped: 1, straight: 1 },
  email: { different: 0.997, user: 0.001, typo: 0.001, exact: 0.001 },
  phone: { different: 0.998, near: 0.001, exact: 0.001 },
  street: { different: 0.96, near: 0.03, exact: 0.01 },
  number: { different: 0.83, near: 0.15, exact: 0.02 },
  place: { different: 0.9, near: 0.06, town: 0.02, postcode: 0.01, both: 0.01 },
  birth: { different: 0.97, near: 0.02, exact: 0.01 },
  generation: { different: 0.3, oneSided: 0.4, exact: 0.3 },
}
const household: Table = {
  ...unrelated,
  given: { ...unrelated.given, organisation: 0.05 },
  family: { different: 0.05, alike: 0.02, partial: 0.03, typo: 0.05, exact: 0.85 },
  email: { different: 0.75, user: 0.02, typo: 0.03, exact: 0.2 },
  phone: { different: 0.35, near: 0.05, exact: 0.6 },
  street: { different: 0.1, near: 0.1, exact: 0.8 },
  number: { different: 0.1, near: 0.05, exact: 0.85 },
  place: { different: 0.05, near: 0.05, town: 0.1, postcode: 0.1, both: 0.7 },
}
const workplace: Table = {
  ...unrelated,
  email: { different: 0.85, user: 0.02, typo: 0.01, exact: 0.12 },
  phone: { different: 0.2, near: 0.02, exact: 0.78 },
  street: { different: 0.5, near: 0.1, exact: 0.4 },
  number: { different: 0.5, near: 0.1, exact: 0.4 },
  place: { different: 0.4, near: 0.1, town: 0.1, postcode: 0.1, both: 0.3 },
}

/** What is believed before a base was seen: from experience, and good enough for a base of a hundred. */
export const DEFAULT_MODEL: MatchModel = {
  chances: {
    same: asChances(same),
    household: asChances(household),
    workplace: asChances(workplace),
    unrelated: asChances(unrelated),
  },
  rates: { same: 0.1, household: 0.1, workplace: 0.05 },
  namesakes: 2,
}

function asChances(table: Table): LevelChances {
  const chances: Partial<Record<ComparisonField, number[]>> = {}
  for (const field of COMPARISON_FIELDS) {
    chances[field] = Object.keys(LEVELS[field]).map((level) => table[field][level] ?? 1)
  }
  return chances as LevelChances
}
