import { z } from 'zod'
import { customerFieldSchema, customerSchema, heldChangesSchema } from '../domain/customer.ts'
import { customerHistorySchema } from './history.ts'

/** A field that two people changed: the later edit shows, the other value waits here (SPEC SY-4). */
export const fieldConflictSchema = z.object({
  field: customerFieldSchema,
  /** Whether the value that shows now is this user's or the other person's. */
  shown: z.enum(['mine', 'theirs']),
  /** What the field held before both; null where that was not noted. */
  base: z.json(),
  mine: z.unknown(),
  mineAt: z.string(),
  theirs: z.unknown(),
  theirsAt: z.string(),
  theirsByName: z.string().nullable(),
})
export type FieldConflict = z.infer<typeof fieldConflictSchema>

/** A customer as the replica shows it, the server's row with the waiting edits on top, and all there is to it. */
export const customerProfileSchema = z.object({
  customer: customerSchema,
  /** The phone number as people in the company's country write it. */
  phoneText: z.string().nullable(),
  /** Fields with edits that wait to be sent. */
  waitingFields: z.array(customerFieldSchema),
  /** The customer was made here and the server has not seen it yet. */
  isNew: z.boolean(),
  conflicts: z.array(fieldConflictSchema),
  history: customerHistorySchema,
})
export type CustomerProfile = z.infer<typeof customerProfileSchema>

/** A write that the server refused, kept until the user edits and resends, copies or discards it (SPEC R-3). */
export const attentionItemSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rejected'),
    customerId: z.guid(),
    customerName: z.string(),
    op: z.enum(['create', 'update', 'delete', 'restore']),
    /** What was to be written, by field. */
    changes: z.record(z.string(), z.unknown()),
    /** What those fields hold on the server; `null` for a refused creation. */
    current: heldChangesSchema.nullable(),
    code: z.string(),
    reason: z.string(),
    field: z.string().nullable(),
    at: z.string(),
    /** The customer was merged into this one: the change is offered for it, and `current` is its. */
    mergedInto: z.object({ id: z.guid(), name: z.string() }).nullable(),
  }),
  z.object({
    kind: z.literal('conflict'),
    customerId: z.guid(),
    customerName: z.string(),
    conflict: fieldConflictSchema,
  }),
])
export type AttentionItem = z.infer<typeof attentionItemSchema>
