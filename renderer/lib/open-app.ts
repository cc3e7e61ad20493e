import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { ReplicaModel } from './replica-model.ts'

/**
 * Opens what is stored on this device at once, with the address of the backend that was heard last; the
 * one of today is handed in when it is known, however slow the network. Whoever has to sign in waits for it.
 * Where another window has the app open, this one goes on when that is closed.
 */
export async function openApp(
  { client, session }: Pick<ReplicaModel, 'client' | 'session'>,
  loadConfig: () => Promise<BackendConfig | null>,
): Promise<void> {
  try {
    const loading = loadConfig()
    const stored = await client.request('app.open', { config: null })
    if (stored.kind !== 'signedOut') session.set(stored)
    const config = await loading
    let state = config === null ? stored : await client.request('app.open', { config })
    session.set(state)
    while (state.kind === 'unavailable' && state.error.code === 'open_elsewhere') {
      // Waits for the other window itself, some seconds long.
      state = await client.request('app.open', { config })
      session.set(state)
    }
  } catch {
    session.set({ kind: 'crashed' })
  }
}
