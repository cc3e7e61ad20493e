import { z } from 'zod'

/** What people note themselves; `chat` and `quote` the server notes. */
export const ownInteractionTypeSchema = z.enum(['view', 'call', 'email', 'meeting'])
export const interactionTypeSchema = z.enum([...ownInteractionTypeSchema.options, 'chat', 'quote'])

/** Somebody looked at a customer, called, wrote or met: a row of `customer_interactions` on the wire. */
export const interactionSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  customerId: z.guid(),
  sessionId: z.string().nullable(),
  type: interactionTypeSchema,
  at: z.iso.datetime({ offset: true }),
  userId: z.guid().nullable(),
  userName: z.string().nullable(),
  rev: z.string(),
})
export type Interaction = z.infer<typeof interactionSchema>
