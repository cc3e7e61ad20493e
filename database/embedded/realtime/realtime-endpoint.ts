import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import postgres from 'postgres'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { BackendSecrets } from '../data-folder.ts'
import { NOTIFY_CHANNEL } from './bootstrap-realtime.ts'
import { type PhoenixMessage, type ProtocolVersion, readMessage, writeMessage } from './phoenix-message.ts'
import { mayRead } from './topic-access.ts'
import { type Claims, verifyToken } from './verify-token.ts'

/** The WebSocket side of the backend. */
export interface RealtimeEndpoint {
  /** Takes over a connection that asks for `/realtime/v1/websocket`; refuses any other. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Ends every connection. May be called twice. */
  readonly close: () => Promise<void>
}

/** Where in `realtime:company:<id>` the topic of the policies begins. */
const PREFIX = 'realtime:'
const MOST_CHANNELS = 100
/** A client that doesn't read is cut off: it comes back and pulls. */
const MOST_UNSENT_BYTES = 1_000_000
/** setTimeout's longest wait. */
const LONGEST_TIMER_MS = 2_147_483_647

interface Channel {
  readonly joinRef: string | null
  claims: Claims
  expiry: NodeJS.Timeout
}

interface Connection {
  readonly socket: WebSocket
  readonly version: ProtocolVersion
  readonly channels: Map<string, Channel>
}

const broadcastSchema = z.object({
  topic: z.string(),
  event: z.string(),
  payload: z.record(z.string(), z.unknown()),
  private: z.boolean(),
})
type Broadcast = z.infer<typeof broadcastSchema>

const joinSchema = z.object({
  config: z.object({ private: z.boolean().catch(false) }).catch({ private: false }),
  access_token: z.unknown(),
})

/**
 * Serves what Supabase Lite has no part for: private broadcast channels of Supabase Realtime, fed by
 * `realtime.send` in the database, so that an unmodified supabase-js gets its hints. Join, leave,
 * heartbeat and token renewal; nobody sends, and there is no presence and no replication here.
 * `ownerUrl`: a superuser, who asks the policies (see `mayRead`) and listens.
 */
export async function createRealtimeEndpoint(ownerUrl: string, secrets: BackendSecrets): Promise<RealtimeEndpoint> {
  const sql = postgres(ownerUrl, { max: 2, onnotice: () => {} })
  const connections = new Set<Connection>()
  const server = new WebSocketServer({ noServer: true, maxPayload: 65_536 })

  const send = ({ socket, version }: Connection, message: PhoenixMessage) => {
    if (socket.bufferedAmount > MOST_UNSENT_BYTES) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(writeMessage(message, version))
  }
  const reply = (to: Connection, { joinRef, ref, topic }: PhoenixMessage, status: 'ok' | 'error', response: object) =>
    send(to, { joinRef, ref, topic, event: 'phx_reply', payload: { status, response } })

  /** As hosted: says why, then closes the channel; the client may join again with a good token. */
  const closeChannel = (of: Connection, topic: string, reason: string) => {
    const channel = of.channels.get(topic)
    if (channel === undefined) return
    leave(of, topic)
    const { joinRef } = channel
    const payload = { extension: 'system', status: 'error', message: reason, channel: topic.slice(PREFIX.length) }
    send(of, { joinRef, ref: null, topic, event: 'system', payload })
    send(of, { joinRef, ref: joinRef, topic, event: 'phx_close', payload: {} })
  }
  const leave = (of: Connection, topic: string) => {
    clearTimeout(of.channels.get(topic)?.expiry)
    of.channels.delete(topic)
  }
  const expireAt = (of: Connection, topic: string, claims: Claims) =>
    setTimeout(
      () => closeChannel(of, topic, 'Token has expired'),
      Math.min(Math.max(claims.exp * 1_000 - Date.now(), 0), LONGEST_TIMER_MS),
    )

  const join = async (of: Connection, message: PhoenixMessage) => {
    const { topic } = message
    const refuse = (reason: string) => reply(of, message, 'error', { reason })
    const wish = joinSchema.safeParse(message.payload)
    if (!wish.success || !wish.data.config.private) {
      return refuse('PrivateOnly: This project only allows private channels')
    }
    if (!topic.startsWith(PREFIX) || (of.channels.size >= MOST_CHANNELS && !of.channels.has(topic))) {
      return refuse('ChannelRateLimitReached: Too many channels')
    }
    const claims = verifyToken(wish.data.access_token, secrets.jwtSecret)
    if (claims === null) return refuse('InvalidJWTToken: Sign in to join this channel')
    const name = topic.slice(PREFIX.length)
    if (!(await mayRead(sql, claims, name))) {
      return refuse(`Unauthorized: You do not have permissions to read from this Channel topic: ${name}`)
    }
    // Gone while we asked: a timer would outlive the connection.
    if (!connections.has(of)) return
    leave(of, topic)
    of.channels.set(topic, { joinRef: message.joinRef, claims, expiry: expireAt(of, topic, claims) })
    reply(of, message, 'ok', { postgres_changes: [] })
  }

  const renew = async (of: Connection, { topic, payload }: PhoenixMessage) => {
    const channel = of.channels.get(topic)
    if (channel === undefined) return
    const claims = verifyToken(payload.access_token, secrets.jwtSecret)
    if (claims === null) return closeChannel(of, topic, 'Token is not valid')
    if (!(await mayRead(sql, claims, topic.slice(PREFIX.length)))) {
      return closeChannel(of, topic, 'You do not have permissions to read from this Channel topic')
    }
    if (of.channels.get(topic) !== channel) return
    clearTimeout(channel.expiry)
    channel.claims = claims
    channel.expiry = expireAt(of, topic, claims)
  }

  const receive = async (of: Connection, message: PhoenixMessage) => {
    if (message.event === 'phx_join') return join(of, message)
    if (message.event === 'access_token') return renew(of, message)
    if (message.event === 'phx_leave') {
      leave(of, message.topic)
      reply(of, message, 'ok', {})
      return send(of, { ...message, event: 'phx_close', payload: {} })
    }
    // Heartbeats. Broadcasts of clients are dropped: no policy lets anybody send.
    if (message.event === 'heartbeat' && message.topic === 'phoenix') reply(of, message, 'ok', {})
  }

  const deliver = async (broadcast: Broadcast) => {
    const topic = PREFIX + broadcast.topic
    const { event, payload } = broadcast
    const listeners = [...connections].filter(({ channels }) => channels.has(topic))
    for (const to of listeners) {
      send(to, { joinRef: null, ref: null, topic, event: 'broadcast', payload: { type: 'broadcast', event, payload } })
    }
    // Somebody's membership changed: stricter than hosted, which asks again when the token is renewed.
    const { collections } = payload
    if (!Array.isArray(collections) || !collections.includes('workspace')) return
    for (const of of listeners) {
      const channel = of.channels.get(topic)
      if (channel !== undefined && !(await mayRead(sql, channel.claims, broadcast.topic))) {
        closeChannel(of, topic, 'You do not have permissions to read from this Channel topic')
      }
    }
  }

  await sql.listen(NOTIFY_CHANNEL, (text) => {
    const broadcast = broadcastSchema.safeParse(JSON.parse(text))
    if (broadcast.success && broadcast.data.private) void deliver(broadcast.data)
  })

  const accept = (socket: WebSocket, version: ProtocolVersion) => {
    const connection: Connection = { socket, version, channels: new Map() }
    connections.add(connection)
    // One after another: a leave must not overtake its join.
    let queue = Promise.resolve()
    socket.on('message', (data, isBinary) => {
      const message = isBinary ? null : readMessage(data.toString(), version)
      if (message !== null) queue = queue.then(() => receive(connection, message))
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      connections.delete(connection)
      for (const topic of connection.channels.keys()) leave(connection, topic)
    })
  }

  let closing: Promise<void> | undefined
  return {
    upgrade: (request, socket, head) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
      const key = searchParams.get('apikey') ?? request.headers.apikey
      const status =
        pathname !== '/realtime/v1/websocket'
          ? '404 Not Found'
          : key !== secrets.publishableKey && key !== secrets.secretKey
            ? '401 Unauthorized'
            : null
      if (status !== null || closing !== undefined) {
        socket.end(`HTTP/1.1 ${status ?? '503 Service Unavailable'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
        return
      }
      const version = searchParams.get('vsn') === '2.0.0' ? '2.0.0' : '1.0.0'
      server.handleUpgrade(request, socket, head, (accepted) => accept(accepted, version))
    },
    close: () => {
      closing ??= (async () => {
        for (const { socket } of connections) socket.terminate()
        server.close()
        await sql.end({ timeout: 5 })
      })()
      return closing
    },
  }
}
