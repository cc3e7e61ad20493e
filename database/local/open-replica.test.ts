import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openReplica } from './open-replica.ts'
import type { ReplicaCustomer } from './replica-customer.ts'

const USER = '11111111-1111-4111-8111-111111111111'
const COMPANY = '22222222-2222-4222-8222-222222222222'

function customer(id: string, name = 'Ada'): ReplicaCustomer {
  return {
    id,
    companyId: COMPANY,
    name,
    email: null,
    phone: null,
    address: null,
    notes: null,
    tags: ['a'],
    ownerId: null,
    source: 'manual',
    createdByUserId: null,
    createdByUserName: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    lastSeenAt: null,
    conversationCount: 0,
    viewCount: 0,
    deletedAt: null,
    mergedInto: null,
    fieldEdits: {},
    rev: '1',
    local: null,
  }
}
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

test('SY-2: what was committed is there after the replica is closed and opened again', async () => {
  const api = { indexedDB: new IDBFactory(), IDBKeyRange }
  const first = await openReplica({ ...api, userId: USER, companyId: COMPANY })
  await first.commit({ customers: [customer(id(1)), customer(id(2))], state: { checkpoint: { after: '7' } } })
  await first.commit({ customers: [customer(id(1), 'Grace')] })
  await first.commit({ removed: [id(2)] })
  await first.close()
  const second = await openReplica({ ...api, userId: USER, companyId: COMPANY })
  const contents = await second.load()
  expect(contents.customers).toEqual([customer(id(1), 'Grace')])
  expect(contents.state).toEqual({ checkpoint: { after: '7' } })
  expect(contents.damaged).toEqual([])
  await second.commit({ customers: [customer(id(2), 'Back')] })
  expect((await second.load()).customers.map((c) => c.name).sort()).toEqual(['Back', 'Grace'])
  await second.close()
})

test('R-2: each user of each company has a replica of their own, and removing one leaves no database of it', async () => {
  const api = { indexedDB: new IDBFactory(), IDBKeyRange }
  const mine = await openReplica({ ...api, userId: USER, companyId: COMPANY })
  await mine.commit({ customers: [customer(id(1))] })
  const other = await openReplica({ ...api, userId: COMPANY, companyId: COMPANY })
  expect((await other.load()).customers).toEqual([])
  await mine.remove()
  const names = (await api.indexedDB.databases()).map((db) => db.name ?? '')
  expect(names.filter((name) => name.includes(`replica-${USER}`))).toEqual([])
  expect(names.some((name) => name.includes(`replica-${COMPANY}`))).toBe(true)
  await other.close()
})

test('SY-2: a disk that fails while a replica is opened leaves nothing open: the next try gets it', async () => {
  const disk = new IDBFactory()
  let fails = true
  const databases = async () => {
    if (fails) throw new DOMException('The disk failed', 'UnknownError')
    return disk.databases()
  }
  const indexedDB = {
    open: disk.open.bind(disk),
    deleteDatabase: disk.deleteDatabase.bind(disk),
    cmp: disk.cmp,
    databases,
  }
  const place = { indexedDB, IDBKeyRange, userId: USER, companyId: COMPANY }
  await expect(openReplica(place)).rejects.toMatchObject({ code: 'storage_refused' })
  fails = false
  const replica = await openReplica(place)
  await replica.close()
})
