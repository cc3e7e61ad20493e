import type { CustomerFields } from '#shared/domain/customer.ts'
import { areOneNumber, compareEmails } from '#shared/matching/compare-contacts.ts'
import { COMPARISON_FIELDS, LEVELS, levelAt, type Pattern } from '#shared/matching/comparison-fields.ts'
import type { ComparisonRecord } from '#shared/matching/comparison-record.ts'

const PLACES = new Map(COMPARISON_FIELDS.map((field, place) => [field, place]))
const SURE_GIVEN: ReadonlySet<number> = new Set([LEVELS.given.exact, LEVELS.given.nickname, LEVELS.given.organisation])
const level = (pattern: Pattern, field: (typeof COMPARISON_FIELDS)[number]) => levelAt(pattern, PLACES.get(field) ?? 0)

/** The same mailbox or phone, and the same name (or none in the row): nobody needs to be asked. */
export function isSurelySame(pattern: Pattern, { name, email }: CustomerFields): boolean {
  const given = level(pattern, 'given')
  const family = level(pattern, 'family')
  const isNamed = family === LEVELS.family.exact && SURE_GIVEN.has(given)
  const hasMail = level(pattern, 'email') === LEVELS.email.exact
  const hasPhone = level(pattern, 'phone') === LEVELS.phone.exact
  if (level(pattern, 'birth') === LEVELS.birth.different) return false
  if (level(pattern, 'generation') === LEVELS.generation.different) return false
  const isNameless = name === email || !/[\p{L}\p{N}]/u.test(name)
  return (hasMail || hasPhone) && (isNamed || (hasMail && isNameless))
}

/**
 * Both have a mailbox, or both a phone, and not the same one. Of two rows of one file that is no double,
 * however alike they look (Person 1, Person 2 …): nothing of such a row may get lost.
 */
export function differsInContact(pattern: Pattern): boolean {
  const isOther = (field: 'email' | 'phone') => {
    const found = level(pattern, field)
    return found !== LEVELS[field].missing && found !== LEVELS[field].exact
  }
  return isOther('email') || isOther('phone')
}

/**
 * Whether two rows can be one at all: what `differsInContact` without being `isSurelySame` needs no comparing. Nearly
 * all rows that share a name and a town do, and this quick look is a tenth of the work.
 */
export function mayBeOneRow(a: ComparisonRecord, b: ComparisonRecord): boolean {
  if (a.mail !== '' && a.mail === b.mail) return true
  if (a.phone !== '' && b.phone !== '') return areOneNumber(a.phone, b.phone)
  return compareEmails(a, b) === LEVELS.email.missing
}
