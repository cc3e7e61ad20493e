import { RealtimeClient } from '@supabase/supabase-js'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { HintListener, HintSource } from './hints.ts'

/** A connection that says nothing for two of these, in milliseconds, is dead. */
const HEARTBEAT_MS = 10_000
/** Longest wait for the connection and for the answer to a join, in milliseconds. */
const JOIN_TIMEOUT_MS = 10_000

/**
 * Hints over Supabase Realtime: the private broadcast channel `company:<id>`, through the unmodified
 * client. Its own reconnecting is not used: after sleep it has been seen to stay joined to a dead
 * socket. Each connection is a client of its own, and whoever opened it decides what comes next.
 *
 * @param token a token that should still be good; asked at each heartbeat, so that the channel
 *   outlives it
 */
export function createSupabaseHints(config: BackendConfig, token: () => Promise<string>): HintSource {
  return {
    open: (companyId, listener) => {
      let client: RealtimeClient | null = null
      let isOver = false
      const end = () => {
        if (isOver) return false
        isOver = true
        // Nobody waits for the goodbye, and a socket that is gone can't say one.
        void client?.disconnect().catch(() => undefined)
        return true
      }
      const fail = () => {
        if (end()) listener.onEnd()
      }
      token()
        .then(() => {
          if (isOver) return
          client = connect(config, token, companyId, { ...listener, onEnd: fail })
        })
        .catch(fail)
      return () => void end()
    },
  }
}

function connect(
  config: BackendConfig,
  token: () => Promise<string>,
  companyId: string,
  { onHint, onOpen, onEnd }: HintListener,
): RealtimeClient {
  const client = new RealtimeClient(realtimeUrl(config), {
    params: { apikey: config.publishableKey },
    accessToken: token,
    heartbeatIntervalMs: HEARTBEAT_MS,
    timeout: JOIN_TIMEOUT_MS,
    heartbeatCallback: (status) => {
      if (status === 'timeout' || status === 'disconnected' || status === 'error') onEnd()
    },
  })
  const channel = client.channel(`company:${companyId}`, { config: { private: true } })
  channel.on('broadcast', { event: 'changed' }, () => onHint())
  // The join carries the token: without one a private channel refuses.
  client
    .setAuth()
    .then(() => channel.subscribe((state) => (state === 'SUBSCRIBED' ? onOpen() : onEnd())))
    .catch(onEnd)
  return client
}

function realtimeUrl({ supabaseUrl }: BackendConfig): string {
  const url = new URL('realtime/v1', supabaseUrl.endsWith('/') ? supabaseUrl : `${supabaseUrl}/`)
  url.protocol = url.protocol.replace('http', 'ws')
  return url.href
}
