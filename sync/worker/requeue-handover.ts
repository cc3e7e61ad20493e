import { fail, ok, type Result } from '#shared/util/result.ts'
import type { HandoverContents } from '../handover/handover-contents.ts'
import { type Requeued, requeue } from '../handover/requeue.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { WorkspaceSync } from './workspace-sync.ts'

/** The replica that the work goes back to. */
interface Into {
  readonly store: ReplicaStore
  readonly sync: WorkspaceSync
}

/** Puts the work of a hand-over back into the outbox of an open replica. Fails while its first sync is not done. */
export async function requeueHandover(contents: HandoverContents, { store, sync }: Into): Promise<Result<Requeued>> {
  if (sync.lastSyncAt === null) {
    return fail('first_sync', 'Your customers are still on their way to this computer. Try again in a moment.')
  }
  const { customers, records } = store
  const present = { customer: (id: string) => customers.get(id), record: (key: string) => records.get(key) }
  return guardStorage(async () => {
    let requeued: Requeued | null = null
    await store.write(() => {
      requeued = requeue(contents, present)
      return { put: requeued.customers, records: { put: requeued.records } }
    })
    if (requeued === null) throw new Error('The write was never computed')
    sync.nudge()
    return ok(requeued)
  })
}
