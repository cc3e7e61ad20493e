import type { Random } from '#database/embedded/seed/random.ts'
import type { Outgoing } from './faulty-network.ts'

/** What can happen to a request on its way. */
export type NetworkFault =
  | 'requestLost'
  | 'responseLost'
  | 'killAfterCommit'
  | 'duplicated'
  | 'reordered'
  | 'partialBatch'
  | 'serverError'
  | 'rateLimited'
  | 'captivePortal'
  | 'tokenExpired'

/** What `fetch` throws when nobody answers. */
export const NO_NETWORK = new TypeError('fetch failed')

/** Whether a request sends changes. */
export function isPush(url: string): boolean {
  return url.includes('/rpc/sync_push')
}

/** Whether a request asks for changes. */
export function isPull(url: string): boolean {
  return url.includes('/rpc/sync_pull')
}

/** The server or what stands in front of it fails; 500 is Postgres's own. */
export function gatewayFailure(status: number): Response {
  if (status === 500) return json(500, { code: 'XX000', message: 'internal error', details: null, hint: null })
  if (status === 503)
    return json(503, { code: 'PGRST002', message: 'Could not query the database', details: null, hint: null })
  return page(status, '<html>Bad gateway</html>')
}

/** Too many requests. */
export function RATE_LIMITED(): Response {
  return json(429, { code: 'over_request_rate_limit', message: 'Slow down' })
}

/** The Wi-Fi of a hotel, which answers in the server's place. */
export function captivePortal(random: Random): Response {
  return page(random.pick([200, 403, 407, 511]), '<html>Pay for Wi-Fi</html>')
}

/** A push of which only the first half arrives, and is answered; or a pull of few rows. */
export function part(request: Outgoing): Outgoing {
  const args = JSON.parse(request.body) as { p_mutations?: unknown[]; p_limit?: number }
  if (args.p_mutations !== undefined)
    args.p_mutations = args.p_mutations.slice(0, Math.ceil(args.p_mutations.length / 2))
  else args.p_limit = 3
  return { ...request, body: JSON.stringify(args) }
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

function page(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html' } })
}
