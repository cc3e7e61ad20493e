import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import {
  type RequestInput,
  type RequestName,
  type RequestOutput,
  replicaRequests,
} from '#shared/replica-api/contract.ts'
import type { ImportProgress } from '#shared/replica-api/import.ts'
import { createSupabaseBackend } from '#sync/replication/supabase-backend.ts'
import { createReplica } from '#sync/worker/create-replica.ts'

/** The worker of the app in this process, with a disk in memory. */
export interface HeadlessReplica {
  readonly ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
  readonly close: () => Promise<void>
}

/** Starts it for a backend. `onProgress` hears how far an import is. */
export async function headlessReplica(
  config: BackendConfig,
  onProgress: (progress: ImportProgress) => void,
): Promise<HeadlessReplica> {
  const replica = createReplica({
    indexedDb: { indexedDB: new IDBFactory(), IDBKeyRange },
    acquireLock: async () => () => undefined,
    secrets: null,
    createBackend: createSupabaseBackend,
    deviceName: 'Import command',
    timing: {
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      random: Math.random,
    },
    newId: () => crypto.randomUUID(),
    isOnline: () => true,
    notify: (name, body) => {
      if (name === 'import.progress') onProgress(body as ImportProgress)
    },
    reportBug: (error) => process.stderr.write(`${String(error)}\n`),
  })
  const ask: HeadlessReplica['ask'] = async (name, input) =>
    replicaRequests[name].output.parse(await replica.handle(name, input)) as RequestOutput<typeof name>
  await ask('app.open', { config })
  return { ask, close: () => replica.close() }
}
