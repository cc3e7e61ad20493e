import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A number without any grouping, as imports and machines write it. */
const BARE = /^\+?\d+$/

/** What was read lately, by country and text: a list shows the same numbers again with every change. */
const read = new Map<string, string>()
const READ_AT_MOST = 5_000

/**
 * A phone number as people in `country` (ISO 3166-1 alpha-2) read it: national at home, else with its
 * country code. What somebody has grouped by hand stays as they wrote it, and so does what is no valid number.
 */
export function formatPhone(text: string, country: string): string {
  if (!BARE.test(text)) return text
  const key = `${country} ${text}`
  const known = read.get(key)
  if (known !== undefined) return known
  if (read.size >= READ_AT_MOST) read.clear()
  const shown = formatBare(text, country)
  read.set(key, shown)
  return shown
}

function formatBare(text: string, country: string): string {
  const parsed = parsePhoneNumberFromString(
    text.replace(/^00(?=[1-9])/, '+'),
    isSupportedCountry(country) ? country : undefined,
  )
  if (parsed?.isValid() !== true) return text
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational()
}

/**
 * Ranges (half-open UTF-16 offsets) of digits of `text` as those of the same digits in `shown`, which `formatPhone` made
 * of it. Digits are counted from the end as far as both are alike: what stands before is told in another way there.
 */
export function rangesAsShown(
  text: string,
  shown: string,
  ranges: ReadonlyArray<readonly [number, number]>,
): [number, number][] {
  const digits = text.replace(/\D/g, '')
  const places = [...shown.matchAll(/\d/g)]
  let alike = 0
  while (alike < digits.length && places.at(-1 - alike)?.[0] === digits.at(-1 - alike)) alike += 1
  const digitsFrom = (offset: number): number => text.slice(offset).replace(/\D/g, '').length
  return ranges.flatMap(([start, end]): [number, number][] => {
    const from = Math.min(digitsFrom(start), alike)
    const after = digitsFrom(end)
    const first = places[places.length - from]
    const last = places[places.length - after - 1]
    return from <= after || first === undefined || last === undefined ? [] : [[first.index, last.index + 1]]
  })
}
