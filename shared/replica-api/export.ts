import { z } from 'zod'
import { customerFieldSchema } from '../domain/customer.ts'
import { resultSchema } from '../util/result.ts'
import { listQuerySchema } from './list.ts'

/** The forms in which customers leave the house. */
export const exportFormatSchema = z.enum(['csv', 'vcard', 'json'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What a file of customers may hold, in the order of its columns. */
export const exportColumnSchema = z.enum([...customerFieldSchema.options, 'source', 'createdAt', 'lastSeenAt'])
export type ExportColumn = z.infer<typeof exportColumnSchema>

/** Whose rows: those of a selection, or of a query (one that asks for nothing: everybody). */
export const exportScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(z.guid()).min(1).max(1_000_000) }),
  z.object({ kind: z.literal('query'), query: listQuerySchema }),
])
export type ExportScope = z.infer<typeof exportScopeSchema>

const id = z.guid()
const count = z.number().int().nonnegative()

/** Customers as a file, piece by piece, so that none is held whole. */
export const exportRequests = {
  /**
   * Refused by role (`forbidden`), then entered in the company's log by the server (`unreachable`
   * without a network), before the first row is given. vCard takes all columns.
   */
  'export.open': {
    input: z.object({
      format: z.enum(['csv', 'vcard']),
      scope: exportScopeSchema,
      columns: z.array(exportColumnSchema).min(1),
    }),
    output: resultSchema(z.object({ exportId: id, rows: count })),
  },
  /** The next piece of text; null: that was all. Code `not_found` once it is closed. */
  'export.next': {
    input: z.object({ exportId: id }),
    output: resultSchema(z.object({ text: z.string().nullable(), done: count })),
  },
  /** Gives an export up; one that was read to the end needs none. */
  'export.close': { input: z.object({ exportId: id }), output: z.null() },
} as const
