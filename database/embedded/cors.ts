/**
 * Cross-origin answers for the API: the desktop app (`app://`) and a development server call it
 * from another origin. Supabase Lite leaves them out of its auth answers and sends browsers' preflights
 * of an RPC to the RPC. Any origin may ask, as on hosted Supabase: the key and the token decide.
 */

const METHODS = 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD'
const READABLE =
  'Content-Range, Content-Location, Preference-Applied, Retry-After, X-Sb-Error-Code, X-Supabase-Api-Version'

/** The answer to a preflight; null when the request is none. */
export function preflight(request: Request): Response | null {
  if (request.method !== 'OPTIONS' || !request.headers.has('access-control-request-method')) return null
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '',
      'access-control-max-age': '86400',
    },
  })
}

/** Makes an answer readable from any origin. Its body is not touched: the server sends a text as it is. */
export function readableAnywhere(response: Response): Response {
  const { headers } = response
  headers.set('access-control-allow-origin', '*')
  headers.set('access-control-expose-headers', READABLE)
  headers.delete('access-control-allow-credentials')
  return response
}
