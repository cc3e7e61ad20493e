import { extname, resolve, sep } from 'node:path'
import { isAppUrl } from './app-origin.ts'

/** Which file of the bundle a URL names, or the HTTP status of the refusal. */
export type BundlePath =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'refused'; readonly status: 400 | 403 }

/**
 * Maps a URL under `app://bundle/` to a file below `bundleDir`. Whatever decodes to a place outside
 * of it is refused. A path without a file ending is a screen of the app and gets `index.html`.
 */
export function bundlePath(url: string, bundleDir: string): BundlePath {
  if (!isAppUrl(url)) return { kind: 'refused', status: 403 }
  const decoded = decode(new URL(url).pathname)
  // A backslash is a separator on Windows only; refusing it everywhere keeps one behaviour to test.
  if (decoded === null || decoded.includes('\\') || decoded.includes('\0')) return { kind: 'refused', status: 400 }
  const root = resolve(bundleDir)
  const file = resolve(root, `.${decoded}`)
  if (file !== root && !file.startsWith(root + sep)) return { kind: 'refused', status: 403 }
  return { kind: 'file', path: extname(file) === '' ? resolve(root, 'index.html') : file }
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
