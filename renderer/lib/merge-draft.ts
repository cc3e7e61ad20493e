import { CUSTOMER_FIELDS, type Customer, type CustomerField, customerFieldsSchema } from '#shared/domain/customer.ts'
import type { MergeChoices } from '#shared/domain/merge-choices.ts'
import { type MergedValues, mergeOutcome } from '#shared/domain/merge-outcome.ts'
import { spoken } from '../texts/spoken.ts'

/** What somebody has chosen so far: who stays, and whose value a field gets where that is not left to the rules. */
export interface MergeDraft {
  readonly targetId: string
  readonly choices: MergeChoices
}

/** A field of a merge as it stands. */
export interface MergeRow {
  readonly field: CustomerField
  /** The customers don't all hold the same. */
  readonly differs: boolean
  readonly chosen:
    | { readonly kind: 'from'; readonly id: string }
    | { readonly kind: 'combined' }
    | { readonly kind: 'typed' }
  readonly value: MergedValues[CustomerField]
  /** Why the field can't hold this value; null: it can, or the kept customer holds it already. */
  readonly problem: string | null
}

/** Fields that are typed; the owner is chosen from those there are. */
export function isTypable(field: CustomerField): boolean {
  return field !== 'ownerId'
}

/**
 * The fields of a merge of these customers, differing ones first. Choices that name somebody who is
 * not among them are passed over.
 */
export function mergeRows(customers: readonly Customer[], draft: MergeDraft): readonly MergeRow[] {
  const ordered = targetFirst(customers, draft.targetId)
  const [target] = ordered
  const choices = sendableChoices(customers, draft)
  const images = ordered.map((customer) => ({ id: customer.id, customer, isAdded: true }))
  const values = mergeOutcome(images, choices)
  if (target === undefined || values === null) return []
  const rows = CUSTOMER_FIELDS.map((field): MergeRow => {
    const value = values[field]
    const isChange = !isSame(value, target[field])
    const issue = isChange
      ? customerFieldsSchema.shape[field].safeParse(field === 'name' ? (value ?? '') : value).error?.issues[0]
      : undefined
    return {
      field,
      differs: ordered.some((customer) => !isSame(customer[field], target[field])),
      chosen: chosenOf(field, choices, ordered),
      value,
      problem: issue === undefined ? null : spoken(issue.message),
    }
  })
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)]
}

/** Whether the value of a customer is part of what comes out. */
export function isTaken({ field, chosen }: MergeRow, customer: Customer): boolean {
  if (chosen.kind === 'combined') return field === 'tags' ? customer.tags.length > 0 : customer[field] !== null
  return chosen.kind === 'from' && chosen.id === customer.id
}

/** The choices as they are sent: only those that name one of these customers. */
export function sendableChoices(customers: readonly Customer[], { choices }: MergeDraft): MergeChoices {
  const isThere = (id: string) => customers.some((customer) => customer.id === id)
  return Object.fromEntries(
    Object.entries(choices).filter(([, choice]) => !('from' in choice) || isThere(choice.from)),
  ) as MergeChoices
}

/** The customer that is kept, then the others in the order they came. */
export function targetFirst(customers: readonly Customer[], targetId: string): readonly Customer[] {
  return [...customers.filter(({ id }) => id === targetId), ...customers.filter(({ id }) => id !== targetId)]
}

function chosenOf(field: CustomerField, choices: MergeChoices, ordered: readonly Customer[]): MergeRow['chosen'] {
  const choice = choices[field]
  if (choice !== undefined && 'from' in choice) return { kind: 'from', id: choice.from }
  if (choice !== undefined && 'value' in choice) return { kind: 'typed' }
  if (choice !== undefined || field === 'tags') return { kind: 'combined' }
  const first = ordered.find((customer) => customer[field] !== null) ?? ordered[0]
  return { kind: 'from', id: first?.id ?? '' }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
