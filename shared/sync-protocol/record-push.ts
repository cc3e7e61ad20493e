import { z } from 'zod'
import { importCountsSchema } from '../domain/import-batch.ts'
import { ownInteractionTypeSchema } from '../domain/interaction.ts'
import { savedFilterFieldsSchema } from '../domain/saved-filter.ts'
import { COLLECTION_ROWS, tombstoneSchema } from './collections.ts'
import { rejectionCodeSchema } from './push.ts'

const instant = z.iso.datetime({ offset: true })

const common = {
  /** Makes a repeat harmless, as in `mutationSchema`. */
  mutationId: z.guid(),
  /** The record. Chosen by the client on create. */
  id: z.guid(),
  /** When the person did it, in server time; the server clamps it to now. */
  editedAt: instant,
}

/** What becomes of an import. Until it is sent that flows into what makes it. */
const importEndSchema = importCountsSchema
  .partial()
  .extend({ endedAt: instant.optional(), undoneAt: instant.optional() })

/**
 * Changes of the collections besides customers, as `sync_push` takes them. `base` names what an
 * update was made on: where it differs from the server's row, the verdict is `conflict`.
 */
export const RECORD_MUTATIONS = {
  /** One's own filters. */
  savedFilters: z.discriminatedUnion('op', [
    z.object({ ...common, op: z.literal('create'), changes: savedFilterFieldsSchema }),
    z.object({
      ...common,
      op: z.literal('update'),
      base: savedFilterFieldsSchema.partial().optional(),
      changes: savedFilterFieldsSchema.partial(),
    }),
    z.object({ ...common, op: z.literal('delete') }),
  ]),
  /** What one did with a customer. Counts a view on the customer; follows merges to where the customer went. */
  interactions: z.object({
    ...common,
    op: z.literal('create'),
    changes: z.object({
      customerId: z.guid(),
      type: ownInteractionTypeSchema,
      sessionId: z.string().nullable().optional(),
    }),
  }),
  /** Imports: begun, ended with their counts, undone. */
  importBatches: z.discriminatedUnion('op', [
    z.object({
      ...common,
      op: z.literal('create'),
      changes: importEndSchema.extend({ fileName: z.string().min(1).max(255) }),
    }),
    z.object({
      ...common,
      op: z.literal('update'),
      changes: importEndSchema,
    }),
  ]),
  /** Merges made offline, under the id they got there, and their undoing: owner and manager. */
  merges: z.discriminatedUnion('op', [
    z.object({
      ...common,
      op: z.literal('create'),
      changes: z.object({
        targetId: z.guid(),
        sourceIds: z.array(z.guid()).min(1).max(50),
        /** As `merge_customers` takes them. */
        choices: z.record(z.string(), z.unknown()).optional(),
      }),
    }),
    z.object({ ...common, op: z.literal('delete') }),
  ]),
  /** Whose chat it is; null: nobody's that we know. A base that no longer holds is a conflict. */
  conversations: z.object({
    ...common,
    op: z.literal('update'),
    base: z.object({ customerId: z.guid().nullable() }).optional(),
    changes: z.object({ customerId: z.guid().nullable() }),
  }),
  /** Takes what a chat suggested for a field, or leaves it. */
  suggestions: z.object({
    ...common,
    op: z.literal('update'),
    changes: z.object({ status: z.enum(['accepted', 'dismissed']) }),
  }),
  /** Two customers who are not one, under the id of the pair: owner and manager. */
  duplicateDismissals: z.discriminatedUnion('op', [
    z.object({ ...common, op: z.literal('create'), changes: z.object({ customerA: z.guid(), customerB: z.guid() }) }),
    z.object({ ...common, op: z.literal('delete') }),
  ]),
  /** "Make me a new quote": owner, manager and sales. */
  quoteRequests: z.object({
    ...common,
    op: z.literal('create'),
    changes: z.object({
      customerId: z.guid(),
      quoteId: z.guid().nullable().optional(),
      note: z.string().max(2_000).nullable().optional(),
    }),
  }),
} as const
export type RecordCollection = keyof typeof RECORD_MUTATIONS
export type RecordMutation<C extends RecordCollection> = z.infer<(typeof RECORD_MUTATIONS)[C]>

const verdictOf = <Row extends z.ZodType>(row: Row) =>
  z.discriminatedUnion('status', [
    /** Done, now or before: the record as it is; a tombstone after a deletion. */
    z.object({ status: z.literal('applied'), mutationId: z.guid(), row: z.union([tombstoneSchema, row]) }),
    /** Nothing was written: somebody changed it meanwhile (another device of one's own). */
    z.object({ status: z.literal('conflict'), mutationId: z.guid(), row: z.union([tombstoneSchema, row]) }),
    z.object({
      status: z.literal('rejected'),
      mutationId: z.guid(),
      code: rejectionCodeSchema,
      message: z.string(),
      field: z.string().nullable(),
    }),
  ])

const answerOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    protocol: z.number().int(),
    epoch: z.string(),
    verdicts: z.array(verdictOf(row)),
    serverTime: z.iso.datetime({ offset: true }),
  })

/** The answer of `sync_push` for each of these collections: a verdict for each mutation, in order. */
export const RECORD_ANSWERS = {
  savedFilters: answerOf(COLLECTION_ROWS.savedFilters),
  interactions: answerOf(COLLECTION_ROWS.interactions),
  importBatches: answerOf(COLLECTION_ROWS.importBatches),
  merges: answerOf(COLLECTION_ROWS.merges),
  quoteRequests: answerOf(COLLECTION_ROWS.quoteRequests),
  conversations: answerOf(COLLECTION_ROWS.conversations),
  suggestions: answerOf(COLLECTION_ROWS.suggestions),
  duplicateDismissals: answerOf(COLLECTION_ROWS.duplicateDismissals),
} as const satisfies Record<RecordCollection, z.ZodType>
export type RecordAnswer<C extends RecordCollection> = z.infer<(typeof RECORD_ANSWERS)[C]>
