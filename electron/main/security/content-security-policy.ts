/**
 * The policy sent with every answer of `app://bundle/`. Styles may be inline because the component
 * library injects style tags; scripts never are.
 * @param backend where the app may connect besides itself: the origin of the configured backend,
 *   `https:` or loopback `http:` (checked when the configuration is read). Its WebSocket twin is
 *   allowed too, for Realtime.
 */
export function contentSecurityPolicy(backend: string): string {
  const { protocol, host, origin } = new URL(backend)
  const socket = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${origin} ${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
