import { afterAll } from 'vitest'
import { startTestBackend, type TestBackend } from './test-backend.ts'

/** More than any start takes, in milliseconds: Vitest bounds hooks and tests, not the loading of a file. */
const START_MS = 120_000

/**
 * The backend of a test file: started as the file is loaded, gone when its last test is over, or with its
 * process where no test of it runs (Vitest calls no hook of a file that is filtered out or fails to load).
 *
 * @throws Error when it has not started in two minutes.
 */
export async function suiteBackend(customers?: number): Promise<TestBackend> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('The backend has not started in two minutes.')), START_MS)
  const server = await Promise.race([startTestBackend(customers), late.promise]).finally(() => clearTimeout(timer))
  const endWithProcess = () => void server.close().finally(() => process.kill(process.pid, 'SIGKILL'))
  process.once('SIGTERM', endWithProcess)
  afterAll(async () => {
    process.off('SIGTERM', endWithProcess)
    await server.close()
  })
  return server
}
