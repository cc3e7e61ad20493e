import { LEVELS, type LevelOf } from './comparison-fields.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import { areNearNumbers, likeness } from './text-similarity.ts'

const { email: EMAIL, phone: PHONE, birth: BIRTH } = LEVELS

/** How alike two e-mail addresses are. */
export function compareEmails(a: ComparisonRecord, b: ComparisonRecord): LevelOf<'email'> {
  if (a.mail === '' || b.mail === '') return EMAIL.missing
  if (a.mail === b.mail) return EMAIL.exact
  const user = likeness(a.mailUser, b.mailUser)
  if (user === 'same') {
    if (likeness(a.mailDomain, b.mailDomain) === 'typo') return EMAIL.typo
    // anna.berg@ at two providers: the name once more, which tells nothing new.
    return isNamed(a, a.mailUser) && isNamed(b, b.mailUser) ? EMAIL.missing : EMAIL.user
  }
  if (user !== 'typo') return EMAIL.different
  // anna17@ and anna71@: a provider's way of telling people of one name apart, or a slip. Nobody knows.
  const letters = a.mailUser.replace(/\d/g, '')
  if (letters === b.mailUser.replace(/\d/g, '') && isNamed(a, letters)) return EMAIL.missing
  const isLong = Math.min(a.mailUser.length, b.mailUser.length) > 3
  if (isLong && likeness(a.mailDomain, b.mailDomain) !== 'different') return EMAIL.typo
  return EMAIL.different
}

/** Whether the part before the `@` is made of the name alone. */
function isNamed({ name: { given, family } }: ComparisonRecord, user: string): boolean {
  if (given === '' || family === '') return user === given || user === family
  return [given + family, family + given, given[0] + family, family + given[0], given, family].includes(user)
}

/** Fewest digits that two numbers must share at their ends to be one number with and without its area or country code. */
const MIN_SHARED_DIGITS = 7
/** Fewest digits of a number that is compared with the end of another one. */
const LOCAL_DIGITS = 8

/** Whether two phone numbers, both known, are the same one. */
export function areOneNumber(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return short.length >= MIN_SHARED_DIGITS && long.endsWith(short)
}

/** How alike two phone numbers are. */
export function comparePhones(a: string, b: string): LevelOf<'phone'> {
  if (a === '' || b === '') return PHONE.missing
  if (areOneNumber(a, b)) return PHONE.exact
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (areNearNumbers(short, long)) return PHONE.near
  // A digit may be missing or too many, so the ends compared are of three lengths.
  const isNear = (digits: number) => digits < long.length && areNearNumbers(short, long.slice(-digits))
  if (short.length < LOCAL_DIGITS) return PHONE.different
  return [short.length - 1, short.length, short.length + 1].some(isNear) ? PHONE.near : PHONE.different
}

/** How alike two hints about a birth are: a year compares with the year of a date. */
export function compareBirths(a: string, b: string): LevelOf<'birth'> {
  if (a === '' || b === '') return BIRTH.missing
  if (a.startsWith(b) || b.startsWith(a)) return BIRTH.exact
  return a.length === b.length && a.length === 8 && areNearNumbers(a, b) ? BIRTH.near : BIRTH.different
}
