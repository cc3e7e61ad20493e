import { LEVELS, type LevelOf } from './comparison-fields.ts'
import type { AddressParts } from './postal-address.ts'
import { areNearNumbers, likeness } from './text-similarity.ts'

/** How alike two addresses are. */
export interface AddressComparison {
  readonly street: LevelOf<'street'>
  readonly number: LevelOf<'number'>
  readonly place: LevelOf<'place'>
}

const { street: STREET, number: NUMBER, place: PLACE } = LEVELS

/**
 * Compares two addresses. Whoever moved has another street, number and town: that is one difference,
 * not three, so what follows from another street is left out.
 */
export function compareAddresses(a: AddressParts, b: AddressParts): AddressComparison {
  const street = compareStreets(a, b)
  const number = compareNumbers(a.number, b.number)
  const place = comparePlaces(a, b)
  if (street !== STREET.different) return { street, number, place }
  if (place <= PLACE.near) return { street, number: NUMBER.missing, place: PLACE.missing }
  return { street, number: number === NUMBER.different ? NUMBER.missing : number, place }
}

function compareStreets(a: AddressParts, b: AddressParts): LevelOf<'street'> {
  if (a.street === '' || b.street === '') return STREET.missing
  const alike = likeness(a.street, b.street)
  if (alike === 'same') return STREET.exact
  if (alike === 'typo' || alike === 'alike') return STREET.near
  // Street and property in each other's column, or one inside the other.
  if (isElsewhere(a.street, b.places) || isElsewhere(b.street, a.places)) return STREET.near
  const [short, long] = a.street.length < b.street.length ? [a.street, b.street] : [b.street, a.street]
  return short.length > 3 && long.includes(short) ? STREET.near : STREET.different
}

function isElsewhere(street: string, places: readonly string[]): boolean {
  for (const place of places) if (place.startsWith(street) || street.startsWith(place)) return true
  return false
}

function compareNumbers(a: string, b: string): LevelOf<'number'> {
  if (a === '' || b === '') return NUMBER.missing
  if (a === b) return NUMBER.exact
  return areNearNumbers(a, b) || Number.parseInt(a, 10) === Number.parseInt(b, 10) ? NUMBER.near : NUMBER.different
}

function comparePlaces(a: AddressParts, b: AddressParts): LevelOf<'place'> {
  const town = comparePlaceNames(a.places, b.places)
  const hasPostcodes = a.postcode !== '' && b.postcode !== ''
  if (hasPostcodes && a.postcode === b.postcode) return town === 'same' ? PLACE.both : PLACE.postcode
  if (town === 'same') return PLACE.town
  if (town === 'near' || (hasPostcodes && areNearNumbers(a.postcode, b.postcode))) return PLACE.near
  return hasPostcodes || town !== null ? PLACE.different : PLACE.missing
}

/** Whether any part of one is also a part of the other; null where one has none. */
function comparePlaceNames(a: readonly string[], b: readonly string[]): 'same' | 'near' | 'different' | null {
  if (a.length === 0 || b.length === 0) return null
  let best: 'near' | 'different' = 'different'
  for (const place of a) {
    for (const other of b) {
      const alike = likeness(place, other)
      if (alike === 'same') return 'same'
      if (alike === 'typo') best = 'near'
    }
  }
  return best
}
