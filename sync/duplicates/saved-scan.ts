import { z } from 'zod'
import { COMPARISON_FIELDS } from '#shared/matching/comparison-fields.ts'
import type { DuplicatePair } from '#shared/matching/find-duplicates.ts'
import { type MatchModel, RELATIONS } from '#shared/matching/match-model.ts'
import type { Steps } from '#shared/util/in-steps.ts'
import { joinBytes } from '#shared/util/join-bytes.ts'

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
/** Pairs that are written down in one step: about a millisecond. */
const STEP_PAIRS = 1_000

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

/** The pairs may change between two steps: whoever changes is looked at again when they are loaded. */
export function* encodeScan({
  pairs,
  ...scan
}: Omit<SavedScan, 'pairs'> & { readonly pairs: Iterable<DuplicatePair> }): Steps<Uint8Array<ArrayBuffer>> {
  const begin = JSON.stringify({ version: VERSION, ...scan })
  const pieces = [textBytes(`${begin.slice(0, -1)},"pairs":[`)]
  let texts: string[] = []
  for (const { a, b, probability, pattern } of pairs) {
    if (texts.length === STEP_PAIRS) {
      pieces.push(textBytes(`${texts.join()},`))
      texts = []
      yield
    }
    texts.push(JSON.stringify([a, b, probability, pattern]))
  }
  pieces.push(textBytes(`${texts.join()}]}`))
  return yield* joinBytes(pieces)
}

function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
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
