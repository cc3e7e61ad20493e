import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A number without any grouping, as imports and machines write it. */
const BARE = /^\+?\d+$/

/**
 * A phone number as people in `country` (ISO 3166-1 alpha-2) read it: national at home, else with its
 * country code. What somebody has grouped by hand stays as they wrote it, and so does what is no valid number.
 */
export function formatPhone(text: string, country: string): string {
  if (!BARE.test(text)) return text
  const parsed = parsePhoneNumberFromString(
    text.replace(/^00(?=[1-9])/, '+'),
    isSupportedCountry(country) ? country : undefined,
  )
  if (parsed?.isValid() !== true) return text
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational()
}

/**
 * Ranges (half-open UTF-16 offsets) of digits of `text` as those of the same digits in `shown`, which `formatPhone` made
 * of it. Digits are counted from the end, where both are alike: what stands before is a country code or its zero.
 */
export function rangesAsShown(
  text: string,
  shown: string,
  ranges: ReadonlyArray<readonly [number, number]>,
): [number, number][] {
  const places = [...shown.matchAll(/\d/g)].map(({ index }) => index)
  const digitsFrom = (offset: number): number => text.slice(offset).replace(/\D/g, '').length
  return ranges.flatMap(([start, end]): [number, number][] => {
    const first = places.at(-Math.min(digitsFrom(start), places.length))
    const last = places[places.length - digitsFrom(end) - 1]
    return first === undefined || last === undefined ? [] : [[first, last + 1]]
  })
}
