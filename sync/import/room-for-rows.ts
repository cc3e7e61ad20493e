import { fail, ok, type Result } from '#shared/util/result.ts'

/**
 * Customers that a replica can hold: 100,000 who were imported take 200 MB after a collection (measured),
 * and Chromium gives a worker 4 GB, of which half is left to the rehearsal and to garbage.
 */
export const MOST_CUSTOMERS = 1_100_000

/** Whether so many rows fit beside the customers who are there, found out before anything is written. Code: `too_many`. */
export function roomForRows(rows: number, customers: number): Result<null> {
  const left = Math.max(0, MOST_CUSTOMERS - customers)
  if (rows <= left) return ok(null)
  return fail(
    'too_many',
    `The file has ${rows.toLocaleString('en')} rows, and ${left.toLocaleString('en')} more customers fit on this computer. Leave out those you don’t need, or split them among companies.`,
  )
}
