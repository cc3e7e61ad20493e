/**
 * Chromium can't register `app:` without Electron, so the stand-in shows `app://bundle/x` as
 * `https://bundle.app.localhost/x`: a secure origin of its own, answered by the app's protocol handler.
 * @param schemes the schemes that the app registered
 */
export function toWebUrl(url: string, schemes: ReadonlySet<string>): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  return scheme !== undefined && schemes.has(scheme) ? `https://${host}.${scheme}.localhost${rest}` : url
}

/** The way back of `toWebUrl`. */
export function toAppUrl(url: string, schemes: ReadonlySet<string>): string {
  const [, host, scheme, rest] = /^https:\/\/([^/?#]+)\.([a-z0-9]+)\.localhost(.*)$/i.exec(url) ?? []
  return scheme !== undefined && schemes.has(scheme) ? `${scheme}://${host}${rest}` : url
}
