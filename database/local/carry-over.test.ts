import { expect, test, vi } from 'vitest'
import type { LocalReplica } from './local-replica.ts'
import { openReplica, removeReplica } from './open-replica.ts'
import type { ReplicaCustomer } from './replica-customer.ts'
import { dexieReplicaStorage, type StorageKind } from './replica-storages.ts'
import { openRxReplica } from './rx-replica.ts'
import { freshDisk } from './testing/log-fixtures.ts'
import { customerOf, edited } from './testing/replica-fixtures.ts'

const COMPANY = '22222222-2222-4222-8222-222222222222'
// RxDB's Dexie storage shares open databases by name within a process: each test has a user of its own.
let users = 0
function place() {
  users += 1
  return { ...freshDisk(), userId: `11111111-1111-4111-8111-${String(users).padStart(12, '0')}`, companyId: COMPANY }
}
const CUSTOMERS: ReplicaCustomer[] = [customerOf(1), edited(2, 'queued'), customerOf(3)]
const DAMAGED = { ...edited(4, 'precious'), tags: 'not a list' } as unknown as ReplicaCustomer
const STATE = { checkpoint: { after: '7' }, recent: [customerOf(1).id] }

async function fill(replica: LocalReplica): Promise<void> {
  await replica.commit({ customers: [...CUSTOMERS, DAMAGED, customerOf(9)], state: STATE })
  await replica.commit({ removed: [customerOf(9).id] })
  await replica.close()
}
async function whole(replica: LocalReplica) {
  const { customers, damaged, state } = await replica.load()
  return {
    customers: customers.toSorted((a, b) => a.id.localeCompare(b.id)),
    damaged: damaged.map(({ id, hasLocalState }) => ({ id, hasLocalState })),
    state,
  }
}
const ALL = { customers: CUSTOMERS, damaged: [{ id: DAMAGED.id, hasLocalState: true }], state: STATE }
const names = async (disk: { indexedDB: IDBFactory }) =>
  (await disk.indexedDB.databases()).map(({ name }) => name ?? '')

test.each([
  ['dexie', 'log'],
  ['log', 'dexie'],
] as const)(
  'SY-8: what lies on %s is there when the replica is opened on %s, queued and unreadable edits included',
  async (from, to) => {
    const disk = place()
    await fill(await openReplica({ ...disk, storage: from }))
    const replica = await openReplica({ ...disk, storage: to })
    expect(await whole(replica)).toEqual(ALL)
    expect((await names(disk)).filter((name) => name.includes(from === 'log' ? '-log-' : 'rxdb-dexie'))).toEqual([])
    await replica.commit({ customers: [customerOf(5)] })
    await replica.close()
    const again = await openReplica({ ...disk, storage: to })
    expect((await again.load()).customers).toHaveLength(4)
    await again.close()
  },
)

test.each([
  ['dexie', 'log'],
  ['log', 'dexie'],
] as const)(
  'SY-8: a crash on the way from %s to %s, at any deletion, is made good by the next start',
  async (from, to) => {
    for (let survivors = 0; ; survivors += 1) {
      const disk = place()
      await fill(await openReplica({ ...disk, storage: from }))
      const erase = disk.indexedDB.deleteDatabase.bind(disk.indexedDB)
      let deletions = 0
      const dead = vi.spyOn(disk.indexedDB, 'deleteDatabase').mockImplementation((name) => {
        if (deletions >= survivors) throw new DOMException('dead', 'AbortError')
        deletions += 1
        return erase(name)
      })
      const opened = await openReplica({ ...disk, storage: to }).catch(() => null)
      dead.mockRestore()
      await opened?.close()
      const replica = await openReplica({ ...disk, storage: to })
      expect(await whole(replica)).toEqual(ALL)
      // And what is changed from now on is not covered by what was left over.
      await replica.commit({ removed: [customerOf(1).id] })
      await replica.close()
      const again = await openReplica({ ...disk, storage: to })
      expect((await again.load()).customers.map(({ id }) => id)).not.toContain(customerOf(1).id)
      await again.close()
      if (opened !== null) return
    }
  },
)

test('SY-8: a write that fails on the way leaves the source as it was', async () => {
  const disk = place()
  await fill(await openReplica({ ...disk, storage: 'dexie' }))
  const { IDBObjectStore } = await import('fake-indexeddb')
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await expect(openReplica({ ...disk, storage: 'log' })).rejects.toMatchObject({ name: 'StorageError' })
  add.mockRestore()
  const replica = await openReplica({ ...disk, storage: 'log' })
  expect(await whole(replica)).toEqual(ALL)
  await replica.close()
})

test.each<StorageKind>(['log', 'dexie'])('R-2: a replica on %s is removed without being opened', async (storage) => {
  const disk = place()
  await fill(await openReplica({ ...disk, storage }))
  await removeReplica(disk)
  expect(await names(disk)).toEqual([])
})

test.each<StorageKind>(['log', 'dexie'])(
  'SY-8: of a log and a left-over Dexie replica the log counts, on %s',
  async (to) => {
    const disk = place()
    await fill(await openReplica({ ...disk, storage: 'log' }))
    const name = `replica-${disk.userId}-${disk.companyId}`
    const old = await openRxReplica(
      name,
      dexieReplicaStorage({ indexedDB: disk.indexedDB, IDBKeyRange: disk.IDBKeyRange }, name),
    )
    await old.commit({ customers: [customerOf(1, 'Stale'), customerOf(8)] })
    await old.close()
    const replica = await openReplica({ ...disk, storage: to })
    expect(await whole(replica)).toEqual(ALL)
    await replica.close()
    expect((await names(disk)).filter((name) => name.includes(to === 'log' ? 'rxdb-dexie' : '-log-'))).toEqual([])
  },
)
