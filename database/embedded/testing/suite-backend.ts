import { afterAll } from 'vitest'
import { startTestBackend, type TestBackend } from './test-backend.ts'

/** The backend of a test file: started as the file is loaded, gone when its last test is over. */
export async function suiteBackend(customers?: number): Promise<TestBackend> {
  const server = await startTestBackend(customers)
  afterAll(() => server.close())
  return server
}
