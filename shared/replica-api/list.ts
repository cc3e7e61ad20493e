import { z } from 'zod'
import { customerSourceSchema, heldFieldsSchema } from '../domain/customer.ts'
import { customerFilterSchema, FILTER_PARTS } from '../domain/customer-filter.ts'
import { sortSchema } from '../domain/saved-list.ts'
import { SEARCH_FIELDS } from '../search/searchable-customer.ts'

/** A question to the list. */
export const listQuerySchema = z.object({
  search: z.string().max(200),
  filter: customerFilterSchema,
  sort: sortSchema,
})
export type ListQuery = z.infer<typeof listQuerySchema>

/**
 * What is on the screen when a list is asked anew: these rows keep their order and stay together,
 * whatever happened to them, so that nothing jumps under somebody's hands.
 */
export const heldRowsSchema = z.object({
  /** The version of the list that is on the screen, and where its first row stands there. */
  version: z.number().int(),
  first: z.number().int().nonnegative(),
  ids: z.array(z.guid()).max(200),
})
export type HeldRows = z.infer<typeof heldRowsSchema>

/** Half-open ranges of UTF-16 offsets into the field's text, to mark what matched. */
export const rangesSchema = z.array(z.tuple([z.number().int(), z.number().int()]))

/** Why a customer is in the result. `why` is at most a few words: "1 letter", "same phone". */
export const matchSchema = z.object({
  why: z.string().nullable(),
  /** Those of the phone count in `phoneText`. */
  ranges: z.partialRecord(z.enum(SEARCH_FIELDS), rangesSchema),
})
export type Match = z.infer<typeof matchSchema>

/** A row of the list: what a line can show. */
export const customerRowSchema = heldFieldsSchema.omit({ notes: true }).extend({
  id: z.guid(),
  /** The phone as people in the country of the company read it. */
  phoneText: z.string().nullable(),
  source: customerSourceSchema,
  createdByUserId: z.guid().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastSeenAt: z.string().nullable(),
  conversationCount: z.number().int(),
  /** Changes of this customer wait to be sent. */
  waiting: z.boolean(),
  /** A change of this customer needs attention (refused, or in conflict). */
  attention: z.boolean(),
  /** Stands in a group of the duplicates inbox. */
  duplicate: z.boolean(),
  match: matchSchema.nullable(),
})
export type CustomerRow = z.infer<typeof customerRowSchema>

/** Rows `offset .. offset + rows.length` of a query. */
export const listWindowSchema = z.object({
  /**
   * Names the order that these rows are of. Windows of one version fit together: no row is in two of
   * them, none is between them. What a row says is always the present.
   */
  version: z.number().int(),
  offset: z.number().int().nonnegative(),
  rows: z.array(customerRowSchema),
  /** Where the first held row stands in this version; null where none was held, or all are gone. */
  heldFirst: z.number().int().nonnegative().nullable(),
  /** Rows of this version. */
  total: z.number().int().nonnegative(),
  /** Customers in the replica, whatever the query. */
  all: z.number().int().nonnegative(),
  /** Time in the worker, in milliseconds. */
  tookMs: z.number(),
  /** The search index is still being made: the search has looked at `done` of `total` customers only. */
  indexing: z.object({ done: z.number().int(), total: z.number().int() }).optional(),
})
export type ListWindow = z.infer<typeof listWindowSchema>

const count = z.number().int().nonnegative()
/** The days of the periods that are counted: "in the last 7 days". */
export const PERIOD_DAYS = [7, 30, 90, 365] as const
const periodCounts = z.object({
  /** By `PERIOD_DAYS`. */
  last: z.array(count),
  notLast: z.array(count),
})
const hasCounts = z.object({ yes: count, no: count })

/** How many customers each value of each part of a filter would show, given all other parts and the search. */
export const listFacetsSchema = z.object({
  /** Customers that the whole query finds. */
  total: count,
  view: z.object({ all: count, mine: count, recent: count }),
  sources: z.record(customerSourceSchema, count),
  email: hasCounts,
  phone: hasCounts,
  address: hasCounts,
  notes: hasCounts,
  /** The most frequent ones first, at most 200, and those chosen. With "all of" given the chosen ones, too. */
  tags: z.array(z.object({ tag: z.string(), count })),
  untagged: count,
  owners: z.array(z.object({ ownerId: z.guid().nullable(), count })),
  created: periodCounts,
  lastSeen: periodCounts,
  state: z.object({ waiting: count, attention: count }),
  duplicates: count,
  /** What would be found without one of the parts that narrow, or without the search. */
  without: z.partialRecord(z.enum([...FILTER_PARTS, 'search']), count),
})
export type ListFacets = z.infer<typeof listFacetsSchema>
