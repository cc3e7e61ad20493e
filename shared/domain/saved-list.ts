import { z } from 'zod'
import { customerFilterSchema } from './customer-filter.ts'

/** What the list is sorted by. Ties break by id, so that windows are stable. */
export const sortBySchema = z.enum([
  'name',
  'lastSeen',
  'created',
  'changed',
  'conversations',
  /** The best match first; without a search by name. */
  'relevance',
  /** By when this user opened them last; all others behind them, by name. */
  'opened',
])
export type SortBy = z.infer<typeof sortBySchema>

/** An order of the list. */
export const sortSchema = z.strictObject({ by: sortBySchema, direction: z.enum(['asc', 'desc']) })
export type Sort = z.infer<typeof sortSchema>

/** What a saved filter keeps of a list. Strict: parts of a newer app make it unreadable here, never half read. */
export const savedListSchema = z.strictObject({
  search: z.string().max(200),
  filter: customerFilterSchema,
  sort: sortSchema,
})
export type SavedList = z.infer<typeof savedListSchema>

/** What a saved filter holds; null: a newer app wrote it, with parts that are unknown here. It is kept as it is. */
export function readSavedList(filter: Readonly<Record<string, unknown>>): SavedList | null {
  return savedListSchema.safeParse(filter).data ?? null
}
