import { z } from 'zod'
import { ownInteractionTypeSchema } from '../domain/interaction.ts'
import { mergeChoicesSchema } from '../domain/merge-choices.ts'
import { savedFilterFieldsSchema } from '../domain/saved-filter.ts'

const id = z.guid()

/** What a person may do beside editing customers. Each is durable here first, and sent when the network allows. */
export const recordChangeSchema = z.discriminatedUnion('kind', [
  /** Keeps a filter; a new one where `id` is null. */
  z.object({ kind: z.literal('filter.save'), id: id.nullable(), fields: savedFilterFieldsSchema }),
  z.object({ kind: z.literal('filter.delete'), id }),
  /** A call, mail or meeting. Views are noted by `customers.get`. */
  z.object({ kind: z.literal('interaction.note'), customerId: id, type: ownInteractionTypeSchema.exclude(['view']) }),
  /** "Make me a new quote", like `quoteId` or a first one. */
  z.object({
    kind: z.literal('quote.request'),
    customerId: id,
    quoteId: id.nullable(),
    note: z.string().max(2_000, 'The note is longer than 2,000 characters. Shorten it.').nullable(),
  }),
  /** Whose chat it is; null: nobody's that we know. `was`: whose it was on the screen; `nothing_to_do` if it no longer is. */
  z.object({
    kind: z.literal('chat.link'),
    conversationId: id,
    customerId: id.nullable(),
    was: id.nullable().optional(),
  }),
  /** Takes what a chat suggested for a field, or leaves it. */
  z.object({ kind: z.literal('suggestion.settle'), suggestionId: id, status: z.enum(['accepted', 'dismissed']) }),
  /** Shows here at once; the server decides. */
  z.object({
    kind: z.literal('merge.make'),
    targetId: id,
    sourceIds: z.array(id).min(1).max(50),
    choices: mergeChoicesSchema,
  }),
  z.object({ kind: z.literal('merge.undo'), mergeId: id }),
  /** No two of these are one person: they are never in one group of duplicates again. */
  z.object({ kind: z.literal('duplicate.dismiss'), ids: z.array(id).min(2).max(50) }),
  /** Takes that back. */
  z.object({ kind: z.literal('duplicate.restore'), ids: z.array(id).min(2).max(50) }),
])
export type RecordChange = z.infer<typeof recordChangeSchema>

/** A change beside customers that the server refused, kept until it is sent again or discarded. */
export const refusedRecordSchema = z.object({
  /** Names the record in `attention.resendRecord` and `attention.discardRecord`. */
  key: z.string(),
  collection: z.string(),
  op: z.enum(['create', 'update', 'delete']),
  customerId: id.nullable(),
  /** The customer it belongs to, or what it is called itself. */
  name: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
  at: z.string(),
})
export type RefusedRecord = z.infer<typeof refusedRecordSchema>
