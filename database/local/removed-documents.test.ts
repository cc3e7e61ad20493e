import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { RxStorageInstanceCreationParams } from 'rxdb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LogInternals } from './log-storage/log-storage-instance.ts'
import { openReplica } from './open-replica.ts'
import type { ReplicaRecord } from './replica-record.ts'
import { logReplicaStorage } from './replica-storages.ts'
import { openRxReplica, type ReplicaStorage } from './rx-replica.ts'
import { StorageError } from './storage-error.ts'
import { customerOf, idOf } from './testing/replica-fixtures.ts'
import { failWrites } from './testing/storage-faults.ts'
import { storedText } from './testing/stored-text.ts'

// The clock goes on, and can be put forward.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

const IDLE_MS = 2_000
const freshDisk = () => ({ indexedDB: new IDBFactory(), IDBKeyRange })
const BODY = 'What was said. '.repeat(60)
const record = (n: number): ReplicaRecord => {
  const id = idOf(n)
  return {
    key: `conversations:${id}`,
    collection: 'conversations',
    id,
    customerId: null,
    at: '',
    body: BODY,
    local: null,
  }
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)

/** Compaction takes its time on a busy machine. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 })

/** Opens a replica on a storage; `held()`: documents in its memory, marks of removed ones included. */
async function opened(parts: ReplicaStorage) {
  const memory: LogInternals['documents'][] = []
  const createStorageInstance = async <T>(params: RxStorageInstanceCreationParams<T, unknown>) => {
    const instance = await parts.storage.createStorageInstance<T>(params)
    memory.push(instance.internals.documents)
    return instance
  }
  const replica = await openRxReplica('replica', { ...parts, storage: { ...parts.storage, createStorageInstance } })
  return { replica, held: () => memory.reduce((sum, documents) => sum + documents.size, 0) }
}

test('SY-2: what is removed leaves memory and log when nothing is written for a while', async () => {
  const disk = freshDisk()
  const { replica, held } = await opened(logReplicaStorage(disk, 'replica', { key: null, wasThere: false }))
  const inUse = held()
  // What an earlier start may have left is looked for first.
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  await replica.commit({ records: range(0, 2_500).map(record) })
  const full = (await storedText(disk)).length
  await replica.commit({ removedRecords: range(500, 2_500).map((n) => record(n).key) })
  expect(held()).toBe(inUse + 2_500)
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  await eventually(() => expect(held()).toBe(inUse + 500))
  // Compaction waits for the last write of the clearing.
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  await eventually(async () => expect((await storedText(disk)).length).toBeLessThan(full / 4))
  await replica.close()
  const again = await opened(logReplicaStorage(disk, 'replica', { key: null, wasThere: true }))
  expect((await again.replica.load()).records).toHaveLength(500)
  expect(again.held()).toBe(inUse + 500)
  await again.replica.close()
})

test.each(['log', 'dexie'] as const)(
  'SY-2: on %s a document comes back over the mark of its removal, and after it',
  async (storage) => {
    const disk = freshDisk()
    const replica = await openReplica({ ...disk, userId: idOf(1), companyId: idOf(2), storage })
    await replica.commit({ customers: [customerOf(1), customerOf(2)] })
    await replica.commit({ removed: [idOf(1), idOf(2)] })
    await replica.commit({ customers: [customerOf(1, 'Over it')] })
    await vi.advanceTimersByTimeAsync(IDLE_MS)
    await replica.commit({ customers: [customerOf(2, 'After it')] })
    const { customers } = await replica.load()
    expect(customers.map(({ name }) => name).sort()).toEqual(['After it', 'Over it'])
    await replica.close()
  },
)

test('DB-8: not even the ids of removed documents are left after compacting, whenever they were removed', async () => {
  const disk = freshDisk()
  const storage = () => logReplicaStorage(disk, 'replica', { key: null, wasThere: true })
  const first = await opened(storage())
  await first.replica.commit({ customers: [customerOf(1)], records: [record(7)] })
  await first.replica.commit({ removed: [idOf(1)], removedRecords: [record(7).key] })
  // Closed too early for the clearing.
  await first.replica.close()
  const { replica } = await opened(storage())
  expect(await storedText(disk)).toContain(idOf(7))
  await replica.compactNow()
  // The last record of the log stays as it is: the clearing itself.
  await replica.commit({ state: { recent: [] } })
  await replica.compactNow()
  const text = await storedText(disk)
  expect(text).not.toContain(idOf(1))
  expect(text).not.toContain(idOf(7))
  await replica.close()
})

test('SY-2: what was removed shortly before a crash leaves after the next start', async () => {
  const disk = freshDisk()
  const first = await opened(logReplicaStorage(disk, 'replica', { key: null, wasThere: false }))
  const inUse = first.held()
  await first.replica.commit({ customers: [customerOf(1)], records: [record(7)] })
  await first.replica.commit({ removed: [idOf(1)], removedRecords: [record(7).key] })
  await first.replica.close()
  const { replica, held } = await opened(logReplicaStorage(disk, 'replica', { key: null, wasThere: true }))
  expect(held()).toBe(inUse + 2)
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  await eventually(() => expect(held()).toBe(inUse))
  await replica.close()
})

test('SY-2: a clearing that the disk refuses is nobody’s unhandled promise, and the next commit says so', async () => {
  const { replica } = await opened(logReplicaStorage(freshDisk(), 'replica', { key: null, wasThere: false }))
  await replica.commit({ customers: [customerOf(1)] })
  await replica.commit({ removed: [idOf(1)] })
  const fault = failWrites(() => true)
  await vi.advanceTimersByTimeAsync(IDLE_MS)
  await eventually(() => expect(fault.failed()).toBeGreaterThan(0))
  fault.restore()
  await expect(replica.commit({ customers: [customerOf(2)] })).rejects.toBeInstanceOf(StorageError)
  await replica.close()
})
