import { z } from 'zod'
import { ENCODINGS } from '../csv/decode-text.ts'
import { appErrorSchema } from '../util/result.ts'

/** The part of `File`/`Blob` that the import needs; structured clone carries the real thing to the worker. */
export interface FileLike {
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}
export const fileSchema = z.custom<FileLike>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'size' in value &&
    'arrayBuffer' in value &&
    typeof value.arrayBuffer === 'function',
  'not a file',
)

/** Customer fields a column of a file may feed. Several columns may feed one (first and last name). */
export const importTargetSchema = z.enum(['name', 'email', 'phone', 'address', 'notes', 'tags'])
export type ImportTarget = z.infer<typeof importTargetSchema>

/** How to read a file, where somebody knows it better than we guess; what is left out is guessed. */
export const importReadingSchema = z.object({
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.string().length(1).optional(),
  hasHeader: z.boolean().optional(),
})
export type ImportReading = z.infer<typeof importReadingSchema>

/** What was understood of a file before anything is written. */
export const importPreviewSchema = z.object({
  fileName: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  /** Column headers as they stand in the file. */
  headers: z.array(z.string()),
  /** The target of each column, by index; null: not imported. */
  mapping: z.array(importTargetSchema.nullable()),
  /** The first rows, as text. */
  sample: z.array(z.array(z.string())),
  /** Rows of data in the file. */
  rows: z.number().int().nonnegative(),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

/** A row that was not imported, with its line's number in the file (the header is row 1). */
export const importProblemSchema = z.object({ row: z.number().int().positive(), reason: z.string() })

/** Where an import stands; the counts of a finished one add up to `rows`. */
export const importProgressSchema = z.object({
  importId: z.string(),
  fileName: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  rows: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  created: z.number().int().nonnegative(),
  invalid: z.number().int().nonnegative(),
  /** At most the first 200. */
  problems: z.array(importProblemSchema),
  error: appErrorSchema.nullable(),
})
export type ImportProgress = z.infer<typeof importProgressSchema>
