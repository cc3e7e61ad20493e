import { loadBackendConfig } from '../lib/backend-config.ts'
import { hostSecrets } from '../lib/host-secrets.ts'
import { openApp } from '../lib/open-app.ts'
import { listenForWake } from '../lib/page-wake.ts'
import { desktopBridge } from '../lib/platform.ts'
import { reloadOnce } from '../lib/reload-once.ts'
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
  const onWake = () => void client.request('sync.wake', null)
  bridge?.onResume(onWake)
  listenForWake({ window, document }, { onWake, onShown: () => void client.request('sync.now', null) })
  keepStorageOnceSignedIn(model)
  reloadOnce(model.session, sessionStorage, Date.now, () => window.location.reload())
  void openApp(model, loadBackendConfig)
  return model
}

/** From the first sign-in on there is something to lose. */
function keepStorageOnceSignedIn({ session }: ReplicaModel): void {
  const stop = session.subscribe(() => {
    if (session.get().kind !== 'signedIn') return
    stop()
    void keepStorage(navigator.storage)
  })
}
