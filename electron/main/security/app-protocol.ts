import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Protocol } from 'electron'
import { APP_SCHEME } from './app-origin.ts'
import { bundlePath } from './bundle-path.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/** What the app's own protocol serves. */
export interface BundleOptions {
  /** Folder of the built renderer. */
  readonly bundleDir: string
  /** Value of the `Content-Security-Policy` header, asked at each request: the first run ends in another one. */
  readonly policy: () => string
}

/** Declares `app:` as a proper origin with storage, fetch and workers. Must run before the app is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built renderer under `app://bundle/`. Must run after the app is ready. */
export function serveBundle(protocol: Pick<Protocol, 'handle'>, options: BundleOptions): void {
  protocol.handle(APP_SCHEME, (request) => answerBundleRequest(request, options))
}

/** Answers one request: a file of the bundle, 404 where there is none, 4xx where it may not be asked for. */
export async function answerBundleRequest(
  request: Pick<Request, 'url' | 'method'>,
  options: BundleOptions,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, null, 'text/plain', options)
  const found = bundlePath(request.url, options.bundleDir)
  if (found.kind === 'refused') return answer(found.status, null, 'text/plain', options)
  const type = CONTENT_TYPES[extname(found.path)] ?? 'application/octet-stream'
  try {
    // Electron's file system reads from the ASAR archive too.
    const body = await readFile(found.path)
    return answer(200, request.method === 'HEAD' ? null : new Uint8Array(body), type, options)
  } catch {
    return answer(404, null, 'text/plain', options)
  }
}

function answer(
  status: number,
  body: Uint8Array<ArrayBuffer> | null,
  type: string,
  { policy }: BundleOptions,
): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': policy(),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
  })
}
