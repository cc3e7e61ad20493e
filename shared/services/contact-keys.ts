import { readPhones } from '../csv/clean-value.ts'
import { EMAIL_PATTERN, FIELD_LIMITS } from '../domain/customer.ts'

/** What chat widgets put in for visitors who gave no name; as `private.name_key` of the database. */
const NOBODY = new Set(
  `anonymous|anonymous user|anonym|guest|gast|visitor|website visitor|user|customer|unknown|unbekannt|none|null|undefined|n/a|na|test`.split(
    '|',
  ),
)

/** The contact data of a chat or a customer, as it is written. */
export interface Contact {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** What a person is recognised by; null: not known. */
export interface ContactKeys {
  /** The exact name but for case and spaces. */
  readonly name: string | null
  readonly email: string | null
  /** E.164. */
  readonly phone: string | null
}

/** Reads the keys as the database does (`private.name_key`, `email_key`, `phone_key`). `country`: ISO 3166-1 alpha-2. */
export function contactKeys({ name, email, phone }: Contact, country: string): ContactKeys {
  return {
    name: name === null ? null : nameKey(name),
    email: email === null ? null : emailKey(email),
    phone: phone === null ? null : (readPhones(phone, country).find(({ isGood }) => isGood)?.text ?? null),
  }
}

function nameKey(name: string): string | null {
  const key = name.slice(0, FIELD_LIMITS.name).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
  return /\p{L}/u.test(key) && !NOBODY.has(key) ? key : null
}

function emailKey(email: string): string | null {
  const key = email
    .normalize('NFKC')
    .replace(/^[\s<>,;."']+|[\s<>,;."']+$/g, '')
    .toLowerCase()
  return key.length <= FIELD_LIMITS.email && EMAIL_PATTERN.test(key) ? key : null
}
