import { CUSTOMER_FIELDS, type Customer, type CustomerChanges, type CustomerField } from './customer.ts'
import { type MergeChoices, SEPARATORS } from './merge-choices.ts'

/** What a merge makes of the customer that is kept, beside who it is. */
export type MergedValues = Pick<Customer, CustomerField | 'viewCount' | 'lastSeenAt' | 'conversationCount'>

/** A customer of a merge, in the order that counts: first the one that is kept. */
export interface MergeImage {
  /** What choices call it; another id than the customer's where that was merged into it before. */
  readonly id: string
  readonly customer: Customer
  /** False where it is in the kept customer already: its values may be chosen, its counts are not added. */
  readonly isAdded: boolean
}

/**
 * The customer that is kept after a merge: the rules of `private.apply_merge` and
 * `private.chosen_value`, so that a merge made offline shows what the server will make of it (SPEC
 * DB-6). Null: a choice names somebody who is not part of the merge.
 */
export function mergeOutcome(images: readonly MergeImage[], choices: MergeChoices): MergedValues | null {
  const all = images.map(({ customer }) => customer)
  const values: CustomerChanges = {}
  for (const field of CUSTOMER_FIELDS) {
    const choice = choices[field]
    if (choice !== undefined && 'from' in choice) {
      const from = images.find(({ id }) => id === choice.from.toLowerCase())
      if (from === undefined) return null
      Object.assign(values, { [field]: from.customer[field] })
    } else if (choice !== undefined && 'value' in choice) {
      Object.assign(values, { [field]: choice.value === '' ? null : choice.value })
    } else {
      Object.assign(values, { [field]: choice === undefined ? defaultValue(field, all) : combined(field, all) })
    }
  }
  const added = images.filter(({ isAdded }) => isAdded).map(({ customer }) => customer)
  return {
    ...(values as Pick<Customer, CustomerField>),
    viewCount: sum(added.map(({ viewCount }) => viewCount)),
    conversationCount: sum(added.map(({ conversationCount }) => conversationCount)),
    lastSeenAt: latest(added.flatMap(({ lastSeenAt }) => lastSeenAt ?? [])),
  }
}

/** Without a choice: the target's value, else the first source's that has one; tags are joined. */
function defaultValue(field: CustomerField, all: readonly Customer[]): unknown {
  if (field === 'tags') return combined(field, all)
  return all.map((customer) => customer[field]).find((value) => value !== null) ?? null
}

function combined(field: CustomerField, all: readonly Customer[]): unknown {
  if (field === 'tags') return [...new Set(all.flatMap(({ tags }) => tags))]
  const texts = new Set(all.flatMap((customer) => customer[field] ?? []))
  return texts.size === 0 ? null : [...texts].join(SEPARATORS[field] ?? '')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function latest(times: readonly string[]): string | null {
  return times.reduce<string | null>(
    (last, at) => (last === null || Date.parse(at) > Date.parse(last) ? at : last),
    null,
  )
}
