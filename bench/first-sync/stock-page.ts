import { resolve } from 'node:path'
import { build } from 'vite'

/** Where the page with the stock client is served. */
export const STOCK_PAGE = '/bench/stock.html'
const SCRIPT = '/bench/stock.js'

/** Bundles the stock client for the browser and answers the requests for its page; null: not for it. */
export async function stockPage(): Promise<(request: Request) => Response | null> {
  const script = await bundle(resolve(import.meta.dirname, 'stock-client.ts'))
  return (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === SCRIPT)
      return new Response(script, { headers: { 'content-type': 'text/javascript; charset=utf-8' } })
    if (pathname !== STOCK_PAGE) return null
    const page = `<!doctype html><title>stock</title><script type="module" src="${SCRIPT}"></script>`
    return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2024', lib: { entry, formats: ['es'], fileName: 'stock' } },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const chunk = outputs.find((output) => output.type === 'chunk' && output.isEntry)
  if (chunk?.type !== 'chunk') throw new Error('the stock client could not be bundled')
  return chunk.code
}
