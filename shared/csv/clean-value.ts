import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { EMAIL_PATTERN } from '../domain/customer.ts'
import { looksLikeFormula } from './formula.ts'

/** Between several numbers of a cell; Google's is ` ::: `. A slash without spaces belongs to a number. */
const SEVERAL = / ::: |[;\n]|,\s|\s\/\s/

/**
 * A cell as text: trimmed, without the `'` that exports put before `= + - @` so that spreadsheets
 * don't take a value for a formula (that of spreadsheet programs and our own).
 */
export function cleanText(cell: string): string {
  const trimmed = cell.trim()
  return trimmed.startsWith("'") && looksLikeFormula(trimmed.slice(1)) ? trimmed.slice(1).trim() : trimmed
}

/** A value of a cell; `isGood`: it is what the column is for. */
export interface ReadValue {
  readonly text: string
  readonly isGood: boolean
}

/**
 * The e-mail addresses of a cell (`Ann <ann@x.de>; bob@x.de`), as they are written, what is meant for one
 * (`bob@x`) behind them; its text where none is in it.
 */
export function readEmails(cell: string): ReadValue[] {
  const text = cleanText(cell).replace(/^mailto:/i, '')
  if (text === '') return []
  if (EMAIL_PATTERN.test(text) && !/[;,<>]/.test(text)) return [{ text, isGood: true }]
  const found = text
    .split(/[\s;,<>]+/)
    .map((part) => part.replace(/^mailto:/i, ''))
    .filter((part) => part.includes('@'))
    .map((part) => ({ text: part, isGood: EMAIL_PATTERN.test(part) }))
    .toSorted((a, b) => Number(b.isGood) - Number(a.isGood))
  return found[0]?.isGood === true ? found : [{ text, isGood: false }]
}

const E164 = /^\+[1-9]\d{7,14}$/

/**
 * The phone numbers of a cell in E.164 (`+49170…`), read as numbers of `country` (ISO 3166-1 alpha-2)
 * when they have no country code. Unchanged when one isn't a valid number there or has an extension,
 * which E.164 can't hold: what people wrote down is worth more than a wrong guess.
 */
export function readPhones(cell: string, country: string): ReadValue[] {
  const text = cleanText(cell).replace(/^tel:/i, '')
  if (E164.test(text)) return [{ text, isGood: true }]
  const parts = text.split(SEVERAL).map((part) => part.trim())
  const areNumbers = parts.every((part) => part.replace(/\D/g, '').length >= 5)
  return (areNumbers ? parts : [text]).filter((part) => part !== '').map((part) => readPhone(part, country))
}

function readPhone(text: string, country: string): ReadValue {
  if (E164.test(text)) return { text, isGood: true }
  const parsed = parsePhoneNumberFromString(text.replace(/^00(?=[1-9])/, '+'), countryCode(country))
  const isGood = parsed?.isValid() === true && parsed.ext === undefined
  return { text: isGood ? parsed.number : text, isGood }
}

/** The first e-mail address of a cell; its text where none is in it. */
export const cleanEmail = (cell: string): string | null => readEmails(cell)[0]?.text ?? null

/** The first phone number of a cell, as `readPhones` reads it. */
export const cleanPhone = (cell: string, country: string): string | null => readPhones(cell, country)[0]?.text ?? null

/** Options for the parser: no country where it doesn't know it. */
function countryCode(country: string): { defaultCountry: CountryCode } | undefined {
  const code = country.toUpperCase()
  return isSupportedCountry(code) ? { defaultCountry: code } : undefined
}
