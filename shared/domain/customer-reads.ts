import { z } from 'zod'
import { conversationSchema } from './conversation.ts'
import { customerSchema } from './customer.ts'
import { customerSuggestionSchema } from './customer-suggestion.ts'
import { interactionSchema } from './interaction.ts'
import { quoteSchema } from './quote.ts'

/** The answer of `list_customers`; go on with the id of the last row as `p_after`. */
export const customerPageSchema = z.object({ rows: z.array(customerSchema), more: z.boolean() })

/** The answer of `search_customers`, best first. */
export const customerSearchSchema = customerPageSchema.extend({
  /** Nothing matched as typed: these rows only look like it. */
  fuzzy: z.boolean(),
})

/** The answer of `customer_conversations`, newest first; go on with time and id of the last row. */
export const conversationPageSchema = z.object({ rows: z.array(conversationSchema), more: z.boolean() })

/** The answer of `get_customer`: null where there is no such customer in the company. */
export const customerWithHistorySchema = z
  .object({
    customer: customerSchema,
    /** The last 50. */
    conversations: conversationPageSchema,
    /** The last 50, newest first. */
    interactions: z.array(interactionSchema),
    quotes: z.array(quoteSchema),
    /** Open ones, oldest first. */
    suggestions: z.array(customerSuggestionSchema),
  })
  .nullable()
