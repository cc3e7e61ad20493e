import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import { openReplica } from '#database/local/open-replica.ts'
import { ReplicaStore } from '../replication/replica-store.ts'
import { ServerClock } from '../replication/server-clock.ts'
import { SyncError } from '../replication/sync-error.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { WorkspaceSync } from './workspace-sync.ts'

/** The sync of a workspace whose server is there and fails; timers run when the test says so. */
async function setUp() {
  const server = new FakeServer()
  const owner = server.addUser('owner', 'olga')
  const place = { indexedDB: new IDBFactory(), IDBKeyRange, userId: owner.id, companyId: server.companyId }
  const store = await ReplicaStore.load(await openReplica(place), () => undefined)
  const timers = new Map<() => void, number>()
  const pulls = vi.fn(async (): Promise<never> => {
    throw new SyncError('server', 'It fails.')
  })
  const sync = new WorkspaceSync({
    store,
    clock: new ServerClock(() => 0, undefined),
    companyId: server.companyId,
    transport: { ...server.transportFor(owner), pull: pulls },
    hints: server.hints,
    timing: {
      now: () => 0,
      random: () => 0,
      after: (ms, run) => {
        timers.set(run, ms)
        return () => void timers.delete(run)
      },
    },
    newId: () => crypto.randomUUID(),
    isOnline: () => true,
    refreshWorkspace: async () => undefined,
    device: { id: crypto.randomUUID(), name: 'Test laptop' },
    onErased: () => undefined,
    onStatus: () => undefined,
    reportBug: (error) => {
      throw error
    },
  })
  return { server, store, sync, pulls, timers }
}

test('SY-6: when the connection for hints stands again, a failing server is asked at once', async () => {
  const { server, store, sync, pulls, timers } = await setUp()
  sync.start()
  await expect.poll(() => sync.phase.kind).toBe('failed')
  expect(pulls).toHaveBeenCalledOnce()
  // Of the two pauses that have begun, the connection's was first; the loop's is not let end.
  const reconnect = [...timers].find(([, ms]) => ms === 500)?.[0]
  server.hints.set(true)
  reconnect?.()
  await expect.poll(() => pulls).toHaveBeenCalledTimes(2)
  sync.stop()
  await store.close()
})

test('SY-6: when the network changed or the machine woke up, the connection for hints is made anew', async () => {
  const { server, store, sync } = await setUp()
  server.hints.set(true)
  sync.start()
  await expect.poll(() => server.hints.connections).toBe(1)
  expect(server.hints.tries).toBe(1)
  sync.networkChanged()
  await expect.poll(() => server.hints.tries).toBe(2)
  expect(server.hints.connections).toBe(1)
  sync.stop()
  await store.close()
})
