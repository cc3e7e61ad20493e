import { type CrmBridge, ipcContract } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/util/result.ts'

/** The platform's secret store, as Electron's main process offers it. */
export interface HostSecrets {
  readonly get: (key: string) => Promise<string | null>
  readonly set: (key: string, value: string) => Promise<Result<null>>
  readonly remove: (key: string) => Promise<void>
}

/** Wraps the preload's bridge; every answer of main is parsed. */
export function hostSecrets(bridge: CrmBridge): HostSecrets {
  return {
    get: async (key) => ipcContract['crm:secret-get'].output.parse(await bridge.secretGet(key)),
    set: async (key, value) => ipcContract['crm:secret-set'].output.parse(await bridge.secretSet(key, value)),
    remove: async (key) => {
      ipcContract['crm:secret-remove'].output.parse(await bridge.secretRemove(key))
    },
  }
}
