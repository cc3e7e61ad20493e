import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, expect, test, vi } from 'vitest'
import { openReplica } from './open-replica.ts'
import { StorageError } from './storage-error.ts'
import { customerOf, edited, idOf } from './testing/replica-fixtures.ts'
import { storedText } from './testing/stored-text.ts'

const IDS = { userId: idOf(1), companyId: idOf(2) }
afterEach(() => vi.restoreAllMocks())

test.each(['log', 'dexie'] as const)(
  'DB-8: on %s nothing of what was replaced or removed is left in the store after compacting',
  async (storage) => {
    const disk = { indexedDB: new IDBFactory(), IDBKeyRange }
    const replica = await openReplica({ ...disk, ...IDS, storage })
    const record = { key: `quotes:${idOf(5)}`, collection: 'quotes' as const, id: idOf(5), customerId: idOf(1) }
    const body = JSON.stringify({ note: 'Ottilie owes' })
    await replica.commit({ customers: [customerOf(1, 'Ottilie'), customerOf(2, 'Bo')] })
    await replica.commit({ customers: [edited(1, '+61 Ottilie')], records: [{ ...record, at: '', body, local: null }] })
    await replica.commit({ state: { quarantine: ['Ottilie'] } })
    expect(await storedText(disk)).toContain('Ottilie')
    const tombstone = customerOf(1, 'Erased customer')
    await replica.commit({ customers: [tombstone], removedRecords: [record.key], state: { quarantine: [] } })
    // Somebody is busy all the while.
    const compacting = replica.compactNow()
    await replica.commit({ customers: [customerOf(3, 'Cyd')] })
    await compacting
    const text = await storedText(disk)
    expect(text).not.toContain('Ottilie')
    expect(text).toContain('Cyd')
    await replica.close()
    const again = await openReplica({ ...disk, ...IDS, storage })
    const { customers, records, state } = await again.load()
    expect(customers.map(({ name }) => name).sort()).toEqual(['Bo', 'Cyd', 'Erased customer'])
    expect(records).toEqual([])
    expect(state.quarantine).toEqual([])
    await again.close()
  },
)

test('DB-8: compacting that fails says so, and works when it is asked for again', async () => {
  const disk = { indexedDB: new IDBFactory(), IDBKeyRange }
  const replica = await openReplica({ ...disk, ...IDS })
  for (let n = 0; n < 3; n += 1) await replica.commit({ customers: [customerOf(1, `Ottilie ${n}`)] })
  await replica.commit({ customers: [customerOf(1, 'Erased customer')] })
  const broken = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('No room', 'QuotaExceededError')
  })
  await expect(replica.compactNow()).rejects.toBeInstanceOf(StorageError)
  broken.mockRestore()
  expect(await storedText(disk)).toContain('Ottilie')
  await replica.compactNow()
  expect(await storedText(disk)).not.toContain('Ottilie')
  await replica.close()
})
