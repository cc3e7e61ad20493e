/** What the search knows of a customer. Texts are kept as they are: ranges point into them. */
export interface SearchableCustomer {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly notes: string | null
  readonly tags: readonly string[]
}

/** Fields that are searched, in the order in which they are named as the reason of a hit. */
export const SEARCH_FIELDS = ['name', 'email', 'phone', 'address', 'notes', 'tags'] as const
export type SearchField = (typeof SEARCH_FIELDS)[number]

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
