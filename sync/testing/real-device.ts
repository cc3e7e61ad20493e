import { createSupabaseBackend } from '../replication/supabase-backend.ts'
import type { TestDevice } from './test-device.ts'
import { watchedDevice } from './watched-device.ts'

/** Where a real server is. */
interface RealServer {
  readonly url: string
  readonly publishableKey: string
}

/** A laptop at a real server, stopped after the test. */
export function realDevice({ url, publishableKey }: RealServer, createBackend = createSupabaseBackend): TestDevice {
  return watchedDevice({ createBackend, config: { supabaseUrl: url, publishableKey } })
}

/** The same, with somebody signed in and in step. */
export async function signedInDevice(
  server: RealServer,
  user: { readonly email: string; readonly password: string },
): Promise<TestDevice> {
  const device = realDevice(server)
  await device.signIn(user)
  await device.synced(30_000)
  return device
}
