import anyAscii from 'any-ascii'
import { LOCALES, type Locale } from '#database/embedded/seed/locales.ts'
import type { MatchableCustomer } from '#shared/matching/comparison-record.ts'
import { below, pick, pickSkewed, type Random, seededRandom } from '../search/random.ts'

/** A customer of whom it is known who they are. */
export interface LabelledCustomer extends MatchableCustomer {
  /** The same for all records of one person. */
  readonly person: string
}

type Person = Omit<MatchableCustomer, 'id'> & {
  readonly given: string
  readonly family: string
  readonly locale: Locale
}

const COUNTRIES = Object.values(LOCALES)
/** Domains where many people work, each with one switchboard. */
const EMPLOYERS = 12
const SYLLABLES = 'ba be do ka lo ma ne ri sa tu vi za ster mann berg wood ley ton sen ski rath mont'.split(' ')

/**
 * A customer base of about `people` persons in nine languages, with everything that is easily taken
 * for a duplicate: households (address, phone, now and then a mailbox), fathers and sons of one name,
 * colleagues behind one switchboard, strangers of one name, branches of one firm. A fifth of the
 * persons have further records with typing errors, nicknames, swapped and shortened names, old
 * addresses and empty fields. Made by other rules than the sets the matching was tried on.
 */
export function makeLabelledCustomers(people: number, seed: number): LabelledCustomer[] {
  const random = seededRandom(seed)
  const switchboards = Array.from({ length: EMPLOYERS }, () => phoneOf(random, pick(random, COUNTRIES)))
  const persons: Person[] = []
  while (persons.length < people) {
    const locale = pick(random, COUNTRIES)
    const person = makePerson(random, locale, switchboards)
    persons.push(person)
    if (random() < 0.1) persons.push(...relatives(random, person))
    if (random() < 0.01) persons.push(...branches(random, person))
  }
  const customers: LabelledCustomer[] = []
  for (const [at, person] of persons.entries()) {
    const records = random() < 0.2 ? [person, ...again(random, person)] : [person]
    for (const { name, email, phone, address, notes } of records) {
      customers.push({ id: '', person: String(at), name, email, phone, address, notes })
    }
  }
  return shuffled(random, customers).map((customer, i) => ({ ...customer, id: `c${i}` }))
}

function makePerson(random: Random, locale: Locale, switchboards: readonly string[]): Person {
  const given = pickSkewed(random, locale.given)
  const family = random() < 0.5 ? pickSkewed(random, locale.family) : madeUpFamily(random)
  const worksAt = random() < 0.08 ? below(random, EMPLOYERS) : null
  const phone = worksAt === null ? phoneOf(random, locale) : (switchboards[worksAt] ?? '')
  return {
    given,
    family,
    locale,
    name: `${given} ${family}`,
    email:
      random() < 0.75
        ? emailOf(random, given, family, worksAt === null ? pick(random, locale.mail) : `firm${worksAt}.example`)
        : null,
    phone: random() < 0.75 ? phone : null,
    address: random() < 0.7 ? addressOf(random, locale) : null,
    notes: null,
  }
}

function madeUpFamily(random: Random): string {
  const name = Array.from({ length: 2 + below(random, 2) }, () => pick(random, SYLLABLES)).join('')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Others in one household, and now and then a son of the same name. */
function relatives(random: Random, person: Person): Person[] {
  if (random() < 0.1) {
    const [father, son] = [1940 + below(random, 20), 1970 + below(random, 20)]
    const asJunior = { ...person, notes: `born ${son}`, name: `${person.name} Jr.`, email: null }
    Object.assign(person, { notes: `born ${father}`, name: `${person.name} Sr.` })
    return [asJunior]
  }
  return Array.from({ length: 1 + below(random, 3) }, () => {
    const others = person.locale.given.filter((name) => name !== person.given)
    const given = pick(random, others)
    const ownMail = emailOf(random, given, person.family, pick(random, person.locale.mail))
    return {
      ...person,
      given,
      name: `${given} ${person.family}`,
      email: random() < 0.3 ? person.email : random() < 0.7 ? ownMail : null,
    }
  })
}

/** Branches of one firm: one name and one domain, other phones and addresses. */
function branches(random: Random, { locale, family }: Person): Person[] {
  return locale.towns.slice(1).map(([town]) => {
    const name = `${family} ${locale.firms[0] ?? ''} ${town}`
    const address = addressOf(random, locale)
    const email = `${ascii(town)}@${ascii(family)}.example`
    return { given: '', family, locale, name, email, phone: phoneOf(random, locale), address, notes: null }
  })
}

/** One to three further records of a person. */
function again(random: Random, person: Person): Person[] {
  return Array.from({ length: 1 + below(random, 3) }, () => {
    const dice = random()
    const name =
      dice < 0.35
        ? person.name
        : dice < 0.65
          ? withTypo(random, person.name)
          : dice < 0.75
            ? `${person.family}, ${person.given}`
            : dice < 0.82 && person.given !== ''
              ? `${person.given.charAt(0)}. ${person.family}`
              : dice < 0.9
                ? anyAscii(person.name)
                : person.name.toUpperCase()
    const isPerson = person.given !== ''
    return {
      ...person,
      name,
      email:
        random() < 0.25
          ? null
          : random() < 0.2 && isPerson
            ? emailOf(random, person.given, person.family, pick(random, person.locale.mail))
            : random() < 0.2
              ? withTypo(random, person.email ?? '') || null
              : person.email,
      phone:
        random() < 0.25
          ? null
          : random() < 0.15
            ? phoneOf(random, person.locale)
            : (person.phone?.replace(/[ ()/-]/g, '') ?? null),
      address:
        random() < 0.25
          ? null
          : random() < 0.12
            ? addressOf(random, person.locale)
            : random() < 0.3
              ? withTypo(random, person.address ?? '') || null
              : person.address,
      notes: random() < 0.5 ? person.notes : null,
    }
  })
}

function withTypo(random: Random, text: string): string {
  if (text.length < 3) return text
  const letters = [...text]
  const at = 1 + below(random, letters.length - 2)
  const kind = below(random, 4)
  const letter = letters[at] ?? ''
  if (kind === 0) letters.splice(at, 1)
  else if (kind === 1) letters.splice(at, 0, letter)
  else if (kind === 2) letters.splice(at, 2, letters[at + 1] ?? '', letter)
  else letters[at] = 'abcdefghijklmnopqrstuvwxyz'.charAt(below(random, 26))
  return letters.join('')
}

function ascii(text: string): string {
  return anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

function emailOf(random: Random, given: string, family: string, domain: string): string {
  const [first, last] = [ascii(given), ascii(family)]
  const number = random() < 0.4 ? String(below(random, 99)) : ''
  return `${pick(random, [`${first}.${last}`, `${first.charAt(0)}${last}`, `${last}.${first}`, first])}${number}@${domain}`
}

function phoneOf(random: Random, locale: Locale): string {
  return digits(random, pick(random, locale.phones))
}

function addressOf(random: Random, locale: Locale): string {
  const [town, postcode] = pick(random, locale.towns)
  const street =
    random() < 0.4 ? pick(random, locale.streets) : `${madeUpFamily(random)} ${locale.numberFirst ? 'Street' : 'Weg'}`
  const number = 1 + below(random, 150)
  return locale.numberFirst
    ? `${number} ${street}, ${town} ${digits(random, postcode)}`
    : `${street} ${number}, ${digits(random, postcode)} ${town}`
}

function digits(random: Random, pattern: string): string {
  return pattern.replace(/#/g, () => String(below(random, 10)))
}

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
