import { loadBackendConfig } from '../lib/backend-config.ts'
import { hostSecrets } from '../lib/host-secrets.ts'
import { openApp } from '../lib/open-app.ts'
import { listenForWake } from '../lib/page-wake.ts'
import { desktopBridge } from '../lib/platform.ts'
import { reloadOnce } from '../lib/reload-once.ts'
import { createReplicaClient, type ReplicaPort } from '../lib/replica-client.ts'
import { createReplicaModel, type ReplicaModel } from '../lib/replica-model.ts'
import { keepStorage } from '../lib/storage-persistence.ts'

/** Asks the worker for the replica that it opens, and wires the machine's wake-up to a sync. */
export function startReplica(worker: ReplicaPort): ReplicaModel {
  const bridge = desktopBridge()
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
