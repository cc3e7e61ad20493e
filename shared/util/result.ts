import { z } from 'zod'

/**
 * An expected failure: a code a program can act on and a sentence a person can act on.
 * `message` is plain words, says what to do, and never holds personal data.
 */
export const appErrorSchema = z.object({
  code: z.string().min(1),
  message: z.string().min(1),
  /** The customer field at fault, where there is one. */
  field: z.string().optional(),
})
export type AppError = z.infer<typeof appErrorSchema>

/** The answer of anything that may fail for a reason users can meet. Exceptions are for bugs. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

/** Wraps a value as a success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** Makes an expected failure of a code, a sentence and, where there is one, the field at fault. */
export function fail(code: string, message: string, field?: string): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error: field === undefined ? { code, message } : { code, message, field } }
}

/** The schema of a `Result` whose value has the given schema: for answers that cross a border. */
export function resultSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: appErrorSchema }),
  ])
}
