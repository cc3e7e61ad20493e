import { z } from 'zod'
import { resultSchema } from '../util/result.ts'

const count = z.number().int().nonnegative()
const done = resultSchema(z.null())

/** What the copy of the open company on this computer holds. */
const replicaFactsSchema = z.object({
  customers: count,
  /** Conversations, quotes, activity and all else that is not a customer. */
  records: count,
  /** Changes that exist on this computer only. */
  unsent: count,
  isEncrypted: z.boolean(),
  /** What the server knows this computer by. */
  device: z.object({ id: z.guid(), name: z.string() }),
})
export type ReplicaFacts = z.infer<typeof replicaFactsSchema>

/** The upkeep of the copy on this computer. */
export const replicaDataRequests = {
  /** Null: no company is open. */
  'data.facts': { input: z.null(), output: replicaFactsSchema.nullable() },
  /** Takes out everything that was replaced or removed, so that the copy needs less room. */
  'data.compact': { input: z.null(), output: done },
  /** Fetches everything from the server again; unsent changes stay. Answers when the old copy is given up. */
  'data.rebuild': { input: z.null(), output: done },
} as const
