import { fail, ok, type Result } from '#shared/util/result.ts'

/**
 * Customers that a replica can hold: a million took half of the 4 GB that Chromium gives a worker
 * (measured by `npm run bench -- --only PF-7 --rows 1000000`).
 */
export const MOST_CUSTOMERS = 1_200_000

/** Whether so many rows fit beside the customers who are there, found out before anything is written. Code: `too_many`. */
export function roomForRows(rows: number, customers: number): Result<null> {
  const left = Math.max(0, MOST_CUSTOMERS - customers)
  if (rows <= left) return ok(null)
  return fail(
    'too_many',
    `The file has ${rows.toLocaleString('en')} rows, and ${left.toLocaleString('en')} more customers fit on this computer. Leave out those you don’t need, or split them among companies.`,
  )
}
