/** The status of an answer that stands for "nobody answered": the auth client must not repeat by itself. */
export const NO_ANSWER = 499

/**
 * Wraps `fetch` so that a failed refresh of the session is told at once. supabase-js would repeat it
 * for up to 30 s inside one call, deaf to the network coming back; the sync loop has pauses of its
 * own. So no network, a failing gateway, a captive portal's page and silence all become one plain refusal.
 */
export function withSingleRefresh(fetchImpl: typeof fetch, timeoutMs: number): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (!url.includes('/token?grant_type=refresh_token')) return fetchImpl(input, init)
    try {
      const answer = await fetchImpl(input, { ...init, signal: AbortSignal.timeout(timeoutMs) })
      const isOurs = answer.status < 500 && (answer.headers.get('content-type') ?? '').includes('json')
      return isOurs ? answer : noAnswer()
    } catch {
      return noAnswer()
    }
  }
}

function noAnswer(): Response {
  return new Response('{"msg":"no answer"}', {
    status: NO_ANSWER,
    headers: { 'content-type': 'application/json' },
  })
}
