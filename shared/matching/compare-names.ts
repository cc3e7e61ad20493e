import { LEVELS, type LevelOf } from './comparison-fields.ts'
import { areNicknames, isKnownName } from './nicknames.ts'
import type { NameParts } from './person-name.ts'
import { likeness } from './text-similarity.ts'
import type { CountedField, ValueCounts } from './value-counts.ts'

/** How alike two names are. */
export interface NameComparison {
  readonly given: LevelOf<'given'>
  readonly family: LevelOf<'family'>
  readonly order: LevelOf<'order'>
  readonly generation: LevelOf<'generation'>
}

const { given: GIVEN, family: FAMILY, order: ORDER, generation: GENERATION } = LEVELS

/** Compares two names, in the order they are written and swapped, whichever fits better. */
export function compareNames(a: NameParts, b: NameParts, counts: ValueCounts): NameComparison {
  // Filiale 12 and Filiale 13, Customer 1 and Customer 2: told apart by the number, and by nothing else.
  if (a.numbers !== b.numbers && a.numbers !== '' && b.numbers !== '') return OTHER_NUMBER
  if (a.isOrganisation || b.isOrganisation) return compareOrganisations(a, b, counts)
  const generation = compareGenerations(a.generation, b.generation)
  if (a.family === '' || b.family === '' || a.given === '' || b.given === '') {
    return { ...compareIncomplete(a, b, counts), generation }
  }
  const straight = { given: compareGiven(a, b, counts), family: compareFamilies(a, b, counts) }
  if (agreement(straight) >= AGREED) return { ...straight, order: ORDER.straight, generation }
  // Whose order is the usual one is the same question from both sides.
  const [usual, other] = usualFirst(a, b, counts)
  const turned = swap(other)
  const swapped = { given: compareGiven(usual, turned, counts), family: compareFamilies(usual, turned, counts) }
  // As written, where both fit alike.
  if (agreement(swapped) <= agreement(straight) + 1) return { ...straight, order: ORDER.straight, generation }
  return { ...swapped, order: ORDER.swapped, generation }
}

const OTHER_NUMBER: NameComparison = {
  given: GIVEN.different,
  family: FAMILY.different,
  order: ORDER.straight,
  generation: GENERATION.missing,
}

/** Of two names, the one first whose words stand where other customers have them. */
function usualFirst(a: NameParts, b: NameParts, counts: ValueCounts): readonly [NameParts, NameParts] {
  const usual = ({ given, family }: NameParts) =>
    counts.of('given', given) - counts.of('family', given) + counts.of('family', family) - counts.of('given', family)
  const lead = usual(a) - usual(b)
  return lead > 0 || (lead === 0 && a.words.join(' ') < b.words.join(' ')) ? [a, b] : [b, a]
}

/** A fit that leaves nothing to be gained by swapping. */
const AGREED = 4

/** How well given and family name fit together, 0 to 6. */
function agreement({ given, family }: Pick<NameComparison, 'given' | 'family'>): number {
  const first = given === GIVEN.exact ? 3 : given >= GIVEN.typo ? 2 : given >= GIVEN.alike ? 1 : 0
  const last = family === FAMILY.exact ? 3 : family === FAMILY.typo ? 2 : family >= FAMILY.alike ? 1 : 0
  return first + last
}

/** One of them has one name only, which may be a given or a family name. */
function compareIncomplete(a: NameParts, b: NameParts, counts: ValueCounts): Omit<NameComparison, 'generation'> {
  const ordered = { order: ORDER.missing }
  const given = a.given === '' || b.given === '' ? GIVEN.missing : compareGiven(a, b, counts)
  const family = a.family === '' || b.family === '' ? FAMILY.missing : compareFamilies(a, b, counts)
  if (given > GIVEN.different || family > FAMILY.different) return { given, family, ...ordered }
  const joined = compareJoined(a, b)
  if (joined !== null) return { ...joined, ...ordered }
  // A lone word against the other's other name: Anna (as a family name) and Anna Berg.
  const lone = a.given === '' ? a.family : a.family === '' ? a.given : b.given === '' ? b.family : b.given
  const other = a.given === '' || a.family === '' ? b : a
  if (other.given !== '' && lone !== '') {
    const asGiven = compareGivenKeys(lone, other.given, counts)
    if (asGiven >= GIVEN.typo) return { given: asGiven, family: FAMILY.missing, ...ordered }
  }
  if (other.family !== '' && lone !== '') {
    const asFamily = compareFamilyKeys(lone, other.family, counts)
    if (asFamily >= FAMILY.typo) return { given: GIVEN.missing, family: asFamily, ...ordered }
  }
  return { given, family, ...ordered }
}

/** Both names in one word, the blank forgotten or mistyped: AnnaBerg and Anna Berg. */
function compareJoined(a: NameParts, b: NameParts): Pick<NameComparison, 'given' | 'family'> | null {
  const [one, other] = [a.words.join(''), b.words.join('')]
  if (a.words.length === b.words.length || Math.min(one.length, other.length) < MIN_JOINED) return null
  const alike = likeness(one, other)
  if (alike === 'same') return { given: GIVEN.exact, family: FAMILY.exact }
  return alike === 'typo' ? { given: GIVEN.typo, family: FAMILY.typo } : null
}

const MIN_JOINED = 7

function compareGiven(a: NameParts, b: NameParts, counts: ValueCounts): LevelOf<'given'> {
  const alike = compareGivenKeys(a.given, b.given, counts)
  const first =
    alike === GIVEN.different && soundAlike(a.givenSound, b.givenSound) && !areBothKnown(a, b) ? GIVEN.alike : alike
  if (first === GIVEN.exact) return haveOtherMiddle(a, b) ? GIVEN.alike : first
  // Called by the second name: J. Robert Smith and Robert Smith.
  if (first < GIVEN.typo && (a.middle.includes(b.given) || b.middle.includes(a.given))) return GIVEN.nickname
  if (first >= GIVEN.typo || a.middle.length + b.middle.length === 0) return first
  // A stray blank inside a name: Ja yde and Jayde.
  const joined = likeness(a.given + a.middle.join(''), b.given + b.middle.join(''))
  return joined === 'same' || joined === 'typo' ? GIVEN.typo : first
}

function compareGivenKeys(a: string, b: string, counts: ValueCounts): LevelOf<'given'> {
  if (a === b) return a.length === 1 ? GIVEN.initial : GIVEN.exact
  if (areNicknames(a, b)) return GIVEN.nickname
  // One letter of another script may become two: Ю. is yu.
  const shorter = Math.min(a.length, b.length)
  if (shorter <= 2 && (a.startsWith(b) || b.startsWith(a))) return GIVEN.initial
  if (shorter === 1) return GIVEN.different
  // John and Joan: one letter apart, and no slip.
  if (isKnownName(a) && isKnownName(b)) return GIVEN.different
  const alike = likeness(a, b)
  if (alike === 'typo') return areEstablished('given', a, b, counts) ? GIVEN.alike : GIVEN.typo
  return alike === 'alike' || isCutShort(a, b) ? GIVEN.alike : GIVEN.different
}

function compareFamilies(a: NameParts, b: NameParts, counts: ValueCounts): LevelOf<'family'> {
  const spelt = compareFamilyKeys(a.family, b.family, counts)
  const whole = spelt === FAMILY.different && soundAlike(a.familySound, b.familySound) ? FAMILY.alike : spelt
  if (whole >= FAMILY.typo) return whole
  const shares = (parts: readonly string[], other: NameParts) =>
    parts.some((part) => part.length > 2 && (part === other.family || other.familyParts.includes(part)))
  // Double names, kept or taken on marriage, and the two surnames of Spanish names.
  if (shares(a.familyParts, b) || shares(b.familyParts, a)) return FAMILY.partial
  if (shares(a.middle, b) || shares(b.middle, a)) return FAMILY.partial
  return whole
}

function compareFamilyKeys(a: string, b: string, counts: ValueCounts): LevelOf<'family'> {
  if (a === b) return FAMILY.exact
  const alike = likeness(a, b)
  if (alike === 'typo') return areEstablished('family', a, b, counts) ? FAMILY.alike : FAMILY.typo
  return alike === 'alike' ? FAMILY.alike : FAMILY.different
}

/** Initials have no sound. */
function soundAlike(a: string, b: string): boolean {
  return a === b && !a.endsWith('000')
}

function areBothKnown(a: NameParts, b: NameParts): boolean {
  return isKnownName(a.given) && isKnownName(b.given)
}

/** Records of a base of 10,000 in which a name stands so often that it is no slip of the pen. */
const ESTABLISHED_SHARE = 4 / 10_000
const ESTABLISHED_COUNT = 5

/**
 * Whether both spellings are names that people have, as Jan and Jane are: then one isn't a typing
 * error of the other.
 */
function areEstablished(field: CountedField, a: string, b: string, counts: ValueCounts): boolean {
  const rarer = Math.min(counts.of(field, a), counts.of(field, b))
  return rarer >= ESTABLISHED_COUNT && rarer >= counts.records * ESTABLISHED_SHARE
}

function isCutShort(a: string, b: string): boolean {
  return Math.min(a.length, b.length) > 2 && (a.startsWith(b) || b.startsWith(a))
}

function haveOtherMiddle(a: NameParts, b: NameParts): boolean {
  const [middle] = a.middle
  const [other] = b.middle
  if (middle === undefined || other === undefined || middle[0] === other[0]) return false
  return !a.middle.includes(other) && !b.middle.includes(middle)
}

function compareGenerations(a: string, b: string): LevelOf<'generation'> {
  if (a === b) return a === '' ? GENERATION.missing : GENERATION.exact
  return a === '' || b === '' ? GENERATION.oneSided : GENERATION.different
}

function swap(name: NameParts): NameParts {
  return {
    ...name,
    given: name.family,
    family: name.given,
    familyParts: [],
    givenSound: name.familySound,
    familySound: name.givenSound,
  }
}

/** Compares names word by word: each word of the shorter one with the best of the other, rare words counting more. */
function compareOrganisations(a: NameParts, b: NameParts, counts: ValueCounts): NameComparison {
  const rest = { given: GIVEN.organisation, order: ORDER.missing, generation: GENERATION.missing }
  const joined = likeness(a.words.join(''), b.words.join(''))
  if (joined === 'same') return { ...rest, family: FAMILY.exact }
  const [few, many] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  const weigh = (word: string) => -Math.log(counts.frequency('word', word))
  const total = (words: readonly string[]) => words.reduce((sum, word) => sum + weigh(word), 0)
  let shared = 0
  for (const word of few) {
    const fits = many.some((other) => isSameWord(word, other))
    if (fits) shared += weigh(word)
  }
  const ofFew = shared / Math.max(1e-9, total(few))
  const ofBoth = (2 * shared) / Math.max(1e-9, total(few) + Math.max(shared, total(many)))
  if (joined === 'typo' || ofBoth > 0.9) return { ...rest, family: FAMILY.typo }
  if (ofFew > 0.9 || ofBoth > 0.7) return { ...rest, family: FAMILY.partial }
  return { ...rest, family: ofBoth > 0.4 || joined === 'alike' ? FAMILY.alike : FAMILY.different }
}

function isSameWord(a: string, b: string): boolean {
  const alike = likeness(a, b)
  return alike === 'same' || (alike === 'typo' && a.length > 3) || isCutShort(a, b)
}
