import { z } from 'zod'
import { customerSourceSchema } from './customer.ts'

const days = z.number().int().min(1).max(3_650)

/** A stretch of time. Calendar days count where the person who looks is. */
export const periodSchema = z.discriminatedUnion('kind', [
  /** In the last so many days. */
  z.strictObject({ kind: z.literal('last'), days }),
  /** Not in the last so many days: longer ago, or never. */
  z.strictObject({ kind: z.literal('notLast'), days }),
  /** From the first day to the last one, both included; null: open. */
  z.strictObject({ kind: z.literal('between'), from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
])
export type Period = z.infer<typeof periodSchema>

/**
 * Which customers a list shows (SPEC SE-2). A part that is left out narrows nothing; all parts must
 * fit. Strict, so that a filter of a newer app with parts unknown here is not applied in half.
 */
export const customerFilterSchema = z.strictObject({
  /** `mine`: those that I own or created, whoever I am. `recent`: those that I opened lately. */
  view: z.enum(['mine', 'recent']).optional(),
  sources: z.array(customerSourceSchema).min(1).optional(),
  /** Whether there is one. */
  email: z.boolean().optional(),
  phone: z.boolean().optional(),
  address: z.boolean().optional(),
  notes: z.boolean().optional(),
  tags: z.strictObject({ match: z.enum(['any', 'all']), of: z.array(z.string()).min(1).max(50) }).optional(),
  untagged: z.literal(true).optional(),
  /** Any of these; null: nobody. */
  owners: z.array(z.guid().nullable()).min(1).max(200).optional(),
  created: periodSchema.optional(),
  lastSeen: periodSchema.optional(),
  /** `waiting`: with changes that wait to be sent. `attention`: refused, or in conflict. */
  state: z.enum(['waiting', 'attention']).optional(),
  /** Those who may be the same as somebody else: all that stand in a group of the duplicates inbox. */
  duplicates: z.literal(true).optional(),
})
export type CustomerFilter = z.infer<typeof customerFilterSchema>
export type FilterPart = keyof CustomerFilter

/** All parts, in the order in which they are shown. */
export const FILTER_PARTS = Object.keys(customerFilterSchema.shape) as readonly FilterPart[]

/** The parts that narrow. */
export function activeParts(filter: CustomerFilter): FilterPart[] {
  return FILTER_PARTS.filter((part) => filter[part] !== undefined)
}

/** The filter without a part. */
export function withoutPart(filter: CustomerFilter, part: FilterPart): CustomerFilter {
  const { [part]: _gone, ...rest } = filter
  return rest
}

/** Adds a value to a list of choices, or takes it out; undefined when none is left. */
export function toggled<T>(chosen: readonly T[] | undefined, value: T): [T, ...T[]] | undefined {
  const next = chosen?.includes(value) ? chosen.filter((one) => one !== value) : [...(chosen ?? []), value]
  return next.length === 0 ? undefined : (next as [T, ...T[]])
}
