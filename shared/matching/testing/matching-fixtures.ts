import { type MatchableCustomer, toComparisonRecord } from '../comparison-record.ts'
import { DuplicateIndex } from '../duplicate-index.ts'
import { type MarkedApart, type ScanResult, scanForDuplicates } from '../find-duplicates.ts'

/** A customer with nothing but what is given. */
export function customer(id: string, fields: Partial<MatchableCustomer>): MatchableCustomer {
  return { id, name: '', email: null, phone: null, address: null, notes: null, ...fields }
}

export function indexOf(customers: readonly MatchableCustomer[]): DuplicateIndex {
  const index = new DuplicateIndex()
  for (const each of customers) index.upsert(toComparisonRecord(each))
  return index
}

/** A whole scan at once. */
export function scanned(index: DuplicateIndex, markedApart: MarkedApart = () => false): ScanResult {
  const scan = scanForDuplicates(index, markedApart)
  let step = scan.next()
  while (!step.done) step = scan.next()
  return step.value
}
