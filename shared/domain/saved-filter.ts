import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })

/** What its author edits. */
export const savedFilterFieldsSchema = z.object({
  name: z.string().trim().min(1, 'Give the filter a name.').max(100, 'At most 100 characters.'),
  /** The list's filter as the app stores it: opaque to the server. */
  filter: z.record(z.string(), z.unknown()),
  /** Everybody in the company sees it; only its author edits it. */
  shared: z.boolean(),
})

/** A filter that somebody keeps (SPEC SE-2). */
export const savedFilterSchema = savedFilterFieldsSchema.extend({
  name: z.string(),
  id: z.guid(),
  companyId: z.guid(),
  userId: z.guid(),
  createdAt: instant,
  updatedAt: instant,
  rev: z.string(),
})
export type SavedFilter = z.infer<typeof savedFilterSchema>
