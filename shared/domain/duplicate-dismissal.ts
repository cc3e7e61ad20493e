import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
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
 * dismiss one pair make one record: half of the SHA-256 of both ids, the smaller one first, as
 * `private.pair_id` of the server has it. Ids of imported customers follow each other: what only adds
 * them up makes one id of many pairs.
 */
export function pairId(a: string, b: string): string {
  const ids = hexToBytes([a, b].sort().join('').replaceAll('-', ''))
  return bytesToHex(sha256(ids)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')
}

/** Each two of some customers, the smaller id first. */
export function pairsOf(ids: readonly string[]): [string, string][] {
  const sorted = [...new Set(ids)].sort()
  return sorted.flatMap((a, i) => sorted.slice(i + 1).map((b): [string, string] => [a, b]))
}
