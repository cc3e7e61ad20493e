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

const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    protocol: z.number().int(),
    epoch: z.string(),
    reset: z.boolean(),
    // Rows first: they are many, and an option that fails costs more than one that fits.
    rows: z.array(z.union([row, tombstoneSchema])),
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
  customers: pageOf(customerSchema),
  savedFilters: pageOf(savedFilterSchema),
  quotes: pageOf(quoteSchema),
  conversations: pageOf(conversationSchema),
  chatReviews: pageOf(chatReviewSchema),
  suggestions: pageOf(customerSuggestionSchema),
  merges: pageOf(customerMergeSchema),
  quoteRequests: pageOf(quoteRequestSchema),
  importBatches: pageOf(importBatchSchema),
  interactions: pageOf(interactionSchema),
  activity: pageOf(activitySchema),
  duplicateDismissals: pageOf(duplicateDismissalSchema),
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
