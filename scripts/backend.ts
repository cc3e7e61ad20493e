/**
 * `npm run backend`: the embedded backend alone, until SIGINT or SIGTERM.
 *   npm run backend -- [--port N] [--data DIR] [--customers N]
 * Prints one line: `ready {"url", "publishableKey", "secretKey", "postgresUrl", "users"}`.
 */
import { BACKEND_OPTIONS, backendOptions, runBackend } from './backend-process.ts'
import { readOptions } from './cli.ts'

const DEFAULT_PORT = 54_321

const given = readOptions('npm run backend -- [--port N] [--data DIR] [--customers N]', BACKEND_OPTIONS)
const { backend } = await runBackend(backendOptions(given, DEFAULT_PORT))
const { close: _, ...ready } = backend
console.log(`ready ${JSON.stringify(ready)}`)
