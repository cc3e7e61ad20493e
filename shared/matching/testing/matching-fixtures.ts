// biome-ignore lint/correctness/noUnresolvedImports: a CommonJS module, whose whole is its default export.
import Papa from 'papaparse'
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

/** The labelled list in `crm-1200.csv`: 1,250 customers with households and switchboards; records of one person have one `person`. */
export function crmCustomers(file: string): (MatchableCustomer & { readonly person: string })[] {
  const rows = Papa.parse<Record<string, string>>(file, { header: true, skipEmptyLines: true }).data
  return rows.map((row) => ({
    ...customer(row.id ?? '', {
      name: row.customer_name ?? '',
      email: row.customer_email || null,
      phone: row.customer_phone || null,
      address: row.customer_address || null,
    }),
    person: row.cluster ?? '',
  }))
}
