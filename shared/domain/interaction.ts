import { z } from 'zod'

/** What people note themselves. */
export const ownInteractionTypeSchema = z.enum(['view', 'call', 'email', 'meeting'])

/** Somebody looked at a customer, called, wrote or met: a row of `customer_interactions` on the wire. */
export const interactionSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  /** Null: written by a legacy system that knows a session only. */
  customerId: z.guid().nullable(),
  sessionId: z.string().nullable(),
  /** Such as `view`, `chat` or `quote`; a legacy system may have had other words. */
  type: z.string(),
  at: z.iso.datetime({ offset: true }),
  userId: z.guid().nullable(),
  userName: z.string().nullable(),
  rev: z.string(),
})
