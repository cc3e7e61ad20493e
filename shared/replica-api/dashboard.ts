import { z } from 'zod'
import { customerSourceSchema } from '../domain/customer.ts'

const count = z.number().int().nonnegative()
/** A calendar day where this computer is; null: open. */
const day = z.iso.date().nullable()

/** Customers of a stretch of days, both of them included: what the filter `between` finds. */
const stretch = { from: day, to: day }

export const growthSchema = z.object({ ...stretch, sources: z.record(customerSourceSchema, count) })
export type Growth = z.infer<typeof growthSchema>

/** How good the data of a company is, as far as this computer holds it. */
export const dashboardSchema = z.object({
  total: count,
  /** How many have it; `both`: an email and a phone. */
  has: z.object({ email: count, phone: count, both: count, address: count, tags: count, owner: count }),
  /** By when they were last seen, the latest first. */
  lastSeen: z.array(z.object({ ...stretch, count })),
  neverSeen: count,
  /** How many were created, oldest first, the present week and month last. Weeks begin on Monday. */
  weeks: z.array(growthSchema),
  months: z.array(growthSchema),
  /** What became of duplicates since this month began, by anybody: merges that stand, and pairs told apart. */
  solved: z.object({ merged: count, apart: count }),
})
export type Dashboard = z.infer<typeof dashboardSchema>

export const dashboardRequests = {
  /** Null while no company is open. */
  'dashboard.read': { input: z.null(), output: dashboardSchema.nullable() },
} as const
