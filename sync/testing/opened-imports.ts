import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openReplica } from '#database/local/open-replica.ts'
import { createImports, type Imports } from '../import/imports.ts'
import { ReplicaStore } from '../replication/replica-store.ts'
import { ServerClock } from '../replication/server-clock.ts'

const USER = 'a0000000-0000-4000-8000-000000000001'
const COMPANY = 'c0000000-0000-4000-8000-000000000001'

/** The imports of an owner's empty replica, which no server knows. */
export async function openedImports(): Promise<Imports & { readonly store: ReplicaStore }> {
  const disk = { indexedDB: new IDBFactory(), IDBKeyRange, userId: USER, companyId: COMPANY }
  const store = await ReplicaStore.load(await openReplica(disk), () => undefined)
  const deps = {
    store,
    clock: new ServerClock(() => Date.now(), undefined),
    newId: () => crypto.randomUUID(),
    user: { id: USER, name: 'Ann' },
    workspace: () => ({ companyId: COMPANY, companyName: 'Acme', country: 'DE', role: 'owner' as const, members: [] }),
    derived: null,
    notify: () => undefined,
    nudge: () => undefined,
    now: () => performance.now(),
    reportBug: () => undefined,
  }
  return { ...createImports(deps, () => []), store }
}
