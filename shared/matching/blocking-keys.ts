import { soundex } from 'soundex-code'
import type { ComparisonRecord } from './comparison-record.ts'

/**
 * What two customers must share to be compared at all, one key a place, as 31-bit numbers; 0: none.
 * Keys of different places never meet, and a rare collision only costs a comparison. Each true pair
 * should share several, since any one field may be wrong.
 */
export function blockingKeys(record: ComparisonRecord): readonly number[] {
  const { name, address, mail, mailUser, mailDomain, phone } = record
  const { givenSound: given, familySound: family } = name
  const town = address.places.at(-1) ?? ''
  return [
    one(0, mail),
    one(1, phone.slice(-7)),
    one(2, mailUser.length > 4 ? mailUser : ''),
    given < family ? both(3, given, family) : both(3, family, given),
    both(4, address.number, address.street.slice(0, 6)),
    both(5, name.family, name.given.slice(0, 1)),
    both(6, family, address.postcode),
    both(7, given, address.postcode),
    both(8, family, address.street),
    both(9, given, address.street),
    both(10, family, town),
    both(11, given, town),
    both(12, address.number, address.postcode),
    mailUser === '' ? 0 : both(13, soundex(mailUser), mailDomain),
    one(14, name.family),
  ]
}

/**
 * Most customers who are compared because of a key, by its place. What more people share tells little,
 * and comparing all of them with all would make large bases slow; they still meet by any rarer key.
 */
export const BLOCK_LIMITS: readonly number[] = [30, 30, 30, 30, 30, 30, 12, 12, 12, 12, 12, 12, 12, 12, 12]

/** Number of keys that `blockingKeys` makes. */
export const BLOCKING_KEYS = BLOCK_LIMITS.length

function one(place: number, text: string): number {
  return text === '' ? 0 : hashed(seeded(place), text) >>> 1 || 1
}

function both(place: number, a: string, b: string): number {
  if (a === '' || b === '') return 0
  return hashed(Math.imul(hashed(seeded(place), a) ^ SEPARATOR, FNV_PRIME), b) >>> 1 || 1
}

/** FNV-1a over UTF-16 units. */
function hashed(seed: number, text: string): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME)
  return hash
}

function seeded(place: number): number {
  return Math.imul(0x811c9dc5 ^ place, FNV_PRIME)
}

const FNV_PRIME = 0x01000193
const SEPARATOR = '|'.charCodeAt(0)
