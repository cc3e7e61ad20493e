import { z } from 'zod'
import { backendConfigSchema } from '../domain/backend-config.ts'
import { languageSchema } from '../domain/language.ts'
import { resultSchema } from '../util/result.ts'
import {
  desktopStateSchema,
  lockMinutesSchema,
  notificationSchema,
  openingSchema,
  pinSchema,
  preferencesSchema,
} from './desktop.ts'

const nothing = z.null()
const done = resultSchema(nothing)
const count = z.number().int().nonnegative()

/**
 * The bridge between renderer and main (`window.crm`), once: channel → what goes in, what comes
 * out. Main parses every argument and checks every sender; raw ipc is used nowhere else.
 */
export const ipcContract = {
  /** Null: the app has not been connected to a server yet. */
  'crm:config': { input: nothing, output: backendConfigSchema.nullable() },
  'crm:secret-get': { input: z.object({ key: z.string().max(100) }), output: z.string().nullable() },
  /** Fails with code `no_secret_store` where the platform has none: nothing is stored in the clear. */
  'crm:secret-set': {
    input: z.object({ key: z.string().max(100), value: z.string().max(100_000) }),
    output: done,
  },
  'crm:secret-remove': { input: z.object({ key: z.string().max(100) }), output: nothing },
  'crm:state': { input: nothing, output: desktopStateSchema },
  /** Which language the page speaks: menus, tray and boxes of main follow. */
  'crm:language': { input: languageSchema, output: nothing },
  'crm:preferences-set': { input: preferencesSchema, output: done },
  /** Locks after so many minutes without input, opened by the PIN. Fails with `no_secret_store`. */
  'crm:lock-set': { input: z.object({ afterMinutes: lockMinutesSchema, pin: pinSchema }), output: done },
  /** Never lock again. Fails with `wrong_pin`, `try_later`. */
  'crm:lock-remove': { input: z.object({ pin: pinSchema }), output: done },
  'crm:lock-now': { input: nothing, output: nothing },
  /** Fails with `wrong_pin`, or `try_later` after several of those. */
  'crm:unlock': { input: z.object({ pin: pinSchema }), output: done },
  /** Takes the lock off somebody who signs out: what it protected leaves this computer with them. */
  'crm:lock-forget': { input: nothing, output: nothing },
  /** Takes what the system asked the app to open since the last time. */
  'crm:openings': { input: nothing, output: z.array(openingSchema) },
  /** How many changes wait to be sent: an update does not install itself over them. */
  'crm:unsent': { input: z.object({ count }), output: nothing },
  'crm:notify': { input: notificationSchema, output: nothing },
  /** Restarts into the downloaded update. Fails with `no_update`, or `unsent` while changes wait. */
  'crm:update-install': { input: nothing, output: done },
  /**
   * Connects the app to a server. Fails with what is wrong there (`no_network`, `not_supabase`, `wrong_key`,
   * `schema_missing`, `schema_old`, `rls_off`), or with `already_connected`.
   */
  'crm:connect': { input: backendConfigSchema, output: done },
  /** Lets somebody who is signed out choose another server. Fails with `managed`, `signed_in`. */
  'crm:disconnect': { input: nothing, output: done },
  /** The demo company that `npm start` runs on this computer; null: none answers. */
  'crm:demo': { input: nothing, output: backendConfigSchema.nullable() },
  /** Asks by the system's dialog where to save a file; answers what to write to. Null: the person gave up. */
  'crm:save-open': { input: z.object({ name: z.string().min(1).max(400) }), output: z.guid().nullable() },
  /** Adds text to the file. Fails with `not_saved`, which main has told the person. */
  'crm:save-write': { input: z.object({ id: z.guid(), text: z.string().max(100_000_000) }), output: done },
  /** The file appears whole, or nothing of it stays. Fails with `not_saved`. */
  'crm:save-end': { input: z.object({ id: z.guid(), keep: z.boolean() }), output: done },
  /** What happened in main, as JSON text without personal data. */
  'crm:diagnostics': { input: nothing, output: z.string() },
} as const
export type IpcContract = typeof ipcContract
export type IpcChannel = keyof IpcContract
export type IpcInput<C extends IpcChannel> = z.input<IpcContract[C]['input']>
export type IpcOutput<C extends IpcChannel> = z.output<IpcContract[C]['output']>

/** What the preload puts on `window.crm` in Electron; undefined in a browser. */
export interface CrmBridge {
  /** Calls a channel; what comes back has to be parsed. Rejects where main refuses. */
  readonly invoke: <C extends IpcChannel>(channel: C, input: IpcInput<C>) => Promise<unknown>
  /** Calls back when the machine wakes up. Returns what takes the listener off again. */
  readonly onResume: (listener: () => void) => () => void
  /** Calls back when `crm:state` or `crm:openings` has something new. Returns what takes the listener off again. */
  readonly onChanged: (listener: () => void) => () => void
}
