import type { z } from 'zod'
import type { Language } from '#shared/domain/language.ts'
import type { IpcChannel, IpcContract, IpcInput } from '#shared/ipc/contract.ts'
import type { DesktopState } from '#shared/ipc/desktop.ts'
import type { Fetch } from '../connection/check-connection.ts'
import { findDemo } from '../connection/find-demo.ts'
import type { ServerChoice } from '../connection/server-choice.ts'
import type { SavedFiles } from '../files/saved-files.ts'
import type { AppLock } from '../lock/app-lock.ts'
import type { Openings } from '../open/openings.ts'
import type { PreferenceStore } from '../preferences/preferences.ts'
import type { SecretStore } from '../session/secret-store.ts'
import type { Updates } from '../updates/keep-updated.ts'

/** What a handler answers, now or later. */
type Answer<C extends IpcChannel> = z.input<IpcContract[C]['output']>
/** One function per channel of the contract: checked input in, the contract's output out. */
export type IpcHandlers = {
  readonly [C in IpcChannel]: (input: z.output<IpcContract[C]['input']>) => Answer<C> | Promise<Answer<C>>
}

/** The services that the page reaches through main. */
export interface IpcServices {
  readonly server: ServerChoice
  readonly fetch: Fetch
  readonly secrets: SecretStore
  readonly preferences: PreferenceStore
  readonly lock: AppLock
  readonly updates: Updates
  readonly openings: Openings
  readonly savedFiles: SavedFiles
  /** Menus, tray and boxes in the language of the page. */
  readonly speak: (language: Language) => void
  readonly notify: (notification: IpcInput<'crm:notify'>) => void
  readonly diagnostics: () => string
  /** Tells the page that its `DesktopState` changed. */
  readonly changed: () => void
}

/** What the renderer may ask of main. */
export function createIpcHandlers(services: IpcServices): IpcHandlers {
  const { server, fetch, secrets, preferences, lock, updates, openings, savedFiles } = services
  const state = (): DesktopState => ({
    server: server.get()?.supabaseUrl ?? null,
    preferences: preferences.get(),
    lock: lock.state(),
    update: updates.state(),
  })
  const nothing = (work: () => void): null => {
    work()
    return null
  }
  return {
    'crm:config': () => server.get(),
    'crm:secret-get': ({ key }) => secrets.get(key),
    'crm:secret-set': ({ key, value }) => secrets.set(key, value),
    'crm:secret-remove': ({ key }) => nothing(() => secrets.remove(key)),
    'crm:state': state,
    'crm:language': (language) => nothing(() => services.speak(language)),
    'crm:preferences-set': (chosen) => {
      const kept = preferences.set(chosen)
      services.changed()
      return kept
    },
    'crm:lock-set': ({ afterMinutes, pin }) => lock.set(afterMinutes, pin),
    'crm:lock-remove': ({ pin }) => lock.remove(pin),
    'crm:lock-now': () => nothing(lock.lock),
    'crm:unlock': ({ pin }) => lock.unlock(pin),
    'crm:lock-forget': () => nothing(lock.forget),
    'crm:openings': () => [...openings.take()],
    'crm:unsent': ({ count }) => nothing(() => updates.unsent(count)),
    'crm:notify': (notification) => nothing(() => services.notify(notification)),
    'crm:update-install': () => updates.install(),
    'crm:connect': (config) => server.connect(config),
    'crm:disconnect': () => server.disconnect(),
    'crm:demo': () => findDemo(fetch),
    'crm:save-open': ({ name }) => savedFiles.open(name),
    'crm:save-write': ({ id, text }) => savedFiles.write(id, text),
    'crm:save-end': ({ id, keep }) => savedFiles.end(id, keep),
    'crm:diagnostics': services.diagnostics,
  }
}
