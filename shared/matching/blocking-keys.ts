import { soundex } from 'soundex-code'
import type { ComparisonRecord } from './comparison-record.ts'

/**
 * What two customers must share to be compared at all, one key a place; an empty text: none. Keys of
 * different places never meet. Each true pair should share several, since any one field may be wrong.
 */
export function blockingKeys(record: ComparisonRecord): readonly string[] {
  const { name, address, mail, mailUser, mailDomain, phone } = record
  const { givenSound: given, familySound: family } = name
  const town = address.places.at(-1) ?? ''
  return [
    mail,
    phone.slice(-7),
    mailUser.length > 4 ? mailUser : '',
    given < family ? both(given, family) : both(family, given),
    both(address.number, address.street.slice(0, 6)),
    both(name.family, name.given[0] ?? ''),
    both(family, address.postcode),
    both(given, address.postcode),
    both(family, address.street),
    both(given, address.street),
    both(family, town),
    both(given, town),
    both(address.number, address.postcode),
    mailUser === '' ? '' : both(soundex(mailUser), mailDomain),
    name.family,
  ]
}

/**
 * Most customers who are compared because of a key, by its place. What more people share tells little,
 * and comparing all of them with all would make large bases slow; they still meet by any rarer key.
 */
export const BLOCK_LIMITS: readonly number[] = [30, 30, 30, 30, 30, 30, 12, 12, 12, 12, 12, 12, 12, 12, 12]

/** Number of keys that `blockingKeys` makes. */
export const BLOCKING_KEYS = BLOCK_LIMITS.length

function both(a: string, b: string): string {
  return a === '' || b === '' ? '' : `${a}|${b}`
}
