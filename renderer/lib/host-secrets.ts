import type { CrmBridge } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/util/result.ts'
import { askMain } from './ask-main.ts'

/** The platform's secret store, as Electron's main process offers it. */
export interface HostSecrets {
  readonly get: (key: string) => Promise<string | null>
  readonly set: (key: string, value: string) => Promise<Result<null>>
  readonly remove: (key: string) => Promise<void>
}

/** The secrets behind the preload's bridge. */
export function hostSecrets(bridge: CrmBridge): HostSecrets {
  return {
    get: (key) => askMain(bridge, 'crm:secret-get', { key }),
    set: (key, value) => askMain(bridge, 'crm:secret-set', { key, value }),
    remove: async (key) => void (await askMain(bridge, 'crm:secret-remove', { key })),
  }
}
