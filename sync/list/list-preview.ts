import { z } from 'zod'
import type { DerivedReader } from '#database/local/local-replica.ts'
import { customerRowSchema, type ListQuery, type ListWindow, listQuerySchema } from '#shared/replica-api/list.ts'
import { parseJson } from '#shared/util/parse-json.ts'

/** The name under which it lies in the replica. */
export const PREVIEW_NAME = 'list'

/** Names the order of its rows to the UI: the lists of an open workspace count from 1. */
const PREVIEW_VERSION = 0

/**
 * The rows that the list showed last, with some more around them: what the next start shows before it
 * has read the customers.
 */
const previewSchema = z.object({
  version: z.literal(1),
  query: listQuerySchema,
  total: z.number().int().nonnegative(),
  all: z.number().int().nonnegative(),
  /** Runs of rows, each from its place in the list on. */
  runs: z.array(z.object({ offset: z.number().int().nonnegative(), rows: z.array(customerRowSchema) })),
})
export type ListPreview = Omit<z.infer<typeof previewSchema>, 'version'>

/** Whether a query can be previewed: what it finds depends on the customers and on nothing else, the time least of all. */
export function isPreviewable(query: ListQuery): boolean {
  return Object.keys(query.filter).length === 0 && query.sort.by !== 'opened'
}

/** The preview as bytes. */
export function encodePreview(preview: ListPreview): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ version: 1, ...preview }))
}

/** The preview of a replica; null: there is none, or customers have changed since. */
export async function readPreview(derived: DerivedReader): Promise<ListPreview | null> {
  const saved = await derived.read(PREVIEW_NAME)
  if (saved === null) return null
  const changed = await derived.changedAfter(saved.seq)
  if (changed === null || changed.size > 0) return null
  return previewSchema.safeParse(parseJson(new TextDecoder().decode(saved.bytes))).data ?? null
}

/** The rows of a query as far as the preview knows them all; null: it doesn't. */
export function previewWindow(
  preview: ListPreview,
  query: ListQuery,
  offset: number,
  limit: number,
): Omit<ListWindow, 'tookMs'> | null {
  const { total, all } = preview
  if (JSON.stringify(query) !== JSON.stringify(preview.query)) return null
  const end = Math.min(offset + limit, total)
  const run = preview.runs.find((one) => one.offset <= offset && end <= one.offset + one.rows.length)
  if (run === undefined) return null
  const rows = run.rows.slice(offset - run.offset, Math.max(offset, end) - run.offset)
  return { version: PREVIEW_VERSION, offset, rows, heldFirst: null, total, all }
}
