import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const claimsSchema = z.looseObject({
  sub: z.guid(),
  role: z.literal('authenticated'),
  /** Seconds since 1970. */
  exp: z.number(),
})
/** Who a token speaks for; all other claims are kept for the policies. */
export type Claims = z.infer<typeof claimsSchema>

/**
 * The claims of a signed-in user's token, when it was signed with our secret (HS256, nothing else)
 * and has not expired; null otherwise.
 */
export function verifyToken(token: unknown, secret: string, now = Date.now()): Claims | null {
  if (typeof token !== 'string') return null
  const [head, body, signature, ...rest] = token.split('.')
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return null
  if (!z.looseObject({ alg: z.literal('HS256') }).safeParse(decode(head)).success) return null
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const claims = claimsSchema.safeParse(decode(body))
  return claims.success && claims.data.exp * 1_000 > now ? claims.data : null
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}
