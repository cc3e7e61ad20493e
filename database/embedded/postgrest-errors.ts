import { z } from 'zod'

/** HTTP status of a SQLSTATE, as PostgREST maps it; by code, then by class. */
const STATUS: Readonly<Record<string, number>> = {
  P0001: 400,
  '22': 400,
  '23': 400,
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '08': 503,
  '0L': 403,
  '0P': 403,
  '28': 403,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  P0: 500,
  XX: 500,
}

const databaseErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  detail: z.string().nullish(),
  details: z.string().nullish(),
  hint: z.string().nullish(),
})

/**
 * Supabase Lite answers 500 `SUP` to errors that PostgREST gives a code and a status. This turns a
 * database error into the form that Lite passes through as PostgREST would; anything else, and
 * what Lite maps itself, is returned as it came.
 */
export function asPostgrestError(error: unknown): unknown {
  const parsed = databaseErrorSchema.safeParse(error)
  if (!parsed.success) return error
  const { code, message, detail, details, hint } = parsed.data
  if (code.length !== 5 || code.startsWith('PT')) return error
  const status = STATUS[code] ?? STATUS[code.slice(0, 2)]
  if (status === undefined) return error
  return {
    code: 'PGRST',
    message: JSON.stringify({ code, message, details: details ?? detail ?? null, hint: hint ?? null }),
    detail: JSON.stringify({ status, headers: {} }),
  }
}
