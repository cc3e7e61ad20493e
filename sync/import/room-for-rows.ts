import { fail, ok, type Result } from '#shared/util/result.ts'

/**
 * Customers that a replica can hold. A million who were imported take 1.5 GB of objects after a collection (measured in
 * Chromium, which gives a worker 4 GB, and 2 GB on a laptop of 8 GB): the rest is left to garbage.
 */
export const MOST_CUSTOMERS = 1_100_000

/** Whether a file of so many rows can be rehearsed: more would not fit, whoever is there already. Code: `too_many`. */
export function roomForRows(rows: number): Result<null> {
  if (rows <= MOST_CUSTOMERS) return ok(null)
  return fail(
    'too_many',
    `The file has ${number(rows)} rows, and ${number(MOST_CUSTOMERS)} can be imported at once. Split it.`,
  )
}

/** Whether so many new customers fit beside those who are held, deleted ones included, found out before anything is written. Code: `too_many`. */
export function roomForCustomers(added: number, customers: number): Result<null> {
  const left = Math.max(0, MOST_CUSTOMERS - customers)
  if (added <= left) return ok(null)
  return fail(
    'too_many',
    `${number(added)} rows would make new customers, and ${number(left)} more fit on this computer, where deleted ones take room too. Leave out those you don’t need, or split them among companies.`,
  )
}

const number = (count: number) => count.toLocaleString('en')
