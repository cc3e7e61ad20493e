/**
 * Starts the replica worker and tells it which platform hosts it. The one place where the UI knows
 * where the worker's code lies.
 */
export function startReplicaWorker(platform: 'browser' | 'electron'): Worker {
  const worker = new Worker(new URL('../../sync/worker/replica.worker.ts', import.meta.url), {
    type: 'module',
    name: 'replica',
  })
  worker.postMessage({ type: 'init', platform })
  return worker
}
