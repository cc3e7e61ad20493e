import { createConnection, createServer, type Socket } from 'node:net'

/**
 * What the network does to connections:
 * - `up`: passes everything;
 * - `cut`: resets what is open and whatever is opened: no network, or a dead server;
 * - `paused`: accepts and keeps connections, but nothing moves until it is up again: a tunnel;
 * - `deaf`: requests reach the server, its answers are lost and the connection is reset afterwards:
 *   the server did it, but nobody was told.
 */
export type NetworkMode = 'up' | 'cut' | 'paused' | 'deaf'

/** A cable between a laptop and the backend, with somebody's hand on it. */
export interface NetworkSwitch {
  /** The address to give to the laptop, e.g. `http://127.0.0.1:41234`. The same in every mode. */
  readonly url: string
  readonly mode: () => NetworkMode
  readonly set: (mode: NetworkMode) => void
  /** Lets connections to Realtime through, or breaks those and only those. */
  readonly setHints: (areUp: boolean) => void
  /** Connections to Realtime that are open now. */
  readonly hintConnections: () => number
  /** Bytes that went through so far, each way: to act in the middle of a transfer. */
  readonly passed: () => { readonly up: number; readonly down: number }
  readonly close: () => Promise<void>
}

/**
 * Starts a TCP proxy on a free port of this machine. Needed beside Playwright's `setOffline`, which
 * does reach dedicated workers (their fetches fail and their `navigator.onLine` turns false, though
 * only the page gets the `offline` and `online` events; Chromium 156), but can't break a transfer
 * in the middle, lose an answer, or be a server that is down while the network is there.
 * @param target where to connect to, asked at every connection, since a restarted server may have
 *   moved; null: nothing is there, the connection is reset
 */
export async function startNetworkSwitch(target: () => URL | null): Promise<NetworkSwitch> {
  let mode: NetworkMode = 'up'
  const passed = { up: 0, down: 0 }
  const sockets = new Set<Socket>()
  const hints = new Set<Socket>()
  let hintsAreUp = true
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    // A reset connection is what this is for.
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
    return socket
  }

  const server = createServer({ noDelay: true }, (client) => {
    keep(client)
    const goal = mode === 'cut' ? null : target()
    if (goal === null) {
      client.resetAndDestroy()
      return
    }
    const { hostname, port } = goal
    const upstream = keep(createConnection({ host: hostname, port: Number(port), noDelay: true }))
    client.once('data', (chunk: Buffer) => {
      if (!chunk.subarray(0, HINTS.length).equals(HINTS)) return
      hints.add(client)
      client.once('close', () => hints.delete(client))
      if (!hintsAreUp) client.resetAndDestroy()
    })
    forward(
      client,
      upstream,
      () => mode,
      (bytes) => {
        if (client.destroyed) return false
        passed.up += bytes
        return true
      },
    )
    forward(
      upstream,
      client,
      () => mode,
      (bytes) => {
        if (mode === 'deaf') {
          client.resetAndDestroy()
          upstream.destroy()
          return false
        }
        passed.down += bytes
        return true
      },
    )
    if (mode === 'paused') {
      client.pause()
      upstream.pause()
    }
  })
  await new Promise<void>((done, refuse) => {
    server.once('error', refuse)
    server.listen(0, '127.0.0.1', done)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the switch listens on no port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    mode: () => mode,
    set: (next) => {
      mode = next
      for (const socket of sockets) {
        if (next === 'cut') socket.resetAndDestroy()
        else if (next === 'paused') socket.pause()
        else socket.resume()
      }
    },
    setHints: (areUp) => {
      hintsAreUp = areUp
      if (!areUp) for (const socket of hints) socket.resetAndDestroy()
    },
    hintConnections: () => hints.size,
    passed: () => ({ ...passed }),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** How a connection to Realtime begins: a WebSocket has one of its own. */
const HINTS = Buffer.from('GET /realtime/')

/** Passes data on one way, no faster than the other side takes it. `allow` says whether it may pass. */
function forward(from: Socket, to: Socket, mode: () => NetworkMode, allow: (bytes: number) => boolean): void {
  from.on('data', (chunk: Buffer) => {
    if (!allow(chunk.length)) return
    if (to.write(chunk)) return
    from.pause()
    to.once('drain', () => {
      if (mode() !== 'paused') from.resume()
    })
  })
  from.on('end', () => to.end())
  from.on('close', (hadError) => {
    if (hadError) to.resetAndDestroy()
    else to.end()
  })
}
