import { z } from 'zod'

/** Why a chat was not linked by itself (SPEC DB-4). */
export const chatReviewReasonSchema = z.enum([
  'shared_email',
  'shared_phone',
  'shared_name',
  'phone_of_another',
  'no_contact',
  'unlinked_by_hand',
  'busy',
  'error',
])
export type ChatReviewReason = z.infer<typeof chatReviewReasonSchema>

/** A chat that waits for a person to say whose it is, with one candidate: one row a candidate. */
export const chatReviewSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  conversationId: z.guid(),
  /** Null: there is no candidate. */
  customerId: z.guid().nullable(),
  /** 1 is the best candidate of the chat. */
  rank: z.number().int().positive(),
  reason: chatReviewReasonSchema,
  status: z.enum(['open', 'settled']),
  createdAt: z.iso.datetime({ offset: true }),
  rev: z.string(),
})
