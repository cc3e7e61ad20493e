// npm run backend -- --port N --data DIR --customers N
// The embedded backend alone. Prints one line `ready {json}` and runs until SIGINT or SIGTERM.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startBackend } from '#database/embedded/backend.ts'

const argumentsSchema = z.object({
  port: z.coerce.number('--port is a number').int().min(0, '--port is 0 to 65535').max(65_535, '--port is 0 to 65535'),
  data: z.string().min(1, '--data names a folder'),
  customers: z.coerce
    .number('--customers is a number')
    .int('--customers is a whole number')
    .min(0, '--customers is 0 to 1000000')
    .max(1_000_000, '--customers is 0 to 1000000'),
})

function refuse(message: string): never {
  process.stderr.write(`${message.replaceAll('\n', ' ')}\n`)
  process.exit(2)
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '54321' },
        data: { type: 'string', default: join(import.meta.dirname, '..', '.tradesphere', 'backend') },
        customers: { type: 'string', default: '1000' },
      },
    })
    return argumentsSchema.parse(values)
  } catch (error) {
    const reason = error instanceof z.ZodError ? error.issues[0]?.message : error instanceof Error ? error.message : ''
    return refuse(`${reason}. Use: npm run backend -- --port N --data DIR --customers N`)
  }
}

const { port, data, customers } = readArguments()
let stop: (() => void) | undefined
let stopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopped = true
    stop?.()
  })
}

const backend = await startBackend({ port, dataDir: data, customers })
if (!backend.ok) refuse(backend.error.message)
const { close, ...ready } = backend.value
stop = () => {
  close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}
if (stopped) stop()
else process.stdout.write(`ready ${JSON.stringify(ready)}\n`)
