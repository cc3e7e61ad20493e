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
