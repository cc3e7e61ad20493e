import { CUSTOMER_FIELDS, type Customer, EMAIL_PATTERN, FIELD_LIMITS } from '../domain/customer.ts'
import type { MergeChoices } from '../domain/merge-choices.ts'
import { parseAddress } from './postal-address.ts'

/** A merge to be offered. */
export interface SuggestedMerge {
  /** The one to be kept first. */
  readonly members: readonly Customer[]
  readonly choices: MergeChoices
}

/** The text fields of which one customer's value is kept. */
const CHOSEN = ['name', 'email', 'phone', 'address'] as const
type ChosenField = (typeof CHOSEN)[number]

/**
 * Which of several customers to keep, and whose value each field should get (SPEC SE-4).
 *
 * Kept is whoever has most fields filled, then most conversations, then is oldest: links to it are
 * the most. A field gets, of the values that fit it best (a name with all its words, an address with
 * all its parts, a phone with its country code, an e-mail address that is one), the one that most
 * of them have, and of those the one that was written last. Notes are joined, and tags, as long as
 * they fit; what is left out stays in the before-images of the merge.
 */
export function suggestMerge(customers: readonly Customer[]): SuggestedMerge {
  const members = customers.toSorted(firstToKeep)
  const choices: MergeChoices = {}
  for (const field of CHOSEN) {
    const best = bestOf(field, members)
    const isDefault = best === null || best[field] === members.find((customer) => customer[field] !== null)?.[field]
    if (!isDefault) choices[field] = { from: best.id }
  }
  const notes = new Set(members.flatMap((customer) => customer.notes ?? []))
  if (notes.size > 1 && [...notes].join('\n\n').length <= FIELD_LIMITS.notes) choices.notes = { combine: true }
  const [kept] = members
  if (kept !== undefined && new Set(members.flatMap(({ tags }) => tags)).size > FIELD_LIMITS.tags) {
    choices.tags = { from: kept.id }
  }
  return { members, choices }
}

function firstToKeep(a: Customer, b: Customer): number {
  const filled = (customer: Customer) =>
    CUSTOMER_FIELDS.filter((field) => field !== 'tags' && customer[field] !== null).length
  return (
    filled(b) - filled(a) ||
    b.conversationCount - a.conversationCount ||
    Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
    (a.id < b.id ? -1 : 1)
  )
}

function bestOf(field: ChosenField, members: readonly Customer[]): Customer | null {
  const having = members.filter((customer) => customer[field] !== null)
  const plain = (customer: Customer) => (customer[field] ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const votes = (customer: Customer) => having.filter((other) => plain(other) === plain(customer)).length
  const written = (customer: Customer) => Date.parse(customer.fieldEdits[field]?.at ?? customer.createdAt)
  const ranked = having.toSorted(
    (a, b) =>
      fitness(field, b[field] ?? '') - fitness(field, a[field] ?? '') ||
      votes(b) - votes(a) ||
      (field === 'name' ? plain(b).length - plain(a).length : 0) ||
      written(b) - written(a),
  )
  return ranked[0] ?? null
}

/** How well a value serves its field; only values of one field compare. */
function fitness(field: ChosenField, value: string): number {
  switch (field) {
    case 'name': {
      const words = value.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word))
      const isShouted = value === value.toUpperCase() || value === value.toLowerCase()
      return words.length * 2 - (isShouted ? 1 : 0)
    }
    case 'email':
      return EMAIL_PATTERN.test(value) ? 1 : 0
    case 'phone':
      return value.trim().startsWith('+') ? 1 : 0
    case 'address': {
      const { number, street, postcode, places } = parseAddress(value)
      return [number, street, postcode, places.join('')].filter((part) => part !== '').length
    }
  }
}
