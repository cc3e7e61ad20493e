/**
 * The Content-Security-Policy of the app, the same in Electron and in a browser. Styles may be
 * inline because the component library injects style tags; scripts never.
 *
 * @param connect origins beside the app's own that it may talk to: the backend, `https:`/`wss:`, or `http:`/`ws:` on loopback.
 */
export function contentSecurityPolicy(connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
