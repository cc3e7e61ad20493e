import { distance } from 'fastest-levenshtein'
import { soundex } from 'soundex-code'
import type { MatchableCustomer } from '#shared/matching/comparison-record.ts'

const MAX_EDITS = 2

/**
 * The rules one would write down first, any of them enough: same name, same e-mail, same phone, names
 * at most two edits apart, names that sound alike. All pairs are compared. Calls `found` for each.
 */
export function fiveRules(customers: readonly MatchableCustomer[], found: (a: string, b: string) => void): void {
  const records = customers.map(({ id, name, email, phone }) => {
    const plain = name
      .toLowerCase()
      .replace(/[^\p{L}\p{N} ]/gu, '')
      .trim()
    return {
      id,
      name: plain,
      email: email?.toLowerCase() ?? '',
      phone: phone?.replace(/\D/g, '').slice(-9) ?? '',
      sound: plain
        .split(/\s+/)
        .map((word) => soundex(word))
        .join(' '),
    }
  })
  for (const [i, a] of records.entries()) {
    for (let j = 0; j < i; j++) {
      const b = records[j]
      if (b === undefined) continue
      const same =
        (a.name !== '' && a.name === b.name) ||
        (a.email !== '' && a.email === b.email) ||
        (a.phone !== '' && a.phone === b.phone) ||
        (a.name !== '' && a.sound === b.sound) ||
        (Math.abs(a.name.length - b.name.length) <= MAX_EDITS &&
          a.name.length > 4 &&
          distance(a.name, b.name) <= MAX_EDITS)
      if (same) found(a.id, b.id)
    }
  }
}
