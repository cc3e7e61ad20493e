import { z } from 'zod'
import { customerSchema } from '../domain/customer.ts'

/** Version of the protocol between replica and backend; the server names its own in each page. */
export const SYNC_PROTOCOL_VERSION = 1

/**
 * Where a replica stands in a collection: opaque to the client, stored and sent back as it came.
 * `null` means from the beginning. It holds the two snapshots of the gap-free cursor, the last
 * `(rev, id)` of the page, and the epoch.
 */
export const checkpointSchema = z.record(z.string(), z.unknown())
export type Checkpoint = z.infer<typeof checkpointSchema>

/** Most rows a page may hold. */
export const PULL_LIMIT = 5_000

/**
 * The answer of `sync_pull(p_company uuid, p_collection text, p_checkpoint jsonb, p_limit int)`.
 *
 * `reset`: the checkpoint belongs to another epoch (the database was restored). Drop what was
 * replicated, keep unsent edits, and pull from `null`.
 */
export const pullPageSchema = z.object({
  protocol: z.number().int(),
  epoch: z.string(),
  reset: z.boolean(),
  rows: z.array(customerSchema),
  checkpoint: checkpointSchema,
  /** More rows wait: ask again at once. */
  more: z.boolean(),
  /** Rows of the whole collection, tombstones included; only in the first page of a first sync. */
  total: z.number().int().nonnegative().nullable(),
  /** The server's clock, so that edit times don't depend on the laptop's. */
  serverTime: z.iso.datetime({ offset: true }),
})
export type PullPage = z.infer<typeof pullPageSchema>
