import { type BackendConfig, backendConfigSchema } from '#shared/domain/backend-config.ts'
import { askMain } from './ask-main.ts'
import { desktopBridge } from './platform.ts'

/** Long enough for a slow network; the stored configuration serves when there is none. */
const TIMEOUT_MS = 4_000

/** Where the backend is: from main in Electron, from `/config.json` in a browser. Null when it can't be had now. */
export async function loadBackendConfig(): Promise<BackendConfig | null> {
  try {
    const bridge = desktopBridge()
    if (bridge !== null) return await askMain(bridge, 'crm:config', null)
    const response = await fetch('/config.json', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) return null
    return backendConfigSchema.parse(await response.json())
  } catch {
    return null
  }
}
