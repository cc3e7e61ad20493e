import type { Customer } from '../domain/customer.ts'

/**
 * The fields that are searched, in the order in which they are named as the reason of a hit: how much a
 * word counts that stands there, and what the reason is called; null where the hit shows it itself.
 */
export const SEARCHED = {
  name: { weight: 1, label: null },
  email: { weight: 0.86, label: 'email' },
  phone: { weight: 0.9, label: 'phone' },
  address: { weight: 0.88, label: 'address' },
  notes: { weight: 0.72, label: 'notes' },
  tags: { weight: 0.8, label: 'tag' },
  website: { weight: 0.7, label: 'website' },
} as const
export type SearchField = keyof typeof SEARCHED
export const SEARCH_FIELDS = Object.keys(SEARCHED) as readonly SearchField[]

/** What the search knows of a customer. Texts are kept as they are: ranges point into them. */
export type SearchableCustomer = Readonly<Pick<Customer, 'id' | Exclude<SearchField, 'tags'>>> & {
  readonly tags: readonly string[]
}

/** Half-open ranges of UTF-16 offsets into the text of a field. */
export type Ranges = [number, number][]
export type FieldRanges = Partial<Record<SearchField, Ranges>>

export interface SearchHit {
  /** The number that the index has for the customer. */
  readonly number: number
  readonly customer: SearchableCustomer
  /** 0 to about 1.2, higher is better; comparable within one result only. */
  readonly score: number
}

/** Why a customer matches. */
export interface Explanation {
  /** In a word or two ("1 letter", "phone", "tag"); null where the name shows it. */
  readonly why: string | null
  /** What to mark. `tags`: offsets into the tags joined by one space (`textOf`). */
  readonly ranges: FieldRanges
}

/** The text of a field as it is searched and as ranges count in it; `''` where there is none. */
export function textOf(customer: SearchableCustomer, field: SearchField): string {
  return field === 'tags' ? customer.tags.join(' ') : (customer[field] ?? '')
}
