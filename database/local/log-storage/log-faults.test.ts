import { Dexie } from 'dexie'
import { IDBObjectStore, IDBTransaction } from 'fake-indexeddb'
import { afterEach, expect, test, vi } from 'vitest'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import {
  contents,
  freshDisk,
  type ItemInstance,
  item,
  logStorageOn,
  next,
  openCollection,
} from '../testing/log-fixtures.ts'
import { LogStoppedError, TogetherConflictError } from './log-errors.ts'
import type { LogInternals } from './log-storage-instance.ts'
import { togetherContext } from './together.ts'

afterEach(() => vi.restoreAllMocks())
const full = () => new DOMException('The disk is full', 'QuotaExceededError')
const put = (instance: ItemInstance, ...keys: string[]) =>
  instance.bulkWrite(
    keys.map((key) => ({ document: item(key) })),
    'test',
  )
const reopened = async (disk: IndexedDbApi) => {
  const instance = await openCollection(logStorageOn(disk).storage)
  const found = Object.keys(await contents(instance))
  await instance.close()
  return found
}

/** Each step of the order in which a write happens, failing. */
const STEPS: Readonly<Record<string, () => void>> = {
  'opening the transaction': () => {
    vi.spyOn(IDBTransaction.prototype, 'objectStore').mockImplementation(() => {
      throw full()
    })
  },
  'reading the head': () => {
    const { get } = IDBObjectStore.prototype
    let asked = 0
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      asked += 1
      if (asked === 1) throw full()
      return get.call(this, key)
    })
  },
  'adding the record': () => {
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw full()
    })
  },
  'moving the head': () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full()
    })
  },
  encoding: () => {
    vi.spyOn(crypto.subtle, 'digest').mockRejectedValue(full())
  },
}

test.each(Object.entries(STEPS))(
  'SY-2: when %s fails, nothing shows, nobody is told, and no later write passes it',
  async (_step, fail) => {
    const disk = freshDisk()
    const instance = await openCollection(logStorageOn(disk).storage)
    const told: unknown[] = []
    await put(instance, 'before')
    instance.changeStream().subscribe((bulk) => told.push(bulk))
    fail()
    const both = await Promise.allSettled([put(instance, 'a'), put(instance, 'b')])
    vi.restoreAllMocks()
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    // The disk works again, but memory and disk may differ: only opening it again tells.
    await expect(put(instance, 'later')).rejects.toBeInstanceOf(LogStoppedError)
    expect(Object.keys(await contents(instance))).toEqual(['before'])
    expect(told).toEqual([])
    await instance.close()
    expect(await reopened(disk)).toEqual(['before'])
  },
)

test('SY-2: a write whose answer is lost after it was committed counts as written', async () => {
  const disk = freshDisk()
  const instance = await openCollection(logStorageOn(disk).storage)
  const { transaction } = Dexie.prototype
  vi.spyOn(Dexie.prototype, 'transaction').mockImplementationOnce(async function (this: Dexie, ...args: unknown[]) {
    await (transaction as (...args: unknown[]) => Promise<unknown>).apply(this, args)
    throw new DOMException('The answer was lost', 'AbortError')
  } as never)
  expect((await put(instance, 'a')).error).toEqual([])
  await put(instance, 'b')
  await instance.close()
  expect(await reopened(disk)).toEqual(['a', 'b'])
})

test('SY-2: encoding may take its time: no transaction is open meanwhile', async () => {
  const instance = await openCollection(logStorageOn(freshDisk()).storage)
  const digest = crypto.subtle.digest.bind(crypto.subtle)
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return digest(...args)
  })
  expect((await put(instance, 'a')).error).toEqual([])
  await instance.close()
})

test('SY-2: whoever is told of a write finds it', async () => {
  const instance = await openCollection(logStorageOn(freshDisk()).storage)
  const { documents } = instance.internals as LogInternals
  const found: boolean[] = []
  instance.changeStream().subscribe(() => found.push(documents.has('a')))
  await put(instance, 'a')
  expect(found).toEqual([true])
  await instance.close()
})

test('SY-2: closing waits for writes under way', async () => {
  const instance = await openCollection(logStorageOn(freshDisk()).storage)
  let isWritten = false
  void put(instance, 'a').then(() => {
    isWritten = true
  })
  await instance.close()
  expect(isWritten).toBe(true)
})

test('SY-2: a common write of which a part never comes is refused, and nothing of it is written', async () => {
  const { storage, log } = logStorageOn(freshDisk())
  const instance = await openCollection(storage)
  vi.useFakeTimers()
  const writing = instance.bulkWrite([{ document: item('a') }], togetherContext(2))
  let refusal: unknown
  writing.catch((error: unknown) => {
    refusal = error
  })
  await vi.advanceTimersByTimeAsync(5_000)
  vi.useRealTimers()
  expect(refusal).toBeInstanceOf(LogStoppedError)
  expect(log().head).toBe(0)
  await instance.close()
})

test('SY-2: nothing is shown, told or resolved before it is durable', async () => {
  const instance = await openCollection(logStorageOn(freshDisk()).storage)
  const order: string[] = []
  instance.changeStream().subscribe(() => order.push('event'))
  const { transaction } = Dexie.prototype
  vi.spyOn(Dexie.prototype, 'transaction').mockImplementationOnce(async function (this: Dexie, ...args: unknown[]) {
    await (transaction as (...args: unknown[]) => Promise<unknown>).apply(this, args)
    await new Promise((resolve) => setTimeout(resolve, 20))
    order.push(`durable, showing ${Object.keys(await contents(instance)).length}`)
  } as never)
  await put(instance, 'a').then(() => order.push('resolved'))
  expect(order).toEqual(['durable, showing 0', 'event', 'resolved'])
  await instance.close()
})

test('SY-2: writes made while another is on its way to the disk share the next transaction', async () => {
  const { storage, log } = logStorageOn(freshDisk())
  const instance = await openCollection(storage)
  const spy = vi.spyOn(Dexie.prototype, 'transaction')
  await Promise.all(Array.from({ length: 50 }, (_, n) => put(instance, `k${n}`)))
  expect(spy.mock.calls.length).toBeLessThanOrEqual(2)
  expect(log().head).toBeLessThanOrEqual(2)
  expect(Object.keys(await contents(instance))).toHaveLength(50)
  await instance.close()
})

test('SY-2: writes of several collections that belong together are one record, and conflict as one', async () => {
  const disk = freshDisk()
  const { storage, log } = logStorageOn(disk)
  const [a, b] = [
    await openCollection(storage, { collection: 'a' }),
    await openCollection(storage, { collection: 'b' }),
  ]
  const write = (instance: ItemInstance, key: string, context: string) =>
    instance.bulkWrite([{ document: item(key) }], context)
  const first = togetherContext(2)
  await Promise.all([write(a, 'x', first), write(b, 'y', first)])
  expect(log().head).toBe(1)
  const second = togetherContext(2)
  const answers = await Promise.allSettled([write(a, 'x', second), write(b, 'z', second)])
  expect(answers).toMatchObject([
    { status: 'rejected', reason: { name: 'TogetherConflictError' } },
    { status: 'rejected', reason: expect.any(TogetherConflictError) },
  ])
  expect([await contents(a), await contents(b)]).toEqual([{ x: 'v' }, { y: 'v' }])
  // A conflict is an answer, not a failure of the disk: writes go on.
  expect((await put(b, 'z')).error).toEqual([])
  await a.close()
  await b.close()
})

test('SY-2: a second owner is fenced off: what the first one does not know is not written over', async () => {
  const disk = freshDisk()
  const first = await openCollection(logStorageOn(disk).storage)
  await put(first, 'a')
  const second = await openCollection(logStorageOn(disk).storage)
  await put(second, 'b')
  await expect(put(first, 'c')).rejects.toMatchObject({ name: 'LogDamagedError' })
  await expect(put(first, 'd')).rejects.toBeInstanceOf(LogStoppedError)
  await first.close()
  await second.close()
  expect(await reopened(disk)).toEqual(['a', 'b'])
})

test('SY-2: a database deleted underneath stops the writes instead of starting an empty one', async () => {
  const disk = freshDisk()
  const { storage, log } = logStorageOn(disk)
  const instance = await openCollection(storage)
  for (const key of ['a', 'b', 'c']) await put(instance, key)
  await new Promise((resolve) => {
    disk.indexedDB.deleteDatabase('db').onsuccess = resolve
  })
  await expect(put(instance, 'd')).rejects.toThrow()
  await log().compaction.run({ from: 0 })
  expect(Object.keys(await contents(instance))).toEqual(['a', 'b', 'c'])
  await instance.close()
  expect((await disk.indexedDB.databases()).map(({ name }) => name)).toEqual([])
})

test('SY-2: a revision that was overtaken while waiting is a conflict, not a lost update', async () => {
  const instance = await openCollection(logStorageOn(freshDisk()).storage)
  const first = item('a')
  await instance.bulkWrite([{ document: first }], 'test')
  const [won, lost] = await Promise.all([
    instance.bulkWrite([next(first, 'won')], 'test'),
    instance.bulkWrite([next(first, 'lost')], 'test'),
  ])
  expect([won.error.length, lost.error.length]).toEqual([0, 1])
  expect(await contents(instance)).toEqual({ a: 'won' })
  await instance.close()
})
