import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openReplica } from './open-replica.ts'
import { COMPANY, customerOf, idOf } from './testing/replica-fixtures.ts'

const USER = '11111111-1111-4111-8111-111111111111'

test('SY-2: what was committed is there after the replica is closed and opened again', async () => {
  const api = { indexedDB: new IDBFactory(), IDBKeyRange }
  const first = await openReplica({ ...api, userId: USER, companyId: COMPANY })
  await first.commit({ customers: [customerOf(1), customerOf(2)], state: { checkpoint: { after: '7' } } })
  await first.commit({ customers: [customerOf(1, 'Grace')] })
  await first.commit({ removed: [idOf(2)] })
  await first.close()
  const second = await openReplica({ ...api, userId: USER, companyId: COMPANY })
  const contents = await second.load()
  expect(contents.customers).toEqual([customerOf(1, 'Grace')])
  expect(contents.state).toEqual({ checkpoint: { after: '7' } })
  expect(contents.damaged).toEqual([])
  await second.commit({ customers: [customerOf(2, 'Back')] })
  expect((await second.load()).customers.map((c) => c.name).sort()).toEqual(['Back', 'Grace'])
  await second.close()
})

test('R-2: each user of each company has a replica of their own, and removing one leaves no database of it', async () => {
  const api = { indexedDB: new IDBFactory(), IDBKeyRange }
  const mine = await openReplica({ ...api, userId: USER, companyId: COMPANY })
  await mine.commit({ customers: [customerOf(1)] })
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
