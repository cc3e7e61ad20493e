import type { CrmBridge, IpcChannel, IpcInput, IpcOutput } from '#shared/ipc/contract.ts'
import type { DesktopState, Opening } from '#shared/ipc/desktop.ts'
import { askMain } from './ask-main.ts'
import { createStore, type Store } from './store.ts'

/** The desktop app around the page, kept in step with main outside of React. */
export interface Desktop {
  /** Null until main has answered for the first time. */
  readonly state: Store<DesktopState | null>
  /** What the system asked to open and nobody has opened yet. */
  readonly openings: Store<readonly Opening[]>
  readonly ask: <C extends IpcChannel>(channel: C, input: IpcInput<C>) => Promise<IpcOutput<C>>
}

/** Opens the bridge and follows what main tells. */
export function openDesktop(bridge: CrmBridge): Desktop {
  const state = createStore<DesktopState | null>(null)
  const openings = createStore<readonly Opening[]>([])
  const ask: Desktop['ask'] = (channel, input) => askMain(bridge, channel, input)

  async function refresh(): Promise<void> {
    state.set(await ask('crm:state', null))
    const more = await ask('crm:openings', null)
    if (more.length > 0) openings.set([...openings.get(), ...more])
  }
  // Main answers as long as it lives; what it refused once, the next change asks for again.
  const follow = (): void => void refresh().catch(() => undefined)
  bridge.onChanged(follow)
  follow()
  return { state, openings, ask }
}
