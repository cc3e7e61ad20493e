/**
 * What is compared, and how alike two values can be. A level's number is its place in a pattern;
 * level 0 says nothing, since a side (or both) has no value.
 */
export const LEVELS = {
  given: {
    missing: 0,
    different: 1,
    /** One of them is an organisation: there is nobody's given name to compare. */
    organisation: 2,
    /** Sounds or looks alike, or one typing error apart though both are names that people have. */
    alike: 3,
    initial: 4,
    typo: 5,
    nickname: 6,
    exact: 7,
  },
  family: { missing: 0, different: 1, alike: 2, partial: 3, typo: 4, exact: 5 },
  /** Whether given and family name stand in the same order. */
  order: { missing: 0, swapped: 1, straight: 2 },
  /** `user`: the same before the `@`, at another provider, and not just the name of both. */
  email: { missing: 0, different: 1, user: 2, typo: 3, exact: 4 },
  phone: { missing: 0, different: 1, near: 2, exact: 3 },
  street: { missing: 0, different: 1, near: 2, exact: 3 },
  number: { missing: 0, different: 1, near: 2, exact: 3 },
  place: { missing: 0, different: 1, near: 2, town: 3, postcode: 4, both: 5 },
  birth: { missing: 0, different: 1, near: 2, exact: 3 },
  /** Senior and junior. */
  generation: { missing: 0, different: 1, oneSided: 2, exact: 3 },
} as const

export type ComparisonField = keyof typeof LEVELS
export const COMPARISON_FIELDS = Object.keys(LEVELS) as readonly ComparisonField[]

/** The number of a level of a field. */
export type LevelOf<F extends ComparisonField> = (typeof LEVELS)[F][keyof (typeof LEVELS)[F]]

/** The levels of all fields of a pair. */
export type Comparison = { readonly [F in ComparisonField]: LevelOf<F> }

/** A comparison packed into one number, three bits a field: pairs of one pattern weigh alike but for rare values. */
export type Pattern = number

const BITS = 3
const MASK = 7

/** Packs a comparison, its fields in the order of `COMPARISON_FIELDS`. Written out: it is called millions of times. */
export function toPattern(c: Comparison): Pattern {
  const who = c.given | (c.family << 3) | (c.order << 6)
  const contact = (c.email << 9) | (c.phone << 12)
  const where = (c.street << 15) | (c.number << 18) | (c.place << 21)
  return who | contact | where | (c.birth << 24) | (c.generation << 27)
}

/** Level number of the field at a place of `COMPARISON_FIELDS`. */
export function levelAt(pattern: Pattern, fieldIndex: number): number {
  return (pattern >>> (fieldIndex * BITS)) & MASK
}
