import { z } from 'zod'
import { customerFieldSchema } from '../domain/customer.ts'
import { resultSchema } from '../util/result.ts'
import { chosenCustomersSchema } from './bulk.ts'

/** The forms in which customers leave the house. */
export const exportFormatSchema = z.enum(['csv', 'vcard', 'json'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What a file of customers may hold, in the order of its columns. */
export const exportColumnSchema = z.enum([...customerFieldSchema.options, 'source', 'createdAt', 'lastSeenAt'])
export type ExportColumn = z.infer<typeof exportColumnSchema>

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
      scope: chosenCustomersSchema,
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
