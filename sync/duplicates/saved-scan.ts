import { z } from 'zod'
import { COMPARISON_FIELDS } from '#shared/matching/comparison-fields.ts'
import type { DuplicatePair } from '#shared/matching/find-duplicates.ts'
import { type MatchModel, RELATIONS } from '#shared/matching/match-model.ts'

/** What a scan came to, as it is kept for the next start. */
export interface SavedScan {
  readonly model: MatchModel
  readonly pairs: readonly DuplicatePair[]
  /** ISO. */
  readonly scannedAt: string
  /** Customers that were compared. */
  readonly customers: number
}

/** The name under which it lies in the replica. */
export const SCAN_NAME = 'duplicates'
/** Raise it when other rules would find other pairs. */
const VERSION = 1

const modelSchema = z.object({
  chances: z.record(z.enum(RELATIONS), z.record(z.enum(COMPARISON_FIELDS), z.array(z.number()))),
  rates: z.object({ same: z.number(), household: z.number(), workplace: z.number() }),
  namesakes: z.number(),
}) satisfies z.ZodType<MatchModel>
const savedSchema = z.object({
  version: z.literal(VERSION),
  model: modelSchema,
  scannedAt: z.string(),
  customers: z.number(),
  pairs: z.array(z.tuple([z.string(), z.string(), z.number(), z.number()])),
})

export function encodeScan({ pairs, ...scan }: SavedScan): Uint8Array<ArrayBuffer> {
  const flat = pairs.map(({ a, b, probability, pattern }) => [a, b, probability, pattern])
  return new TextEncoder().encode(JSON.stringify({ version: VERSION, ...scan, pairs: flat }))
}

/** Null: of another version, or damaged. */
export function decodeScan(bytes: Uint8Array): SavedScan | null {
  try {
    const { model, scannedAt, customers, pairs } = savedSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
    const full = pairs.map(([a, b, probability, pattern]) => ({ a, b, probability, pattern }))
    return { model, scannedAt, customers, pairs: full }
  } catch {
    return null
  }
}
