/** The embedded backend as a process of its own, so that it can be killed: told its port and folder, it prints `ready`. */
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { startBackend } from '#database/embedded/backend.ts'

const [port = '0', dataDir = ''] = process.argv.slice(2)
const onLog = (line: string) => console.log(`log ${line}`)
const started = await startBackend({ port: Number(port), dataDir, customers: 4, onLog })
if (!started.ok) {
  console.error(started.error.message)
  process.exit(1)
}
const { url, publishableKey, postgresUrl, close } = started.value
console.log(`ready ${JSON.stringify({ url, publishableKey, postgresUrl })}`)
// The parent is gone, in whatever way: so is the channel to it. Nobody else takes its folder away.
process.on('disconnect', () => {
  void close()
    .then(() => rm(dirname(dataDir), { recursive: true, force: true }))
    .finally(() => process.exit(0))
})
