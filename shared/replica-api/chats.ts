import { z } from 'zod'
import { chatReviewReasonSchema } from '../domain/chat-review.ts'
import { conversationSchema } from '../domain/conversation.ts'
import { customerSchema } from '../domain/customer.ts'

const count = z.number().int().nonnegative()

/** A chat that waits for somebody to say whose it is (SPEC DB-4). */
export const waitingChatSchema = z.object({
  chat: conversationSchema,
  reason: chatReviewReasonSchema,
  /** Who may be meant, the best first, as they show. */
  candidates: z.array(customerSchema),
})
export type WaitingChat = z.infer<typeof waitingChatSchema>

/** Requests about chats; linking goes through `records.change`. */
export const chatRequests = {
  /** Newest first. `older`: wait, too, but are older than what this computer keeps. */
  'chats.waiting': {
    input: z.object({ offset: count, limit: z.number().int().min(0).max(100) }),
    output: z.object({ chats: z.array(waitingChatSchema), total: count, older: count }),
  },
} as const
