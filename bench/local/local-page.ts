import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { build } from 'vite'

const SCRIPT = '/local.js'

/** Serves a page with the storages, on an address of this machine. */
export async function serveLocalPage(): Promise<{ readonly url: string; readonly close: () => void }> {
  const script = await bundle(resolve(import.meta.dirname, 'local-client.ts'))
  const server = createServer((request, response) => {
    const isScript = request.url === SCRIPT
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8')
    response.end(
      isScript ? script : `<!doctype html><title>local</title><script type="module" src="${SCRIPT}"></script>`,
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2024', lib: { entry, formats: ['es'], fileName: 'local' } },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const chunk = outputs.find((output) => output.type === 'chunk' && output.isEntry)
  if (chunk?.type !== 'chunk') throw new Error('the storages could not be bundled')
  return chunk.code
}
