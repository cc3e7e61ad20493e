/// <reference lib="webworker" />
import '#shared/util/zod-without-eval.ts'
import { mirrorBucket } from '#database/local/mirror-bucket.ts'
import { browserKeys, type ReplicaKeys, secretKeys } from '#database/local/replica-keys.ts'
import { fileMarks } from '#database/local/replica-marks.ts'
import { deviceName } from '../erasure/device.ts'
import type { SecretStore } from '../replication/backend.ts'
import { lateBackend } from '../replication/late-backend.ts'
import { createReplica } from './create-replica.ts'
import { MessageServer } from './message-server.ts'
import { acquireReplicaLock } from './replica-lock.ts'

/** The worker's entry: nothing but the platform's parts plugged into the replica. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope

const server = new MessageServer(
  { post: (message) => scope.postMessage(message) },
  (platform) => {
    const indexedDb = scope.indexedDB ? { indexedDB: scope.indexedDB, IDBKeyRange } : null
    const bucket = mirrorBucket(scope.navigator, IDBKeyRange)
    const replica = createReplica({
      indexedDb,
      ...(indexedDb === null
        ? {}
        : { replicaKeys: keysOn(platform, browserKeys(indexedDb, fileMarks(scope.navigator.storage))) }),
      mirror: bucket && { ...bucket, onFailure: reportBug },
      acquireLock: () => acquireReplicaLock(scope.navigator.locks),
      secrets: platform === 'electron' ? hostSecrets() : null,
      createBackend: lateBackend(
        async () => (await import('../replication/supabase-backend.ts')).createSupabaseBackend,
      ),
      deviceName: deviceName(scope.navigator.userAgent),
      timing: {
        now: () => Date.now(),
        after: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
        random: () => Math.random(),
      },
      newId: () => crypto.randomUUID(),
      isOnline: () => scope.navigator.onLine,
      notify: (name, body) => server.notify(name, body),
      reportBug,
    })
    scope.addEventListener('online', () => replica.networkChanged())
    scope.addEventListener('offline', () => replica.networkChanged())
    replica.begin()
    return replica.handle
  },
  reportBug,
)
scope.addEventListener('message', (event: MessageEvent<unknown>) => server.receive(event.data))

/** The keys of the replicas: in the platform's secret store, else as the browser keeps them. */
function keysOn(platform: 'browser' | 'electron', fallback: ReplicaKeys): ReplicaKeys {
  if (platform === 'browser') return fallback
  const secrets = {
    get: (key: string) => server.ask('secret.get', { key }),
    set: async (key: string, value: string) => (await server.ask('secret.set', { key, value })).ok,
    remove: async (key: string) => void (await server.ask('secret.remove', { key })),
  }
  return secretKeys(secrets, fallback)
}

/** The secret store of the platform, behind the host. A refusal keeps the secret in memory only. */
function hostSecrets(): SecretStore {
  return {
    get: (key) => server.ask('secret.get', { key }),
    // Nothing is stored in the clear where there is no secret store: the next start asks to sign in again.
    set: async (key, value) => void (await server.ask('secret.set', { key, value })),
    remove: async (key) => void (await server.ask('secret.remove', { key })),
  }
}

function reportBug(error: unknown): void {
  console.error(error)
}
