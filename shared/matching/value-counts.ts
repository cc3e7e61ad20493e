import type { ComparisonRecord } from './comparison-record.ts'

/** Fields whose values are worth more the rarer they are. */
export const COUNTED_FIELDS = [
  'given',
  'family',
  'word',
  'email',
  'mailUser',
  'phone',
  'street',
  'postcode',
  'town',
] as const
export type CountedField = (typeof COUNTED_FIELDS)[number]

/** How often each value occurs in a customer base, kept up to date as records come and go. */
export class ValueCounts {
  #counts: Record<CountedField, Map<string, number>>
  #records = 0

  constructor() {
    const none = () => new Map<string, number>()
    this.#counts = {
      given: none(),
      family: none(),
      word: none(),
      email: none(),
      mailUser: none(),
      phone: none(),
      street: none(),
      postcode: none(),
      town: none(),
    }
  }

  /** Number of records counted. */
  get records(): number {
    return this.#records
  }

  add(record: ComparisonRecord): void {
    this.#change(record, 1)
  }

  /** Takes back what `add` counted for the same record. */
  remove(record: ComparisonRecord): void {
    this.#change(record, -1)
  }

  /** Records that have this value. */
  of(field: CountedField, value: string): number {
    return this.#counts[field].get(value) ?? 0
  }

  /**
   * The chance that a customer who has nothing to do with these two has this value: the two
   * themselves are left out, and one is added, since a value seen only here may well occur elsewhere.
   */
  frequency(field: CountedField, value: string): number {
    return Math.max(1, this.of(field, value) - 1) / Math.max(2, this.#records)
  }

  /** Chance that two records drawn at random have the same value of a field. */
  collision(field: CountedField): number {
    let sum = 0
    for (const count of this.#counts[field].values()) sum += count * (count - 1)
    return sum / Math.max(1, this.#records * (this.#records - 1))
  }

  #change(record: ComparisonRecord, by: 1 | -1): void {
    this.#records += by
    const { name, address } = record
    this.#count('given', name.given, by)
    this.#count('family', name.family, by)
    if (name.isOrganisation) for (const word of new Set(name.words)) this.#count('word', word, by)
    this.#count('email', record.mail, by)
    this.#count('mailUser', record.mailUser, by)
    this.#count('phone', record.phone.slice(-9), by)
    this.#count('street', address.street, by)
    this.#count('postcode', address.postcode, by)
    for (const place of new Set(address.places)) this.#count('town', place, by)
  }

  #count(field: CountedField, value: string, by: 1 | -1): void {
    if (value === '') return
    const counts = this.#counts[field]
    const count = (counts.get(value) ?? 0) + by
    if (count === 0) counts.delete(value)
    else counts.set(value, count)
  }
}
