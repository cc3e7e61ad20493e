import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { EMAIL_PATTERN } from '../domain/customer.ts'
import { looksLikeFormula } from './formula.ts'

/** Google puts several values into one cell like this. */
const MULTIPLE = ' ::: '

/**
 * A cell as text: trimmed, without the `'` that exports put before `= + - @` so that spreadsheets
 * don't take a value for a formula (that of spreadsheet programs and our own).
 */
export function cleanText(cell: string): string {
  const trimmed = cell.trim()
  return trimmed.startsWith("'") && looksLikeFormula(trimmed.slice(1)) ? trimmed.slice(1).trim() : trimmed
}

/** The first e-mail address of a cell, as it is written; the whole text where none is in it. */
export function cleanEmail(cell: string): string | null {
  const text = cleanText(cell).replace(/^mailto:/i, '')
  if (text === '') return null
  if (EMAIL_PATTERN.test(text) && !/[;,<>]/.test(text)) return text
  const found = text.split(/[\s;,<>]+/).find((part) => EMAIL_PATTERN.test(part))
  return found ?? text
}

/**
 * The first phone number of a cell in E.164 (`+49170…`), read as a number of `country` (ISO 3166-1
 * alpha-2) when it has no country code. Unchanged when it isn't a valid number there or has an
 * extension, which E.164 can't hold: what people wrote down is worth more than a wrong guess.
 */
export function cleanPhone(cell: string, country: string): string | null {
  const text = (cleanText(cell).split(MULTIPLE)[0] ?? '').trim()
  if (text === '') return null
  if (/^\+[1-9]\d{7,14}$/.test(text)) return text
  const parsed = parsePhoneNumberFromString(text.replace(/^00(?=[1-9])/, '+'), countryCode(country))
  return parsed?.isValid() && parsed.ext === undefined ? parsed.number : text
}

/** Options for the parser: no country where it doesn't know it. */
function countryCode(country: string): { defaultCountry: CountryCode } | undefined {
  const code = country.toUpperCase()
  return isSupportedCountry(code) ? { defaultCountry: code } : undefined
}
