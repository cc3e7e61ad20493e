import type { z } from 'zod'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { IpcChannel, IpcContract } from '#shared/ipc/contract.ts'
import type { SecretStore } from '../session/secret-store.ts'

/** One function per channel of the contract: checked input in, the contract's output out. */
export type IpcHandlers = {
  readonly [C in IpcChannel]: (input: z.output<IpcContract[C]['input']>) => z.input<IpcContract[C]['output']>
}

/** What the renderer may ask of main. */
export function createIpcHandlers(config: BackendConfig, secrets: SecretStore): IpcHandlers {
  return {
    'crm:config': () => config,
    'crm:secret-get': ({ key }) => secrets.get(key),
    'crm:secret-set': ({ key, value }) => secrets.set(key, value),
    'crm:secret-remove': ({ key }) => {
      secrets.remove(key)
      return null
    },
  }
}
