import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { Api } from './api.ts'
import { preflight, readableAnywhere } from './cors.ts'
import type { RealtimeEndpoint } from './realtime/realtime-endpoint.ts'
import type { SignInLimiter } from './sign-in-limiter.ts'

/** Answers whatever is not the API: the web app is served from the same origin. */
export type Fallback = (request: Request) => Promise<Response>

/** A bound port. Requests get 503 until `open` is called. */
export interface HttpServer {
  readonly port: number
  readonly open: (api: Api, realtime: RealtimeEndpoint, limiter: SignInLimiter, fallback: Fallback | undefined) => void
  /** Takes no more requests, gives those under way two seconds. May be called twice. */
  readonly close: () => Promise<void>
}

type Handler = (request: Request, peerAddress: string | null) => Promise<Response>

/** Binds 127.0.0.1. Fails with `port_taken` or `port_refused`. */
export function bindHttpServer(port: number): Promise<Result<HttpServer>> {
  let handler: Handler = async () => json(503, 'starting', 'The backend is starting. Try again in a moment.')
  let closing: Promise<void> | undefined
  return new Promise((resolve) => {
    const server = serve(
      {
        port,
        hostname: '127.0.0.1',
        fetch: (request, env) => handler(request, peerAddressOf(env)),
      },
      (info) => {
        server.off('error', onError)
        resolve(
          ok({
            port: info.port,
            open: (api, realtime, limiter, fallback) => {
              server.on('upgrade', realtime.upgrade)
              handler = (request, peerAddress) => route(request, peerAddress, api, limiter, fallback)
            },
            close: () => (closing ??= close(server as Server)),
          }),
        )
      },
    )
    const onError = (error: NodeJS.ErrnoException) => {
      resolve(
        error.code === 'EADDRINUSE'
          ? fail(
              'port_taken',
              `Port ${port} is taken. Stop what uses it, or choose another one with --port (0 finds a free one).`,
            )
          : fail(
              'port_refused',
              `Port ${port} can't be used (${error.code ?? error.message}). Choose another one with --port.`,
            ),
      )
    }
    server.once('error', onError)
  })
}

function peerAddressOf(env: unknown): string | null {
  const incoming = typeof env === 'object' && env !== null && 'incoming' in env ? env.incoming : null
  if (typeof incoming !== 'object' || incoming === null || !('socket' in incoming)) return null
  const socket = incoming.socket
  return typeof socket === 'object' &&
    socket !== null &&
    'remoteAddress' in socket &&
    typeof socket.remoteAddress === 'string'
    ? socket.remoteAddress
    : null
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 2_000)
  await closed
  clearTimeout(timer)
}

const OF_SUPABASE = /^\/(rest|auth|realtime|storage|functions|graphql)\/v1(\/|$)/

async function route(
  request: Request,
  peerAddress: string | null,
  api: Api,
  limiter: SignInLimiter,
  fallback: Fallback | undefined,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  if (!OF_SUPABASE.test(pathname)) return fallback === undefined ? nothingHere() : fallback(request)
  const early = preflight(request)
  if (early !== null) return early
  if (pathname === '/auth/v1/token' && searchParams.get('grant_type') === 'password' && request.method === 'POST') {
    return readableAnywhere(await signIn(request, peerAddress, api, limiter))
  }
  const served = pathname.startsWith('/rest/') || pathname.startsWith('/auth/')
  return readableAnywhere(served ? await api.fetch(request, peerAddress) : nothingHere())
}

function nothingHere(): Response {
  return json(404, 'not_found', 'There is nothing at this address.')
}

async function signIn(
  request: Request,
  peerAddress: string | null,
  api: Api,
  limiter: SignInLimiter,
): Promise<Response> {
  const key = `${peerAddress ?? ''} ${await emailOf(request)}`
  const wait = await limiter.admit(key)
  if (wait !== null) {
    return json(429, 'over_request_rate_limit', `Too many wrong passwords. Try again in ${wait} s.`, {
      'retry-after': String(wait),
    })
  }
  let outcome: 'right' | 'wrong' | 'unknown' = 'unknown'
  try {
    const response = await api.fetch(request, peerAddress)
    outcome = response.ok ? 'right' : response.status < 500 ? 'wrong' : 'unknown'
    return response
  } finally {
    limiter.settle(key, outcome)
  }
}

async function emailOf(request: Request): Promise<string> {
  try {
    const body: unknown = await request.clone().json()
    return typeof body === 'object' && body !== null && 'email' in body ? String(body.email).toLowerCase() : ''
  } catch {
    return ''
  }
}

/** An error in the form that supabase-js reads from both of its APIs; any origin may read it, as in Lite. */
function json(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { code, error_code: code, message, msg: message },
    { status, headers: { 'access-control-allow-origin': '*', ...headers } },
  )
}
