import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })

/** A merge that the server carried out: a row of `customer_merges` on the wire, without before-images. */
export const customerMergeSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  targetId: z.guid(),
  sourceIds: z.array(z.guid()),
  /** Field → whose value was wanted (merge-choices.ts). */
  fieldChoices: z.record(z.string(), z.unknown()),
  /** Field of the target → what the merge found and what it wrote: what an undoing takes back. */
  fieldChanges: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })).default({}),
  mergedByUserId: z.guid().nullable(),
  mergedByUserName: z.string().nullable(),
  mergedAt: instant,
  undoneAt: instant.nullable(),
  undoneByUserId: z.guid().nullable(),
  rev: z.string(),
})
