import { loadBackendConfig } from '../lib/backend-config.ts'
import { hostSecrets } from '../lib/host-secrets.ts'
import { desktopBridge } from '../lib/platform.ts'
import { createReplicaClient } from '../lib/replica-client.ts'
import { createReplicaModel, type ReplicaModel } from '../lib/replica-model.ts'
import { startReplicaWorker } from '../lib/replica-worker.ts'
import { keepStorage } from '../lib/storage-persistence.ts'

/** Starts the worker, opens the replica and wires the machine's wake-up to a sync. */
export function startReplica(): ReplicaModel {
  const bridge = desktopBridge()
  const worker = startReplicaWorker(bridge === null ? 'browser' : 'electron')
  const client = createReplicaClient(worker, bridge === null ? null : hostSecrets(bridge))
  const model = createReplicaModel(client, { local: localStorage, session: sessionStorage })
  const syncNow = () => void client.request('sync.now', null)
  bridge?.onResume(syncNow)
  // Chromium tells the page, not its worker, that the network came or went.
  window.addEventListener('online', syncNow)
  window.addEventListener('offline', syncNow)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') syncNow()
  })
  keepStorageOnceSignedIn(model)
  void open(model)
  return model
}

async function open(model: ReplicaModel): Promise<void> {
  try {
    const config = await loadBackendConfig()
    model.session.set(await model.client.request('app.open', { config }))
  } catch {
    model.session.set({ kind: 'crashed' })
  }
}

/** From the first sign-in on there is something to lose. */
function keepStorageOnceSignedIn({ session }: ReplicaModel): void {
  const stop = session.subscribe(() => {
    if (session.get().kind !== 'signedIn') return
    stop()
    void keepStorage(navigator.storage)
  })
}
