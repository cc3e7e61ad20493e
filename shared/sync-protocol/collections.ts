import { z } from 'zod'
import { activitySchema } from '../domain/activity.ts'
import { chatReviewSchema } from '../domain/chat-review.ts'
import { conversationSchema } from '../domain/conversation.ts'
import { customerSchema } from '../domain/customer.ts'
import { customerMergeSchema } from '../domain/customer-merge.ts'
import { customerSuggestionSchema } from '../domain/customer-suggestion.ts'
import { duplicateDismissalSchema } from '../domain/duplicate-dismissal.ts'
import { importBatchSchema } from '../domain/import-batch.ts'
import { interactionSchema } from '../domain/interaction.ts'
import { quoteRequestSchema, quoteSchema } from '../domain/quote.ts'
import { savedFilterSchema } from '../domain/saved-filter.ts'
import { shapeCheckOf } from '../util/shape-check.ts'
import { checkpointSchema } from './pull.ts'

/**
 * The collections of `sync_pull` and the row of each, in the order in which the server answers them.
 *
 * - `conversations`, `interactions` and `activity` hold the last `sync_window_days` of a company
 *   (90 unless it was changed); older conversations come from `customer_conversations`.
 * - `savedFilters`: one's own and the shared ones.
 * - customers are never really deleted: theirs are rows with `deletedAt`. Rows of the other
 *   collections may go, and come back as a `Tombstone`.
 */
export const COLLECTION_ROWS = {
  customers: customerSchema,
  savedFilters: savedFilterSchema,
  quotes: quoteSchema,
  conversations: conversationSchema,
  chatReviews: chatReviewSchema,
  suggestions: customerSuggestionSchema,
  merges: customerMergeSchema,
  quoteRequests: quoteRequestSchema,
  importBatches: importBatchSchema,
  interactions: interactionSchema,
  activity: activitySchema,
  duplicateDismissals: duplicateDismissalSchema,
} as const
export type SyncCollection = keyof typeof COLLECTION_ROWS
export type CollectionRow<C extends SyncCollection> = z.infer<(typeof COLLECTION_ROWS)[C]>

export const SYNC_COLLECTIONS = Object.keys(COLLECTION_ROWS) as readonly SyncCollection[]

/** What is left of a row that is gone, or that this user may not see any more: drop it. */
export const tombstoneSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  gone: z.literal(true),
  rev: z.string(),
})
export type Tombstone = z.infer<typeof tombstoneSchema>

const rowsOf = <Row extends z.ZodType>(row: Row) => z.array(z.union([row, tombstoneSchema]))

/** The same without a copy of each row where all of them are as they should be: nearly always. */
function quickRowsOf<Row extends z.ZodType>(row: Row) {
  const rows = rowsOf(row)
  const isRow = shapeCheckOf(row, true)
  if (isRow === null) return rows
  return z.union([z.custom<z.output<typeof rows>>((value) => Array.isArray(value) && value.every(isRow)), rows])
}

const pageOf = <Rows extends z.ZodType>(rows: Rows) =>
  z.object({
    protocol: z.number().int(),
    epoch: z.string(),
    reset: z.boolean(),
    // Rows first: they are many, and an option that fails costs more than one that fits.
    rows,
    checkpoint: checkpointSchema,
    more: z.boolean(),
    total: z.number().int().nonnegative().nullable(),
    serverTime: z.iso.datetime({ offset: true }),
  })

/**
 * The answer of `sync_pull` for each collection; the fields mean what they mean in `pullPageSchema`.
 * `total` counts the rows of the collection that this user may have, window included, without tombstones.
 */
export const COLLECTION_PAGES = {
  customers: pageOf(rowsOf(customerSchema)),
  savedFilters: pageOf(rowsOf(savedFilterSchema)),
  quotes: pageOf(rowsOf(quoteSchema)),
  conversations: pageOf(rowsOf(conversationSchema)),
  chatReviews: pageOf(rowsOf(chatReviewSchema)),
  suggestions: pageOf(rowsOf(customerSuggestionSchema)),
  merges: pageOf(rowsOf(customerMergeSchema)),
  quoteRequests: pageOf(rowsOf(quoteRequestSchema)),
  importBatches: pageOf(rowsOf(importBatchSchema)),
  interactions: pageOf(rowsOf(interactionSchema)),
  activity: pageOf(rowsOf(activitySchema)),
  duplicateDismissals: pageOf(rowsOf(duplicateDismissalSchema)),
} as const satisfies Record<SyncCollection, z.ZodType>

/**
 * The answer of `sync_pull_all(p_company uuid, p_checkpoints jsonb, p_limit int)`: a page of each
 * collection named in `p_checkpoints` (collection → checkpoint or null), in one round trip and one
 * snapshot. `p_limit` bounds the rows of all pages together: collections that it left no room for
 * are missing from `pages`. `more`: ask again at once, with the checkpoints of these pages.
 */
export const pullAllAnswerSchema = z.object({
  protocol: z.number().int(),
  epoch: z.string(),
  pages: z.object(COLLECTION_PAGES).partial(),
  more: z.boolean(),
  /** `sync_window_days` of the company: what a replica need not keep any longer. */
  windowDays: z.number().int().positive().optional(),
  serverTime: z.iso.datetime({ offset: true }),
})
export type PullAllAnswer = z.infer<typeof pullAllAnswerSchema>

/** The same schema for whoever reads 100,000 rows: what it accepts and returns is the same, in a fifth of the time. */
export const quickPullAllAnswerSchema = pullAllAnswerSchema.extend({
  pages: z
    .object(Object.fromEntries(Object.entries(COLLECTION_ROWS).map(([name, row]) => [name, pageOf(quickRowsOf(row))])))
    .partial(),
}) as z.ZodType as z.ZodType<PullAllAnswer>
