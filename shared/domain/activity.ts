import { z } from 'zod'

/** An entry of the audit log on the wire: who did what to a customer, when. What is about the company stays on the server. */
export const activitySchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  customerId: z.guid(),
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
