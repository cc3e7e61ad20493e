/** Digits of a phone number that its formats have in common, with where each stands in the text. */
export interface PhoneKey {
  readonly digits: string
  /** UTF-16 offset of each digit. */
  readonly offsets: readonly number[]
}

/**
 * Reduces a phone number to comparable digits: no punctuation, no `(0)`, no leading zeros, so that
 * `+49 (0)170 123`, `0049170123` and `49170123` agree, and `0170 123` is the end of them.
 * Country codes are not added: a full parse of 100,000 numbers would cost seconds, and comparing
 * the ends of numbers finds the same people.
 */
export function phoneKey(phone: string): PhoneKey {
  const bare = phone.replace(/\(0\)/g, '   ')
  let digits = ''
  const offsets: number[] = []
  for (let i = 0; i < bare.length; i++) {
    const code = bare.charCodeAt(i)
    if (code < 48 || code > 57 || (digits === '' && code === 48)) continue
    digits += bare.charAt(i)
    offsets.push(i)
  }
  return { digits, offsets }
}

/** The digits of `phoneKey` alone, in a tenth of its time. */
export function barePhone(phone: string): string {
  return phone.replace(/\(0\)/g, '').replace(/\D/g, '').replace(/^0+/, '')
}

/** Digits as typed: in the middle of a number zeros at the beginning count, of a whole number they don't. */
export interface PhoneDigits {
  /** Without punctuation, `(0)` and leading zeros. */
  readonly bare: string
  /** All of them. */
  readonly all: string
}

/** Reads the digits of what was typed. */
export function phoneDigits(text: string): PhoneDigits {
  return { bare: barePhone(text), all: text.replace(/\D/g, '') }
}

/** What it is worth that zeros at the beginning fit, too. */
const ZEROS_BONUS = 0.05

/** How well typed digits fit a stored number, 0 (not at all) to 1. */
export function phoneFit({ bare, all }: PhoneDigits, stored: string): number {
  const fit = digitsFit(bare, stored)
  return all !== bare && stored.includes(all) ? Math.min(1, fit + ZEROS_BONUS) : fit
}

/** Fewest digits that two numbers must share at their ends to be taken for the same one. */
export const SAME_NUMBER_DIGITS = 7

/** Digits at the end or at the beginning of the number say more than digits in its middle. */
function digitsFit(typed: string, stored: string): number {
  const at = stored.indexOf(typed)
  if (at >= 0) {
    const share = typed.length / stored.length
    if (at + typed.length === stored.length) return 0.88 + 0.12 * share
    // Up to three digits of a country code may stand before what is typed nationally.
    return at <= 3 ? 0.74 + 0.2 * share : 0.55 + 0.2 * share
  }
  // Typed with a country code, stored without one.
  return stored.length >= SAME_NUMBER_DIGITS && typed.endsWith(stored) ? 0.9 : 0
}
