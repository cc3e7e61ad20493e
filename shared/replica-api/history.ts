import { z } from 'zod'
import { activitySchema } from '../domain/activity.ts'
import { conversationSchema } from '../domain/conversation.ts'
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

/** What happened with a customer, as far as this computer holds it. */
export const customerHistorySchema = z.object({
  conversations: latest(conversationSchema),
  quotes: latest(quoteSchema),
  /** Wishes for a new quote, waiting ones included. */
  quoteRequests: latest(quoteRequestSchema),
  activity: latest(activitySchema),
})
export type CustomerHistory = z.infer<typeof customerHistorySchema>
