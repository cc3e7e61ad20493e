import { IDBDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { RxCollection } from 'rxdb'
import { afterEach, expect, test, vi } from 'vitest'
import { openReplica } from './open-replica.ts'
import type { ReplicaCustomer } from './replica-customer.ts'
import { browserKeys } from './replica-keys.ts'
import { prepareWrite } from './rx-writer.ts'
import { toStorageError } from './storage-error.ts'
import { COMPANY, customerOf, idOf } from './testing/replica-fixtures.ts'
import { failWrites } from './testing/storage-faults.ts'
import { openVault } from './vault.ts'

const IDS = { userId: '11111111-1111-4111-8111-111111111111', companyId: COMPANY }
const api = () => ({ indexedDB: new IDBFactory(), IDBKeyRange })
afterEach(() => vi.restoreAllMocks())

test.each(['log', 'dexie'] as const)(
  'SY-2: on %s every write asks for a transaction that survives a power loss',
  async (storage) => {
    const disk = api()
    // Before anything is opened: Dexie binds the method then.
    const spy = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const replica = await openReplica({ ...disk, ...IDS, storage })
    const vault = await openVault(disk)
    spy.mockClear()
    await replica.commit({ customers: [customerOf(1)], state: { recent: [] } })
    await vault.set('user', 'x')
    await browserKeys(disk).create('replica')
    const writes = spy.mock.calls.filter(([, mode]) => mode === 'readwrite')
    expect(writes).toHaveLength(storage === 'log' ? 3 : 4)
    expect(writes.map(([, , options]) => options)).toEqual(writes.map(() => ({ durability: 'strict' })))
    vault.close()
    await replica.close()
  },
)

test.each(['log', 'dexie'] as const)(
  'SY-3: on %s a write that fails leaves nothing of the commit, and later ones fail on the log',
  async (storage) => {
    const disk = api()
    const replica = await openReplica({ ...disk, ...IDS, storage })
    const fault = failWrites((document) => document.id === idOf(2))
    await expect(
      replica.commit({ customers: [1, 2, 3].map((n) => customerOf(n)), state: { recent: [] } }),
    ).rejects.toMatchObject({
      name: 'StorageError',
      code: 'storage_full',
      message: expect.stringContaining('Free some space'),
    })
    fault.restore()
    const nothing = { customers: [], damaged: [], records: [], damagedRecords: [], state: {} }
    expect(await replica.load()).toEqual(nothing)
    if (storage === 'log')
      await expect(replica.commit({ state: { recent: [] } })).rejects.toMatchObject({ name: 'StorageError' })
    await replica.close()
    const again = await openReplica({ ...disk, ...IDS, storage })
    expect(await again.load()).toEqual(nothing)
    await again.close()
  },
)

test('SY-3: a stored customer that cannot be read is reported, and does not hide the others', async () => {
  const disk = api()
  const replica = await openReplica({ ...disk, ...IDS })
  const bad = { ...customerOf(2), tags: 'not a list' } as unknown as ReplicaCustomer
  await replica.commit({ customers: [customerOf(1), bad] })
  expect(await replica.load()).toMatchObject({
    customers: [{ id: idOf(1) }],
    damaged: [{ id: bad.id, hasLocalState: false }],
  })
  await replica.close()
})

test('SY-2: records and state that make no sense are left out, and said where they held edits', async () => {
  const disk = api()
  const replica = await openReplica({ ...disk, ...IDS })
  const bad = { key: 'quotes:x', collection: 'quotes', id: 7, customerId: null, at: '', body: null, local: {} }
  await replica.commit({ records: [bad as never], state: { recent: ['no id'], checkpoint: { after: '7' } } })
  expect(await replica.load()).toMatchObject({
    records: [],
    damagedRecords: [{ id: 'quotes:x', hasLocalState: true }],
    state: { checkpoint: { after: '7' } },
  })
  expect((await replica.load()).state).not.toHaveProperty('recent')
  await replica.close()
})

test.each(['inner', 'cause'])('SY-2: a full disk is recognised inside of other errors (%s)', (property) => {
  const wrapped = Object.assign(new Error('wrapped'), { [property]: new DOMException('full', 'QuotaExceededError') })
  expect(toStorageError(wrapped).code).toBe('storage_full')
  expect(toStorageError(new Error('other')).code).toBe('storage_failed')
})

test('SY-7: storage that the platform refuses is a sentence', async () => {
  const indexedDB = new IDBFactory()
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError')
  })
  await expect(openVault({ indexedDB, IDBKeyRange })).rejects.toMatchObject({
    code: 'storage_refused',
    message: expect.stringContaining('private browsing'),
  })
  await expect(openReplica({ indexedDB, IDBKeyRange, ...IDS })).rejects.toMatchObject({ code: 'storage_refused' })
})

test('SY-2: every start leaves the journal of the last one behind before it opens anything else, or goes on without', async () => {
  const disk = api()
  const open = vi.spyOn(disk.indexedDB, 'open')
  const remove = vi.spyOn(disk.indexedDB, 'deleteDatabase')
  const first = await openVault(disk)
  first.close()
  expect(open.mock.calls.map(([name]) => name)).toEqual(['tradesphere-passing', 'tradesphere-vault'])
  expect(remove.mock.calls).toEqual([['tradesphere-passing']])
  expect(remove.mock.invocationCallOrder[0]).toBeLessThan(open.mock.invocationCallOrder[1] ?? 0)
  open.mockImplementationOnce(() => {
    throw new DOMException('not now', 'AbortError')
  })
  const second = await openVault(disk)
  expect(await second.get('a')).toBeNull()
  second.close()
})

test('SY-1: the vault keeps texts over a restart and forgets what is removed', async () => {
  const disk = api()
  const first = await openVault(disk)
  await first.set('a', '1')
  await first.set('b', '2')
  await first.remove('b')
  first.close()
  const second = await openVault(disk)
  expect([await second.get('a'), await second.get('b')]).toEqual(['1', null])
  second.close()
})

test('SY-3: a row that RxDB reports as failed, instead of throwing, fails the write too', async () => {
  const storageInstance = {
    findDocumentsById: async () => [],
    bulkWrite: async () => ({ error: [{ status: 409, documentId: idOf(1) }] }),
  }
  const collection = { storageInstance, schema: { primaryPath: 'id' } } as unknown as RxCollection<{ id: string }>
  const write = await prepareWrite(collection, { put: [{ id: idOf(1) }] })
  await expect(write?.('test')).rejects.toMatchObject({ code: 'storage_failed' })
})
