import anyAscii from 'any-ascii'
import type { CustomerSource } from '#shared/domain/customer.ts'
import { type Locale, type LocaleMix, pickLocale } from './locales.ts'
import { NOTES, TAGS } from './phrases.ts'
import type { Random } from './random.ts'

/** A row for `customers`, keyed by column; times are ISO texts. */
export interface SeedCustomer {
  readonly id: string
  readonly company_id: string
  readonly customer_name: string
  readonly customer_email: string | null
  customer_phone: string | null
  readonly customer_address: string | null
  readonly customer_website: string | null
  readonly customer_notes: string | null
  readonly tags: readonly string[]
  source: CustomerSource
  readonly owner_id: string | null
  readonly created_by_user_id: string | null
  readonly created_by_user_name: string | null
  readonly created_at: string
  updated_at: string
  last_seen_at: string | null
  conversation_count: number
  view_count: number
}

/** A member who may own customers. */
export interface Rep {
  readonly id: string
  readonly name: string
}

export const DAY_MS = 86_400_000

/**
 * Makes one customer of a company: mostly people, some firms, with the gaps and the untidiness of
 * a real base. `today` is the end of the time the data covers, in milliseconds.
 */
export function makeCustomer(
  random: Random,
  companyId: string,
  mix: LocaleMix,
  reps: readonly Rep[],
  today: number,
): SeedCustomer {
  const locale = pickLocale(random, mix)
  const given = random.pick(locale.given)
  const family = random.pick(locale.family)
  const isFirm = random.chance(0.12)
  const name = isFirm
    ? `${family} ${random.pick(locale.firms)}`
    : random.chance(0.04)
      ? `${family}, ${given}`
      : `${given} ${family}`
  const creator = random.pick(reps)
  const createdAt = new Date(today - random.int(1, 1_400) * DAY_MS - random.int(0, DAY_MS - 1))
  const ownerDice = random.next()
  return {
    id: random.uuid(),
    company_id: companyId,
    customer_name: name,
    customer_email: random.chance(0.82) ? email(random, locale, isFirm ? 'info' : given, family) : null,
    customer_phone: random.chance(0.78) ? digits(random, random.pick(locale.phones)) : null,
    customer_address: random.chance(0.7) ? address(random, locale) : null,
    customer_website: isFirm ? `www.${slug(name)}.example` : null,
    customer_notes: random.chance(0.3) ? random.pick(NOTES) : null,
    tags: random.chance(0.45) ? [...new Set([random.pick(TAGS), random.pick(TAGS)])].slice(0, random.int(1, 2)) : [],
    source: random.chance(0.4) ? 'import' : 'manual',
    // Four of five have somebody in charge, half of them whoever created the customer.
    owner_id: ownerDice < 0.4 ? creator.id : ownerDice < 0.8 ? random.pick(reps).id : null,
    created_by_user_id: creator.id,
    created_by_user_name: creator.name,
    created_at: createdAt.toISOString(),
    updated_at: createdAt.toISOString(),
    last_seen_at: null,
    conversation_count: 0,
    view_count: random.chance(0.5) ? random.int(1, 40) : 0,
  }
}

/** A text as it may stand in a domain or a mailbox. */
function slug(text: string): string {
  return anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}

function email(random: Random, locale: Locale, given: string, family: string): string {
  const local = random.pick([
    `${slug(given)}.${slug(family)}`,
    `${slug(given).slice(0, 1)}${slug(family)}`,
    `${slug(family)}${random.int(1, 99)}`,
    `${slug(given)}_${slug(family)}${random.int(1950, 2006)}`,
    `${slug(given)}.${slug(family)}.${random.int(1, 9_999)}`,
  ])
  return `${local}@${random.pick(locale.mail)}`
}

function address(random: Random, locale: Locale): string {
  const [town, postcode] = random.pick(locale.towns)
  const street = random.pick(locale.streets)
  const number = `${random.int(1, 180)}${random.chance(0.1) ? random.pick(['a', 'b', 'c']) : ''}`
  const line = locale.numberFirst ? `${number} ${street}` : `${street} ${number}`
  const place =
    locale.numberFirst && locale.country !== 'France'
      ? `${town} ${digits(random, postcode)}`
      : `${digits(random, postcode)} ${town}`
  return `${line}, ${place}, ${locale.country}`
}

function digits(random: Random, pattern: string): string {
  return pattern.replace(/#/g, () => String(random.int(0, 9)))
}
