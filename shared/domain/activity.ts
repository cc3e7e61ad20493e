import { z } from 'zod'

/** An entry of the audit log on the wire: who did what, when. */
export const activitySchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  /** Null: about the company (members, exports, imports), not about one customer. */
  customerId: z.guid().nullable(),
  /** Such as `created` or `merged`. An action that this version doesn't know is shown by its name. */
  action: z.string(),
  /** Of an edit: field → what it was and what it became. */
  changes: z.record(z.string(), z.unknown()),
  userId: z.guid().nullable(),
  userName: z.string().nullable(),
  at: z.iso.datetime({ offset: true }),
  rev: z.string(),
})
export type Activity = z.infer<typeof activitySchema>
