import { type BackendConfig, backendConfigSchema } from '#shared/domain/backend-config.ts'
import type { Fetch } from './check-connection.ts'

/** Where `npm start` serves the demo company by default. */
const DEMO_URL = 'http://127.0.0.1:4180/config.json'

/** The demo company that runs on this computer, or null. */
export async function findDemo(fetch: Fetch): Promise<BackendConfig | null> {
  try {
    const response = await fetch(DEMO_URL, { headers: {}, signal: AbortSignal.timeout(2_000) })
    const found = backendConfigSchema.safeParse(await response.json())
    return found.success ? found.data : null
  } catch {
    return null
  }
}
