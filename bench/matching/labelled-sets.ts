import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readRows } from '#scripts/dedupe/read-rows.ts'
import type { MatchableCustomer } from '#shared/matching/comparison-record.ts'
import { makeLabelledCustomers } from './labelled-customers.ts'

/** Customers of whom it is known which of them are one person. */
export interface LabelledSet {
  readonly name: string
  readonly customers: readonly MatchableCustomer[]
  /** By customer id; the same text for records of one person. */
  readonly personOf: ReadonlyMap<string, string>
  /** What must be reached; null where nothing is promised. */
  readonly target: { readonly precision: number; readonly recall: number } | null
}

interface SetFile {
  readonly name: string
  readonly files: readonly string[]
  readonly columns: Parameters<typeof readRows>[1]
  readonly target: { readonly precision: number; readonly recall: number }
  readonly person: (cells: Readonly<Record<string, string>>) => string
}

/** Where the labelled files lie, unless DEDUPE_SETS names another folder. They are no part of the product. */
const FOLDER = process.env.DEDUPE_SETS ?? join(import.meta.dirname, '../../../shared/data/dedupe')

/** Febrl's number of an identity card stands for a phone: something that people have, and mistype. */
const FEBRL = {
  columns: {
    name: 'given_name,surname',
    phone: 'soc_sec_id',
    address: 'street_number,address_1,address_2,suburb,postcode,state',
    id: 'rec_id',
  },
  person: (cells: Readonly<Record<string, string>>) => /rec-(\d+)/.exec(cells.rec_id ?? '')?.[1] ?? '',
}
const STRICT = { precision: 0.99, recall: 0.98 }
const FILES: readonly SetFile[] = [
  { ...FEBRL, name: 'Febrl 1', files: ['dataset1.csv'], target: STRICT },
  { ...FEBRL, name: 'Febrl 2', files: ['dataset2.csv'], target: STRICT },
  { ...FEBRL, name: 'Febrl 4', files: ['dataset4a.csv', 'dataset4b.csv'], target: STRICT },
  {
    name: 'splink_fake_1000',
    files: ['splink_fake_1000.csv'],
    columns: { name: 'first_name,surname', email: 'email', address: 'city', id: 'unique_id' },
    target: { precision: 0.95, recall: 0.75 },
    person: (cells) => cells.cluster ?? '',
  },
  {
    name: 'crm_composed_10k',
    files: ['crm_composed_10k.csv'],
    columns: { name: 'customer_name', email: 'customer_email', phone: 'customer_phone', address: 'customer_address' },
    target: { precision: 0.95, recall: 0.85 },
    person: (cells) => cells.cluster ?? '',
  },
]

/** Persons of the set that is made here. */
const MADE_PERSONS = 4_000

/** All sets that are there, one that is made here first; says which are not. */
export async function labelledSets(say: (text: string) => void): Promise<LabelledSet[]> {
  const made = makeLabelledCustomers(MADE_PERSONS, 11)
  const sets: LabelledSet[] = [
    { name: 'made (nine languages)', customers: made, personOf: persons(made), target: null },
  ]
  for (const { name, files, columns, target, person } of FILES) {
    const paths = files.map((file) => join(FOLDER, file))
    if (!paths.every(existsSync)) {
      say(`SE-3: SKIPPED ${name}: ${files.join(' and ')} not found in ${FOLDER}. DEDUPE_SETS names another folder.`)
      continue
    }
    const customers: (MatchableCustomer & { person: string })[] = []
    for (const [i, path] of paths.entries()) {
      const rows = await readRows(path, columns, null)
      if (!rows.ok) throw new Error(`${name}: ${rows.error.message}`)
      for (const { customer, cells } of rows.value) {
        customers.push({ ...customer, id: `${i}-${customer.id}`, person: person(cells) })
      }
    }
    sets.push({ name, customers, personOf: persons(customers), target })
  }
  return sets
}

function persons(customers: readonly { readonly id: string; readonly person: string }[]): ReadonlyMap<string, string> {
  return new Map(customers.map(({ id, person }) => [id, person]))
}
