import { z } from 'zod'
import { type CustomerField, customerFieldSchema, customerFieldsSchema } from './customer.ts'

/** What stands between the values of a field that are joined; null: words, each once. `private.chosen_value` has the same. */
export const SEPARATORS: { readonly [F in CustomerField]?: string | null } = {
  address: '; ',
  notes: '\n\n',
  tags: null,
}

/** Whether the values of a field can be joined. */
export function isCombinable(field: CustomerField): boolean {
  return SEPARATORS[field] !== undefined
}

/**
 * Whose value a field of the target gets in a merge (SPEC DB-6, SE-4): a customer's of the merge, all
 * of them joined (notes, address and tags only), or one that was typed.
 */
export const mergeChoiceSchema = z.union([
  z.strictObject({ from: z.guid() }),
  z.strictObject({ combine: z.literal(true) }),
  z.strictObject({ value: z.union([z.string(), z.array(z.string()), z.null()]) }),
])

/**
 * `p_choices` of `merge_customers`. A field without a choice keeps the target's value, or takes the
 * first source's that has one where the target has none; tags without a choice are joined.
 */
export const mergeChoicesSchema = z.partialRecord(customerFieldSchema, mergeChoiceSchema).refine(
  (choices) =>
    Object.entries(choices).every(([field, choice]) => {
      const of = customerFieldSchema.parse(field)
      if ('combine' in choice) return isCombinable(of)
      if ('value' in choice) return customerFieldsSchema.shape[of].safeParse(choice.value).success
      return true
    }),
  'Only notes, addresses and tags can be combined, and a typed value must be one that the field can hold.',
)
export type MergeChoices = z.infer<typeof mergeChoicesSchema>
