/**
 * `npm start`: the embedded backend with its demo company, then the app: in Electron where its
 * runtime is installed, else in the browser.
 *   npm start -- [--port N] [--no-open] [--customers N] [--data DIR]
 */
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Backend } from '#database/embedded/backend.ts'
import { BACKEND_OPTIONS, backendOptions, runBackend } from './backend-process.ts'
import { buildWhenStale } from './build-when-stale.ts'
import { readOptions } from './cli.ts'
import { electronBinary } from './electron-binary.ts'
import { webHost } from './web-host.ts'

const root = resolve(import.meta.dirname, '..')
const DEFAULT_PORT = 4180

const options = readOptions('npm start -- [--port N] [--no-open] [--customers N] [--data DIR]', {
  ...BACKEND_OPTIONS,
  open: { type: 'boolean' },
})
const checked = backendOptions(options, DEFAULT_PORT)
const say = (text: string) => process.stderr.write(`${text}\n`)

const electron = options.open === false ? null : electronBinary()
buildWhenStale(root, electron === null ? ['web'] : ['web', 'electron'], say)

let running: Backend | null = null
const fallback = webHost(join(root, 'out/web'), () => {
  if (running === null) throw new Error('asked for its address before it listens')
  return { supabaseUrl: running.url, publishableKey: running.publishableKey }
})
const { backend, stop } = await runBackend({ ...checked, fallback })
running = backend

if (electron !== null) {
  const config = JSON.stringify({ supabaseUrl: backend.url, publishableKey: backend.publishableKey })
  const app = spawn(electron, [root], { stdio: 'ignore', env: { ...process.env, TRADESPHERE_CONFIG: config } })
  app.once('exit', stop)
  app.once('error', () => say(`Electron could not be started. Open ${backend.url} in your browser.`))
} else if (options.open !== false) {
  openBrowser(backend.url)
}
console.log(
  `ready ${JSON.stringify({ url: backend.url, app: electron === null ? 'browser' : 'electron', users: backend.users })}`,
)

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
