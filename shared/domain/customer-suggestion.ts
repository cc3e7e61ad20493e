import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })

/** A value that a chat gave where its customer has another one: offered, never written by itself (SPEC DB-4). */
export const customerSuggestionSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  customerId: z.guid(),
  field: z.enum(['name', 'email', 'phone', 'address']),
  value: z.string(),
  conversationId: z.guid().nullable(),
  status: z.enum(['open', 'accepted', 'dismissed']),
  createdAt: instant,
  decidedAt: instant.nullable(),
  decidedByUserId: z.guid().nullable(),
  decidedByUserName: z.string().nullable(),
  rev: z.string(),
})
