import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import { contentSecurityPolicy } from '#shared/util/content-security-policy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=()',
}

/**
 * Serves the built web app from `outDir`, with the security headers, and `/config.json`, which
 * tells the app where its backend is. Unknown paths without a file extension get the app (routes).
 *
 * @param config asked at each request, since the port is known only once the server listens.
 */
export function webHost(outDir: string, config: () => BackendConfig): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET is served here.')
    const path = safePath(new URL(request.url).pathname)
    if (path === null) return plain(400, 'This address is not valid.')
    if (path === '/config.json') {
      return Response.json(config(), { headers: { ...SECURITY_HEADERS, 'cache-control': 'no-store' } })
    }
    const wanted = path === '/' || extname(path) === '' ? '/index.html' : path
    const file = join(outDir, wanted)
    const found = await stat(file).catch(() => null)
    if (found === null || !found.isFile()) return plain(404, 'Not found.')
    // Hashed assets never change; the entry points must be asked for each time, or an update never arrives.
    const cache = wanted.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    const headers = {
      ...SECURITY_HEADERS,
      'cache-control': cache,
      'content-length': String(found.size),
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    }
    if (request.method === 'HEAD') return new Response(null, { headers })
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, { headers })
  }
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
}

/** The decoded path, or null where it is malformed or would leave the folder. */
function safePath(raw: string): string | null {
  try {
    const path = decodeURIComponent(raw)
    if (path.includes('\0') || path.includes('\\')) return null
    const clean = normalize(path).split(sep).join('/')
    return clean.startsWith('/') && !clean.includes('..') ? clean : null
  } catch {
    return null
  }
}
