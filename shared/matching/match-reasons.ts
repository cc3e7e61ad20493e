import { COMPARISON_FIELDS, type ComparisonField, LEVELS, levelAt, type Pattern } from './comparison-fields.ts'

/** What speaks for or against two customers being one, in plain words: `same phone`, `different given name`. */
const WORDS: { readonly [F in ComparisonField]?: { readonly [L in keyof (typeof LEVELS)[F]]?: string } } = {
  given: {
    different: 'different given name',
    alike: 'given name alike',
    initial: 'same initial',
    typo: 'given name misspelt',
    nickname: 'given name in another form',
    exact: 'same given name',
  },
  family: {
    different: 'different family name',
    alike: 'family name sounds alike',
    partial: 'part of the family name the same',
    typo: 'family name misspelt',
    exact: 'same family name',
  },
  order: { swapped: 'given and family name swapped' },
  email: {
    different: 'different email',
    user: 'email the same before the @',
    typo: 'email misspelt',
    exact: 'same email',
  },
  phone: { different: 'different phone', near: 'phone one digit apart', exact: 'same phone' },
  street: { different: 'different street', near: 'street spelt otherwise', exact: 'same street' },
  number: { different: 'different house number', near: 'house number one digit apart', exact: 'same house number' },
  place: {
    different: 'different town',
    near: 'town or postcode misspelt',
    town: 'same town',
    postcode: 'same postcode',
    both: 'same town and postcode',
  },
  birth: { different: 'different date of birth', near: 'date of birth misspelt', exact: 'same date of birth' },
  generation: { different: 'one is senior, the other junior', oneSided: 'one is called junior or senior' },
}

/** Of organisations the whole name is compared. */
const ORGANISATION: { readonly [L in keyof (typeof LEVELS)['family']]?: string } = {
  different: 'different name',
  alike: 'names alike',
  partial: 'one name is part of the other',
  typo: 'name spelt otherwise',
  exact: 'same name',
}

/** Why two customers may be one, and what speaks against it, in plain words; what agrees comes first. */
export function matchReasons(pattern: Pattern): readonly string[] {
  const isOrganisation = levelAt(pattern, COMPARISON_FIELDS.indexOf('given')) === LEVELS.given.organisation
  const against: string[] = []
  const reasons: string[] = []
  for (const [i, field] of COMPARISON_FIELDS.entries()) {
    const name = Object.keys(LEVELS[field])[levelAt(pattern, i)] ?? 'missing'
    const words: Readonly<Record<string, string>> =
      (isOrganisation && field === 'family' ? ORGANISATION : WORDS[field]) ?? {}
    const text = words[name]
    if (text !== undefined) (name === 'different' ? against : reasons).push(text)
  }
  return [...together(reasons), ...against]
}

const SHORTER: readonly (readonly [parts: readonly string[], whole: string])[] = [
  [['same given name', 'same family name'], 'same name'],
  [['same street', 'same house number', 'same town and postcode'], 'same address'],
  [['same street', 'same house number'], 'same street and number'],
]

/** What says one thing in several parts, said at once. */
function together(reasons: readonly string[]): string[] {
  let said = [...reasons]
  for (const [parts, whole] of SHORTER) {
    if (!parts.every((part) => said.includes(part))) continue
    said = said.map((reason) => (reason === parts[0] ? whole : reason)).filter((reason) => !parts.includes(reason))
  }
  return said
}
