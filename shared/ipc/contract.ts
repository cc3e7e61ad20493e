import { z } from 'zod'
import { backendConfigSchema } from '../domain/backend-config.ts'
import { resultSchema } from '../util/result.ts'

/**
 * The bridge between renderer and main (`window.crm`), once: channel → what goes in, what comes
 * out. Main parses every argument and checks every sender; raw ipc is used nowhere else.
 */
export const ipcContract = {
  'crm:config': { input: z.null(), output: backendConfigSchema.nullable() },
  'crm:secret-get': { input: z.object({ key: z.string().max(100) }), output: z.string().nullable() },
  /** Fails with code `no_secret_store` where the platform has none: nothing is stored in the clear. */
  'crm:secret-set': {
    input: z.object({ key: z.string().max(100), value: z.string().max(100_000) }),
    output: resultSchema(z.null()),
  },
  'crm:secret-remove': { input: z.object({ key: z.string().max(100) }), output: z.null() },
} as const
export type IpcContract = typeof ipcContract
export type IpcChannel = keyof IpcContract

/** What the preload puts on `window.crm` in Electron; undefined in a browser. */
export interface CrmBridge {
  readonly config: () => Promise<unknown>
  readonly secretGet: (key: string) => Promise<unknown>
  readonly secretSet: (key: string, value: string) => Promise<unknown>
  readonly secretRemove: (key: string) => Promise<unknown>
  /** Calls back when the machine wakes up. Returns what takes the listener off again. */
  readonly onResume: (listener: () => void) => () => void
}
