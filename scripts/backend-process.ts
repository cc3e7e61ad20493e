import { join, resolve } from 'node:path'
import { type Backend, type BackendOptions, startBackend } from '#database/embedded/backend.ts'
import { endWith, wholeNumber } from './cli.ts'
import { npmAncestors, whenGone } from './npm-ancestors.ts'

/** The options that `npm start` and `npm run backend` share, as `readOptions` wants them. */
export const BACKEND_OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  customers: { type: 'string' },
} as const

/** The shared options as text from the command line. */
interface BackendArguments {
  readonly port?: string
  readonly data?: string
  readonly customers?: string
}

/** The shared options, checked; a bad one ends the process with a sentence. */
export function backendOptions(given: BackendArguments, defaultPort: number): BackendOptions {
  if (given.data === '') endWith('--data names a folder: leave it out for the default one.')
  return {
    port: wholeNumber('port', given.port, defaultPort, 0, 65_535),
    dataDir: resolve(given.data ?? join(import.meta.dirname, '..', '.tradesphere', 'backend')),
    customers: wholeNumber('customers', given.customers, 1_000, 0, 1_000_000),
  }
}

/**
 * Starts the embedded backend for the life of this process: it ends cleanly on SIGINT and SIGTERM, and
 * when the npm that runs it is gone, also while it is still starting. When it can't start, the process ends with the reason.
 */
export async function runBackend(
  options: BackendOptions,
): Promise<{ readonly backend: Backend; readonly stop: () => void }> {
  let backend: Backend | null = null
  let stopping = false
  const stop = (): void => {
    if (stopping && backend === null) return
    stopping = true
    backend?.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  whenGone(npmAncestors(), stop)
  const started = await startBackend(options)
  if (!started.ok) return endWith(started.error.message)
  backend = started.value
  if (stopping) {
    await backend.close()
    process.exit(0)
  }
  return { backend, stop }
}
