import { z } from 'zod'
import { activitySchema } from '../domain/activity.ts'
import { conversationSchema } from '../domain/conversation.ts'
import { customerSuggestionSchema } from '../domain/customer-suggestion.ts'
import { interactionSchema } from '../domain/interaction.ts'
import { quoteRequestSchema, quoteSchema } from '../domain/quote.ts'

/** Most entries of each kind that one answer holds. */
export const HISTORY_LIMIT = 100

const latest = <Row extends z.ZodType>(row: Row) =>
  z.object({
    /** Newest first, at most `HISTORY_LIMIT`. */
    rows: z.array(row),
    /** How many this computer holds. */
    total: z.number().int().nonnegative(),
  })

/** A merge into a customer, also one that the server has not seen yet. */
const customerMergeEntrySchema = z.object({
  id: z.guid(),
  /** Names of those that went into the customer, as far as this computer knows them. */
  names: z.array(z.string()),
  at: z.string(),
  byName: z.string().nullable(),
  /** `waiting`: to be sent; it is in no activity yet. */
  state: z.enum(['waiting', 'done', 'undone']),
})

/** What happened with a customer, as far as this computer holds it. */
export const customerHistorySchema = z.object({
  conversations: latest(conversationSchema),
  quotes: latest(quoteSchema),
  /** Wishes for a new quote, waiting ones included. */
  quoteRequests: latest(quoteRequestSchema),
  activity: latest(activitySchema),
  /** Who looked at the customer, called, wrote or met; one's own waiting ones included. */
  interactions: latest(interactionSchema),
  merges: latest(customerMergeEntrySchema),
  /** Contact data of chats that differs from the customer's, decided ones included. */
  suggestions: latest(customerSuggestionSchema),
})
export type CustomerHistory = z.infer<typeof customerHistorySchema>
