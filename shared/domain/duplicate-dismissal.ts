import { z } from 'zod'

/** Two customers whom somebody has told apart: never offered as duplicates again (SPEC SE-3). */
export const duplicateDismissalSchema = z.object({
  id: z.guid(),
  companyId: z.guid(),
  /** The smaller id. Those that were looked at: when one was merged since, it counts for whom it went into. */
  customerA: z.guid(),
  customerB: z.guid(),
  userId: z.guid().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  rev: z.string(),
})

/**
 * The id of a pair of customers, the same whoever makes it, on whatever machine, so that two people who
 * dismiss one pair make one record: bitwise exclusive or, as `private.pair_id` of the server has it.
 */
export function pairId(a: string, b: string): string {
  return [...a].map((digit, i) => (digit === '-' ? '-' : xor(digit, b[i] ?? '0'))).join('')
}

function xor(a: string, b: string): string {
  return (Number.parseInt(a, 16) ^ Number.parseInt(b, 16)).toString(16)
}

/** Each two of some customers, the smaller id first. */
export function pairsOf(ids: readonly string[]): [string, string][] {
  const sorted = [...new Set(ids)].sort()
  return sorted.flatMap((a, i) => sorted.slice(i + 1).map((b): [string, string] => [a, b]))
}
