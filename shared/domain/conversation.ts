import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })

/**
 * One thing said in a chat. The assistant writes them as it likes: what it adds is kept, what it
 * leaves out or writes otherwise must not keep the conversation from a replica.
 */
export const chatMessageSchema = z
  .looseObject({
    role: z.string().catch(''),
    text: z.string().catch(''),
    at: instant.nullish().catch(null),
  })
  .catch({ role: '', text: '', at: null })

/** How a chat came to its customer (SPEC DB-1). */
export const chatLinkSourceSchema = z.enum(['auto_sync', 'manual', 'migration'])

/** A chat of the assistant: a row of `"VC Usage"` on the wire. */
export const conversationSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  sessionId: z.string().nullable(),
  /** The how-manieth chat of this visitor, from 1. */
  interactionNumber: z.number().int(),
  /** Null: not linked, it may wait for somebody to choose (see chat-review.ts). */
  customerId: z.guid().nullable(),
  linkSource: chatLinkSourceSchema.nullable(),
  linkedAt: instant.nullable(),
  /** As the visitor gave it. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  summary: z.string().nullable(),
  messages: z.array(chatMessageSchema).catch([]),
  viewCount: z.number().int().nonnegative(),
  lastViewedAt: instant.nullable(),
  createdAt: instant,
  rev: z.string(),
})
export type Conversation = z.infer<typeof conversationSchema>
