/**
 * `npm start`: the embedded backend with its demo company, then the app: in Electron where its
 * runtime is installed, else in the browser.
 *   npm start -- [--port N] [--no-open] [--customers N] [--data DIR]
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Backend, startBackend } from '#database/embedded/backend.ts'
import { buildWhenStale } from './build-when-stale.ts'
import { endWith, readOptions, wholeNumber } from './cli.ts'
import { webHost } from './web-host.ts'

const root = resolve(import.meta.dirname, '..')
const DEFAULT_PORT = 4180

const options = readOptions('npm start -- [--port N] [--no-open] [--customers N] [--data DIR]', {
  port: { type: 'string' },
  open: { type: 'boolean' },
  customers: { type: 'string' },
  data: { type: 'string' },
})
const port = wholeNumber('port', options.port, DEFAULT_PORT, 0, 65_535)
const customers = wholeNumber('customers', options.customers, 1_000, 0, 1_000_000)
const dataDir = resolve(options.data ?? join(root, '.tradesphere', 'backend'))
const say = (text: string) => process.stderr.write(`${text}\n`)

const electron = options.open === false ? null : electronBinary()
buildWhenStale(root, electron === null ? ['web'] : ['web', 'electron'], say)

let running: Backend | null = null
const host = webHost(join(root, 'out/web'), () => {
  if (running === null) throw new Error('asked for its address before it listens')
  return { supabaseUrl: running.url, publishableKey: running.publishableKey }
})
const started = await startBackend({ port, dataDir, customers, fallback: host })
if (!started.ok) endWith(started.error.message)
const backend = started.value
running = backend

const stop = async () => {
  await backend.close()
  process.exit(0)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

if (electron !== null) {
  const config = JSON.stringify({ supabaseUrl: backend.url, publishableKey: backend.publishableKey })
  const app = spawn(electron, [root], { stdio: 'ignore', env: { ...process.env, TRADESPHERE_CONFIG: config } })
  app.once('exit', stop)
} else if (options.open !== false) {
  openBrowser(backend.url)
}
console.log(
  `ready ${JSON.stringify({ url: backend.url, app: electron === null ? 'browser' : 'electron', users: backend.users })}`,
)

/** Electron's binary, found without `require('electron')`, which would try to download it. */
function electronBinary(): string | null {
  const folder = join(root, 'node_modules/electron')
  const named = join(folder, 'path.txt')
  if (!existsSync(named)) return null
  const file = join(folder, 'dist', readFileSync(named, 'utf8').trim())
  return existsSync(file) ? file : null
}

/** Asks the system for its browser; where there is none, the printed address has to do. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url]
  if (command === undefined) return
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => say(`Open ${url} in your browser.`))
    .unref()
}
