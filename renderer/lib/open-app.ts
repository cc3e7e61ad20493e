import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { ReplicaModel } from './replica-model.ts'

/**
 * Opens what is stored on this device at once, with the address of the backend that was heard last; the
 * one of today is handed in when it is known, however slow the network. Whoever has to sign in waits for it.
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
    session.set(config === null ? stored : await client.request('app.open', { config }))
  } catch {
    session.set({ kind: 'crashed' })
  }
}
