import anyAscii from 'any-ascii'
import type { Random } from '../../seed/random.ts'

/** A company of the legacy database. */
export interface LegacyCompany {
  readonly id: string
  readonly name: string
  readonly country: 'DE' | 'GB' | 'US' | 'AU'
}

export const LEGACY_COMPANIES: readonly LegacyCompany[] = [
  { id: '11111111-0000-4000-8000-000000000001', name: 'Alpen Bau', country: 'DE' },
  { id: '11111111-0000-4000-8000-000000000002', name: 'Thames Joinery', country: 'GB' },
  { id: '11111111-0000-4000-8000-000000000003', name: 'Prairie Roofing', country: 'US' },
  { id: '11111111-0000-4000-8000-000000000004', name: 'Wattle Homes', country: 'AU' },
]

/** A row of the legacy `"VC Usage"`, and who really wrote (which the database doesn't know). */
export interface LegacyChat {
  readonly row: {
    readonly id: string
    readonly company_id: string
    readonly session_id: string
    readonly customer_name: string | null
    readonly customer_email: string | null
    readonly customer_phone: string | null
    readonly customer_address: string | null
    readonly summary: string | null
    readonly messages: readonly object[]
    readonly model: string
    readonly created_at: string
  }
  /** Null: a visitor who said nothing about themselves. */
  readonly person: string | null
  readonly country: LegacyCompany['country']
}

interface Person {
  readonly id: string
  readonly given: string
  readonly family: string
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  readonly address: string | null
}

const GIVEN =
  'Anna Björn Chloé Dimitri Elif Fatima Günther Hannah Ines Jürgen Katarzyna Liam Maria Noah Olivia Peter Quinn Renée Søren Thomas Uschi Victor Wendy Xavier Yusuf Zoë Benedikt Charlotte Dominic Eleanor Frederik Gabriela Henriette Isabella Jonathan Kristina Leopold Margarethe Nathaniel Ophelia'.split(
    ' ',
  )
const FAMILY_STARTS =
  'Acker Berg Brunn Dahl Eber Feld Gold Hart Hoch Kirch Klein Lang Linden Löwen Mühl Neu Ober Rosen Schön Stein Sonnen Tannen Unter Wald Weiß Winter Wolf Zimmer'.split(
    ' ',
  )
const FAMILY_ENDS =
  'mann hauser bach er son stein thal dorf kamp ström field wood ley worth ham berg inger hofer meier schmidt'.split(
    ' ',
  )
const STREETS = ['Station Road', 'Gartenstraße', 'Mill Lane', 'Hauptstr.', 'Oak Avenue', 'High Street']
const SUMMARIES = [
  'Asked about delivery times.',
  'Wants a quote for a roof.',
  'Complained about a torn bag. 😤',
  'Möchte einen Termin vor Ort.',
  'Changed the delivery address.',
]
const MAIL = ['gmail.com', 'web.de', 'outlook.com', 'icloud.com', 'example.co.uk']

/**
 * Chats with the mess of real ones, and the truth about them: one person in many spellings, contact
 * data that is missing or has typing errors, phones in every format and some of them shared, emoji.
 */
export function makeLegacyChats(random: Random, count: number): LegacyChat[] {
  const chats: LegacyChat[] = []
  const perCompany = Math.ceil(count / LEGACY_COMPANIES.length)
  for (const company of LEGACY_COMPANIES) {
    const people = makePeople(random, company, Math.ceil(perCompany / 3.4))
    for (let made = 0; made < perCompany; ) {
      const person = random.pick(people)
      for (let more = random.pick([1, 1, 1, 2, 2, 3, 6]); more > 0 && made < perCompany; more--, made++) {
        chats.push(makeChat(random, company, random.chance(0.03) ? null : person))
      }
    }
  }
  return chats
}

function makePeople(random: Random, company: LegacyCompany, count: number): Person[] {
  const people: Person[] = []
  for (let number = 0; number < count; number++) {
    const given = random.pick(GIVEN)
    const family = `${random.pick(FAMILY_STARTS)}${random.pick(FAMILY_ENDS)}`
    const local = `${plain(given)}.${plain(family)}${number}`
    const emails = [`${local}@${random.pick(MAIL)}`]
    if (random.chance(0.12)) emails.push(`office-${local}@${random.pick(MAIL)}`)
    const before = people.at(-1)
    // A household: another given name, another e-mail, the same phone.
    const household = before !== undefined && random.chance(0.02) && !agree(before.given, given)
    const phones = household ? before.phones : [nationalNumber(random, company.country, number)]
    people.push({
      id: `${company.country}-${number}`,
      given,
      family: household ? before.family : family,
      emails,
      phones,
      address: random.chance(0.5) ? `${random.int(1, 200)} ${random.pick(STREETS)}` : null,
    })
  }
  return people
}

const agree = (a: string, b: string) => a === b || a.slice(0, 1) === b.slice(0, 1)

function makeChat(random: Random, company: LegacyCompany, person: Person | null): LegacyChat {
  // What people give: mostly an e-mail, often a phone, seldom only a name.
  const dice = random.next()
  const says = {
    email: dice < 0.72,
    phone: dice >= 0.4 && dice < 0.985,
    name: random.chance(0.88) || dice >= 0.985,
  }
  const at = new Date(Date.UTC(2024, 0, 1) + random.int(0, 700 * 86_400_000)).toISOString()
  const id = random.uuid()
  const row = {
    id,
    company_id: company.id,
    session_id: `legacy-${id.slice(0, 8)}`,
    customer_name: null,
    customer_email: null,
    customer_phone: null,
    customer_address: null,
    summary: random.chance(0.7) ? random.pick(SUMMARIES) : null,
    messages: random.chance(0.5) ? [{ role: 'customer', text: 'Hello 👋', at }] : [],
    model: 'v1',
    created_at: at,
  }
  if (person === null) {
    return {
      row: { ...row, customer_name: random.pick([null, 'Guest', '', 'Anonymous', '👻']) },
      person: null,
      country: company.country,
    }
  }
  return {
    row: {
      ...row,
      customer_name: says.name ? spelling(random, person) : random.pick([null, '', 'Guest']),
      customer_email: says.email ? emailAsTyped(random, random.pick(person.emails)) : null,
      customer_phone: says.phone ? phoneAsTyped(random, company.country, random.pick(person.phones)) : null,
      customer_address: random.chance(0.3) ? person.address : null,
    },
    person: person.id,
    country: company.country,
  }
}

/** One person in ten spellings. */
function spelling(random: Random, { given, family }: Person): string {
  const usual = `${given} ${family}`
  return random.pick([
    usual,
    usual,
    usual,
    usual.toLowerCase(),
    usual.toUpperCase(),
    `${family}, ${given}`,
    `${given.slice(0, 1)}. ${family}`,
    `${given}  ${family} `,
    anyAscii(usual),
    `${given} ${typo(random, family)}`,
    `${usual} 🌸`,
  ])
}

function emailAsTyped(random: Random, email: string): string {
  const dice = random.next()
  if (dice < 0.015) {
    const [local = '', domain = ''] = email.split('@')
    return `${typo(random, local)}@${domain}`
  }
  if (dice < 0.018) return email.replace('@', ' at ')
  if (dice < 0.1) return email.toUpperCase()
  if (dice < 0.14) return ` ${email} `
  return email
}

function phoneAsTyped(random: Random, country: LegacyCompany['country'], national: string): string {
  const code = { DE: '49', GB: '44', US: '1', AU: '61' }[country]
  const trunk = country === 'US' ? '' : '0'
  const spaced = national.replace(/(\d{3})(\d{3})(\d+)/, '$1 $2 $3')
  return random.pick([
    `${trunk}${national}`,
    `${trunk}${spaced}`,
    `${trunk}${spaced.replaceAll(' ', '-')}`,
    `+${code}${national}`,
    `+${code} ${spaced}`,
    trunk === '' ? `1-${spaced.replaceAll(' ', '-')}` : `+${code} (0)${spaced}`,
    `${country === 'AU' ? '0011' : country === 'US' ? '+' : '00'}${code} ${spaced}`,
    `Tel. ${trunk}${spaced}`,
  ])
}

/** A mobile number without its trunk prefix, different for each person. */
function nationalNumber(random: Random, country: LegacyCompany['country'], number: number): string {
  const tail = String(number).padStart(4, '0')
  const two = () => String(random.int(10, 99))
  switch (country) {
    case 'DE':
      return `151${two()}${two()}${tail}`
    case 'GB':
      return `7700${two()}${tail}`
    case 'US':
      return `212${random.int(200, 999)}${tail}`
    case 'AU':
      return `4${two()}${two()}${tail}`
  }
}

/** One letter doubled, dropped or swapped with the next. */
function typo(random: Random, text: string): string {
  const at = random.int(1, Math.max(1, text.length - 2))
  return random.pick([
    text.slice(0, at) + text.slice(at - 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2),
  ])
}

const plain = (text: string) =>
  anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
