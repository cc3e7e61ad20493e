import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openReplica } from '#database/local/open-replica.ts'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { queueUpdate } from '../outbox/queue-edit.ts'
import { ReplicaStore } from './replica-store.ts'

const COMPANY = 'c0000000-0000-4000-8000-000000000001'
const USER = 'a0000000-0000-4000-8000-000000000001'
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const customer = (n: number): ReplicaCustomer => ({ ...emptyCustomer(id(n), COMPANY), local: null })
const edited = (n: number, phone: string) =>
  queueUpdate(customer(n), { phone }, { mutationId: id(900 + n), editedAt: '2026-03-01T08:00:00.000Z' })
const broken = (held: ReplicaCustomer) => ({ ...held, tags: 'not a list' }) as unknown as ReplicaCustomer

async function setUp(customers: ReplicaCustomer[]) {
  const disk = { indexedDB: new IDBFactory(), IDBKeyRange, userId: USER, companyId: COMPANY }
  const first = await openReplica(disk)
  await first.commit({ customers, state: { checkpoint: { after: 1 } } })
  await first.close()
  return openReplica(disk)
}

test('SY-2: damaged customers are fetched again, and edits in them are set aside instead of dropped', async () => {
  const store = await ReplicaStore.load(
    await setUp([customer(1), broken(customer(2)), broken(edited(3, 'precious')), edited(4, 'fine')]),
    () => undefined,
  )
  expect([...store.customers.keys()]).toEqual([id(1), id(4)])
  expect(store.state('reread')).toEqual(['customers'])
  expect(store.state('checkpoint')).toEqual({ after: 1 })
  expect(JSON.stringify(store.state('quarantine'))).toContain('precious')
  expect(store.state('quarantine')).toHaveLength(1)
  expect([...store.waiting()].map((held) => held.id)).toEqual([id(4)])
  await store.close()
})

test('SY-2: writes run one after the other, each on what the one before has stored', async () => {
  const store = await ReplicaStore.load(await setUp([customer(1)]), () => undefined)
  const seen: (string | null)[] = []
  const write = (phone: string) =>
    store.write(() => {
      const held = store.customers.get(id(1)) ?? customer(1)
      seen.push(held.phone)
      return { put: [{ ...held, phone }] }
    })
  await Promise.all([write('a'), write('b'), write('c')])
  expect(seen).toEqual([null, 'a', 'b'])
  expect(store.customers.get(id(1))?.phone).toBe('c')
  const late = store.write(() => ({ put: [customer(2)] }))
  const closed = store.close()
  await late
  await closed
  await expect(store.write(() => ({ put: [customer(3)] }))).rejects.toMatchObject({ name: 'StorageError' })
})

test('SY-3: a fault in what computes a write leaves the store as it was, and usable', async () => {
  const store = await ReplicaStore.load(await setUp([customer(1)]), () => undefined)
  await expect(
    store.write(() => {
      throw new TypeError('bug')
    }),
  ).rejects.toThrow('bug')
  await store.write(() => ({ removed: [id(1)] }))
  expect(store.customers.size).toBe(0)
  await store.close()
})

test('SY-2: after one failed write the store takes no other, however well the disk works again', async () => {
  const replica = await setUp([customer(1)])
  let fails = true
  const told: string[] = []
  const store = await ReplicaStore.load(
    {
      ...replica,
      commit: async (commit) => {
        if (fails) throw new Error('The disk is away')
        await replica.commit(commit)
      },
    },
    (error) => told.push(error.code),
  )
  await expect(store.write(() => ({ put: [customer(2)] }))).rejects.toMatchObject({ code: 'storage_failed' })
  fails = false
  await expect(store.write(() => ({ put: [customer(3)] }))).rejects.toMatchObject({ code: 'storage_failed' })
  expect([...store.customers.keys()]).toEqual([id(1)])
  expect(told).toEqual(['storage_failed'])
  await store.close()
})
