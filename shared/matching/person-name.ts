import { isOrganisation, withoutLegalForm } from './organisation-name.ts'
import { soundOf, wordKey } from './word-key.ts'

/** A name taken apart into comparable keys (`searchKey`); an empty text: not known. */
export interface NameParts {
  /** First given name, or an initial. */
  readonly given: string
  /** Further given names, and everything else between first and last. */
  readonly middle: readonly string[]
  /** Family name with its particles in one piece (`vanderberg`); of an organisation its whole name. */
  readonly family: string
  /** The parts of a double family name: `schmidt` and `meier` of Schmidt-Meier. */
  readonly familyParts: readonly string[]
  /** Given and family name by sound (Soundex); of an organisation its first word and the rest. */
  readonly givenSound: string
  readonly familySound: string
  /** `sr`, `jr`, `iii`: fathers and sons of one name. */
  readonly generation: string
  readonly isOrganisation: boolean
  /** All words in order, without titles, generation and legal forms. */
  readonly words: readonly string[]
  /** The numbers in it: `12` of Filiale 12. */
  readonly numbers: string
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const TITLES = set(
  'mr mrs ms miss mister dr doctor prof professor rev sir dame lady hon herr frau dipl ing mag mme mlle monsieur madame sig sra dna fru',
)
const PARTICLES = set(
  'von van vander vom zu zum zur de del della der den di da do dos das du la le les el al bin ibn ben mac mc st ten ter af av o y',
)
const GENERATIONS = new Map(
  Object.entries({
    jr: 'jr jnr jun junior fils hijo ii',
    sr: 'sr snr sen senior pere',
    iii: 'iii',
    iv: 'iv',
  }).flatMap(([generation, words]) => words.split(' ').map((word) => [word, generation] as const)),
)

/**
 * Takes a name apart: `Dr. Anna Maria von Berg`, `BERG, Anna Maria von`, `Hans Meier jun.`,
 * `Müller Bau GmbH`. A name of one word may be a given or a family name: it stands in `family`, and
 * `words` has one entry; with a comma (`Berg,` or `, Anna`) it is known which.
 */
export function parseName(name: string): NameParts {
  const bare = name.replace(/\([^)]*\)/g, ' ')
  if (isOrganisation(bare)) return organisation(bare)
  const [before = [], ...behind] = bare.split(',').map(wordsOf)
  const after = behind.flat()
  const generation = [...before, ...after].map(generationOf).find((found) => found !== '') ?? ''
  const isNamed = (word: Word) => generationOf(word) === ''
  // "Smith, Jr." has no given name behind its comma.
  const isReversed = after.some(isNamed) || /,\s*$/.test(bare)
  const words = (isReversed ? after : [...before, ...after]).filter(isNamed)
  if (!isReversed) return person(words.slice(0, familyStart(words)), words.slice(familyStart(words)), generation)
  // "Berg, Anna von": the particle belongs to the family name.
  let end = words.length
  while (end > 1 && isParticle(words[end - 1])) end--
  return person(words.slice(0, end), [...words.slice(end), ...before.filter(isNamed)], generation)
}

function person(given: readonly Word[], family: readonly Word[], generation: string): NameParts {
  const keys = given.map((word) => word.key)
  const joined = family.map((word) => word.key).join('')
  const parts = family
    .flatMap((word) => (word.text.includes('-') ? word.text.split('-').map(wordKey) : [word.key]))
    .filter((key) => key !== '' && !PARTICLES.has(key))
  return {
    given: keys[0] ?? '',
    middle: keys.slice(1),
    family: joined,
    familyParts: parts.length > 1 ? parts : [],
    givenSound: soundOf(keys[0] ?? ''),
    familySound: soundOf(joined),
    generation,
    isOrganisation: false,
    words: joined === '' ? keys : [...keys, joined],
    numbers: numbersOf([...keys, joined]),
  }
}

function organisation(name: string): NameParts {
  const words = withoutLegalForm(name)
  return {
    given: '',
    middle: [],
    family: words.join(''),
    familyParts: [],
    givenSound: soundOf(words[0] ?? ''),
    familySound: soundOf(words.slice(1).join('')),
    generation: '',
    isOrganisation: true,
    words,
    numbers: numbersOf(words),
  }
}

function numbersOf(words: readonly string[]): string {
  return words.join(' ').replace(/\D+/g, ' ').trim()
}

/** A word of a name as it is written, and its key. */
interface Word {
  readonly text: string
  readonly key: string
}

/** Where the family name begins: the last word, with the particles before it. */
function familyStart(words: readonly Word[]): number {
  let start = Math.max(0, words.length - 1)
  while (start > 1 && isParticle(words[start - 1])) start--
  return start
}

/** The words of a name, without titles. */
function wordsOf(text: string): Word[] {
  const plain = text.replace(/\bd\. ?j\./i, ' jr ').replace(/\bd\. ?ä\./i, ' sr ')
  return plain
    .split(/[\s.]+/)
    .map((word) => ({ text: word, key: wordKey(word) }))
    .filter(({ key }) => key !== '' && !TITLES.has(key))
}

function isParticle(word: Word | undefined): boolean {
  return word !== undefined && PARTICLES.has(word.key)
}

function generationOf({ key }: Word): string {
  return GENERATIONS.get(key) ?? ''
}
