/**
 * Where the app may connect besides itself: the origin of the configured backend and its WebSocket
 * twin (Realtime). Which addresses are acceptable at all is checked when the configuration is read.
 */
export function backendSources(backend: string): readonly [http: string, socket: string] {
  const { protocol, host, origin } = new URL(backend)
  return [origin, `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`]
}
