import { z } from 'zod'
import { customerFieldsSchema } from '../domain/customer.ts'
import { appErrorSchema, resultSchema } from '../util/result.ts'
import { listQuerySchema } from './list.ts'

const id = z.guid()
const count = z.number().int().nonnegative()
const tags = customerFieldsSchema.shape.tags

/** Customers that were chosen: one by one, or all that a query finds but for some. */
export const chosenCustomersSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('some'), ids: z.array(id).max(1_000_000) }),
  z.object({ kind: z.literal('all'), query: listQuerySchema, except: z.array(id).max(1_000_000) }),
])
export type ChosenCustomers = z.infer<typeof chosenCustomersSchema>

/** What one act does to all of them. */
export const bulkChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tags'), add: tags, remove: tags }),
  z.object({ kind: z.literal('owner'), ownerId: id.nullable() }),
  z.object({ kind: z.literal('delete') }),
])
export type BulkChange = z.infer<typeof bulkChangeSchema>

/** Who was chosen, as they are now. */
export const chosenSummarySchema = z.object({
  /** Those that are still there. */
  count,
  /** Those of them that the role lets one edit. */
  editable: count,
  /** Those of them whom the list finds that was asked with. */
  listed: count,
  /** The first of them, at most `MERGE_AT_MOST` + 1. */
  first: z.array(id),
  /** Tags of all of them with how many have each, the most frequent first, at most 50. */
  tags: z.array(z.object({ tag: z.string(), count })),
})
export type ChosenSummary = z.infer<typeof chosenSummarySchema>

/** Customers that one merge takes at most. */
export const MERGE_AT_MOST = 10

/** What an act came to; the sum is those that were chosen, but for those it did not get to. */
export const bulkOutcomeSchema = z.object({
  changed: count,
  /** They were like that already. */
  unchanged: count,
  /** The role does not allow it for these. */
  notAllowed: count,
  /** They would have more tags than a customer may have. */
  tooManyTags: count,
  /** Stopped by the user: what was done stays, until it is undone. */
  stopped: z.boolean(),
  /** What broke it off after some had been changed; undone with the next start, if at all. */
  error: appErrorSchema.nullable(),
})
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>

/** What undoing an act came to; whoever is left can still be undone later. */
export const bulkUndoneSchema = z.object({
  restored: count,
  /** They were changed since. */
  kept: count,
  /** The role does not allow it for these now: they are left. */
  notAllowed: count,
  /** They are not on this computer at the moment: they are left. */
  missing: count,
  /** Stopped by the user: whoever it did not get to is left. */
  stopped: z.boolean(),
})
export type BulkUndone = z.infer<typeof bulkUndoneSchema>

/** An act that this computer remembers. */
export const bulkActSchema = z.object({
  bulkId: id,
  at: z.string(),
  change: bulkChangeSchema,
  changed: count,
  /** Those of them for whom it can still be undone. */
  left: count,
  /** Those of them for whom it was undone; the others that are not left were changed since. */
  restored: count.default(0),
})
export type BulkAct = z.infer<typeof bulkActSchema>

/** How far an act, or its undoing, is. */
export const bulkProgressSchema = z.object({ bulkId: id, done: count, total: count })
export type BulkProgress = z.infer<typeof bulkProgressSchema>

const ofBulk = z.object({ bulkId: id })

/** Acts on many customers at once. Works offline as any edit does; a customer is changed whole or not at all. */
export const bulkRequests = {
  'bulk.look': {
    input: z.object({ chosen: chosenCustomersSchema, query: listQuerySchema.optional() }),
    output: chosenSummarySchema,
  },
  /**
   * Durable piece by piece; answers when the last piece is. `bulkId` is made by the asker, to stop and
   * undo it by. Codes: `forbidden` (nobody of them may be changed, by role).
   */
  'bulk.edit': {
    input: ofBulk.extend({ chosen: chosenCustomersSchema, change: bulkChangeSchema }),
    output: resultSchema(bulkOutcomeSchema),
  },
  /** Ends an act, or its undoing, after the piece under way. */
  'bulk.stop': { input: ofBulk, output: z.null() },
  /** Acts of this user on this computer, newest first; the oldest are forgotten. */
  'bulk.list': { input: z.null(), output: z.array(bulkActSchema) },
  /**
   * Takes an act back where it still shows; what was edited since stays. Codes: `not_found` (it was undone, or
   * forgotten), `forbidden` (the role does not allow such an act any more).
   */
  'bulk.undo': { input: ofBulk, output: resultSchema(bulkUndoneSchema) },
} as const
