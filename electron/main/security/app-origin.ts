/** The bundled app is served under `app://bundle/`: an origin of its own, which `file://` is not. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'bundle'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_START_URL = `${APP_ORIGIN}/index.html`

/**
 * Whether a URL lies in the bundled app. `URL.origin` is "null" for schemes that Node doesn't know,
 * so scheme and host are compared themselves; a prefix test would let `app://bundle.evil/` pass.
 */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  // `host` holds the port too: `app://bundle:80/` is somebody else.
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === ''
}
