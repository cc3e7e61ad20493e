import { z } from 'zod'
import { customerSourceSchema } from '../domain/customer.ts'

/** What the list is sorted by. Ties break by id, so that windows are stable. */
export const sortBySchema = z.enum(['name', 'lastSeen', 'created', 'conversations', 'relevance'])
export type SortBy = z.infer<typeof sortBySchema>

/** A view on the customers. `relevance` needs a search; without one it sorts by name. */
export const listQuerySchema = z.object({
  search: z.string().max(200),
  view: z.enum(['all', 'mine', 'recent']),
  source: customerSourceSchema.nullable(),
  sort: z.object({ by: sortBySchema, direction: z.enum(['asc', 'desc']) }),
})
export type ListQuery = z.infer<typeof listQuerySchema>

/** Half-open ranges of UTF-16 offsets into the field's text, to mark what matched. */
export const rangesSchema = z.array(z.tuple([z.number().int(), z.number().int()]))

/** Why a customer is in the result. `why` is at most a few words: "1 letter", "same phone". */
export const matchSchema = z.object({
  why: z.string().nullable(),
  ranges: z.partialRecord(z.enum(['name', 'email', 'phone', 'address', 'notes', 'tags']), rangesSchema),
})
export type Match = z.infer<typeof matchSchema>

/** A row of the list. */
export const customerRowSchema = z.object({
  id: z.guid(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  tags: z.array(z.string()),
  source: customerSourceSchema,
  ownerId: z.guid().nullable(),
  createdByUserId: z.guid().nullable(),
  createdAt: z.string(),
  lastSeenAt: z.string().nullable(),
  conversationCount: z.number().int(),
  /** Changes of this customer wait to be sent. */
  waiting: z.boolean(),
  /** A change of this customer needs attention (refused, or in conflict). */
  attention: z.boolean(),
  match: matchSchema.nullable(),
})
export type CustomerRow = z.infer<typeof customerRowSchema>

/** Rows `offset .. offset + rows.length` of a query. */
export const listWindowSchema = z.object({
  offset: z.number().int().nonnegative(),
  rows: z.array(customerRowSchema),
  /** Customers that the query finds. */
  total: z.number().int().nonnegative(),
  /** Customers in the replica, whatever the query. */
  all: z.number().int().nonnegative(),
  /** Time in the worker, in milliseconds. */
  tookMs: z.number(),
})
export type ListWindow = z.infer<typeof listWindowSchema>
