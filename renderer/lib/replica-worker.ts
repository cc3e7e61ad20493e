import { holdUntilHeard } from './hold-until-heard.ts'
import type { ReplicaPort } from './replica-client.ts'

/**
 * Starts the replica worker and tells it which platform hosts it. The one place where the UI knows
 * where the worker's code lies. What the worker says before anybody listens waits for them.
 */
export function startReplicaWorker(platform: 'browser' | 'electron'): ReplicaPort {
  const worker = new Worker(new URL('../../sync/worker/replica.worker.ts', import.meta.url), {
    type: 'module',
    name: 'replica',
  })
  worker.postMessage({ type: 'init', platform })
  return holdUntilHeard(worker)
}
