import { compareAddresses } from './compare-addresses.ts'
import { compareBirths, compareEmails, comparePhones } from './compare-contacts.ts'
import { compareNames } from './compare-names.ts'
import type { Comparison } from './comparison-fields.ts'
import type { ComparisonRecord } from './comparison-record.ts'
import type { ValueCounts } from './value-counts.ts'

/** Compares two customers field by field. Symmetric. `counts`: how often values occur in their base. */
export function compareRecords(a: ComparisonRecord, b: ComparisonRecord, counts: ValueCounts): Comparison {
  const { given, family, order, generation } = compareNames(a.name, b.name, counts)
  const { street, number, place } = compareAddresses(a.address, b.address)
  const email = compareEmails(a, b)
  const phone = comparePhones(a.phone, b.phone)
  const birth = compareBirths(a.birth, b.birth)
  return { given, family, order, email, phone, street, number, place, birth, generation }
}
