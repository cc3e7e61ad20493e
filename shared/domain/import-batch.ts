import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })
const count = z.number().int().nonnegative()

export const importCountsSchema = z.object({
  rowCount: count,
  createdCount: count,
  updatedCount: count,
  skippedCount: count,
  invalidCount: count,
})

/** One import, for the report and the undo (SPEC IO-4). */
export const importBatchSchema = importCountsSchema.extend({
  id: z.guid(),
  companyId: z.guid(),
  userId: z.guid(),
  userName: z.string().nullable(),
  fileName: z.string(),
  createdAt: instant,
  /** Null: it is being written, or its computer was lost meanwhile, or an older server does not say. */
  endedAt: instant.nullable().default(null),
  undoneAt: instant.nullable(),
  rev: z.string(),
})
