import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, expect, test, vi } from 'vitest'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import {
  contents,
  freshDisk,
  type ItemData,
  type ItemInstance,
  item,
  logStorageOn,
  next,
  openCollection,
} from '../testing/log-fixtures.ts'
import { alterRecord, rawLog } from '../testing/raw-log.ts'
import { Compaction } from './compaction.ts'
import { LogFile } from './log-file.ts'

afterEach(() => vi.restoreAllMocks())
const put = (instance: ItemInstance, ...documents: ItemData[]) =>
  instance.bulkWrite(
    documents.map((document) => ({ document })),
    'test',
  )
async function reopened(disk: IndexedDbApi) {
  const instance = await openCollection(logStorageOn(disk).storage)
  const found = await contents(instance)
  await instance.close()
  return found
}
/** Many small records: documents that are inserted, changed, deleted and forgotten. */
async function busy(instance: ItemInstance) {
  for (let n = 0; n < 300; n += 1) {
    const id = `k${n % 40}`
    const [stored] = await instance.findDocumentsById([id], true)
    if (stored === undefined) await put(instance, item(id, String(n)))
    else await instance.bulkWrite([next(stored, String(n), { _deleted: n % 7 === 0 })], 'test')
    if (n % 50 === 49) await instance.cleanup(0)
  }
}

test('SY-2: compaction makes the log short and changes nothing in it, purges included', async () => {
  const disk = freshDisk()
  const { storage, log } = logStorageOn(disk)
  const instance = await openCollection(storage)
  await busy(instance)
  const before = await contents(instance)
  const { records } = log().size
  const { head } = log()
  await log().compaction.run()
  expect(log().size.records).toBeLessThan(5)
  expect(records).toBeGreaterThan(300)
  expect(log().head).toBe(head)
  expect(await contents(instance)).toEqual(before)
  await put(instance, item('after'))
  await instance.close()
  expect(await reopened(disk)).toEqual({ ...before, after: 'v' })
})

test('SY-2: a collection that was dropped stays dropped after compaction', async () => {
  const disk = freshDisk()
  const { storage, log } = logStorageOn(disk)
  const kept = await openCollection(storage, { collection: 'kept' })
  for (let n = 0; n < 150; n += 1) await put(kept, item(`k${n}`))
  const gone = await openCollection(storage, { collection: 'gone' })
  await put(gone, item('x'))
  await gone.remove()
  for (let n = 150; n < 300; n += 1) await put(kept, item(`k${n}`))
  await log().compaction.run()
  expect(log().size.records).toBeLessThan(5)
  await kept.close()
  const again = logStorageOn(disk)
  const [a, b] = [
    await openCollection(again.storage, { collection: 'gone' }),
    await openCollection(again.storage, { collection: 'kept' }),
  ]
  expect([Object.keys(await contents(a)).length, Object.keys(await contents(b)).length]).toEqual([0, 300])
  await a.close()
  await b.close()
})

test('SY-2: a compaction that dies at any of its steps loses nothing, and writes go on', async () => {
  for (const method of ['add', 'delete'] as const) {
    const disk = freshDisk()
    const { storage, log } = logStorageOn(disk)
    const instance = await openCollection(storage)
    await busy(instance)
    const before = await contents(instance)
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await log().compaction.run()
    vi.restoreAllMocks()
    await put(instance, item('after'))
    await instance.close()
    expect(await reopened(disk)).toEqual({ ...before, after: 'v' })
  }
})

test('SY-7: compaction that meets a damaged record changes nothing, says so once, and is not tried again', async () => {
  const disk = freshDisk()
  const { storage, log } = logStorageOn(disk)
  const instance = await openCollection(storage)
  await busy(instance)
  const { size } = log()
  await rawLog(disk, 'db', (records) =>
    alterRecord(records, 100, (record) => ({ ...record, body: new ArrayBuffer(8) })),
  )
  await log().compaction.run()
  expect(String(await log().compaction.damaged)).toBe(
    'LogDamagedError: The log is damaged: a record has lost its shape.',
  )
  expect(log().size).toEqual(size)
  await put(instance, item('after'))
  await expect(log().compaction.runWhole()).rejects.toThrow('closed or damaged')
  await instance.close()
})

test('SY-2: a disk that refuses compaction once is asked again after the next write', async () => {
  const { storage, log } = logStorageOn(freshDisk(), { idleMs: 5 })
  const instance = await openCollection(storage)
  const full = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await busy(instance)
  await expect.poll(() => full).toHaveBeenCalled()
  full.mockRestore()
  expect(log().size.records).toBeGreaterThan(200)
  await put(instance, item('after'))
  await expect.poll(() => log().size.records).toBeLessThan(200)
  await instance.close()
})

test('SY-2: compaction runs by itself when nobody writes, lets a writer pass, and never touches the last record', async () => {
  const disk = freshDisk()
  const { storage, log } = logStorageOn(disk, { idleMs: 5 })
  const instance = await openCollection(storage)
  await busy(instance)
  await expect.poll(() => log().size.records).toBeLessThan(200)
  const writes = Array.from({ length: 20 }, (_, n) => put(instance, item(`w${n}`)))
  await Promise.all([log().compaction.run(), ...writes])
  const before = await contents(instance)
  await instance.close()
  expect(await reopened(disk)).toEqual(before)
})

test('SY-2: documents that were all replaced leave the log, in time', async () => {
  const disk = freshDisk()
  const { storage, log } = logStorageOn(disk)
  const instance = await openCollection(storage)
  const documents = Array.from({ length: 8_000 }, (_, n) => item(`k${n}`, 'x'.repeat(20)))
  await put(instance, ...documents)
  let current = documents
  for (const value of ['y', 'z']) {
    const rows = current.map((document) => next(document, value.repeat(20)))
    await instance.bulkWrite(rows, 'test')
    current = rows.map(({ document }) => document)
  }
  const before = log().size.bytes
  await log().compaction.run()
  expect(log().size.bytes).toBeLessThan(before * 0.6)
  await instance.close()
  expect(Object.values(await reopened(disk)).every((value) => value === 'z'.repeat(20))).toBe(true)
})

/** A log with what only its order explains: documents early, their end in a range of its own. */
async function withLateEnd(end: (instance: ItemInstance, documents: readonly ItemData[]) => Promise<unknown>) {
  const disk = freshDisk()
  const file = await LogFile.open({ ...disk, name: 'db', key: null })
  await file.replay(() => undefined)
  const documents = Array.from({ length: 300 }, (_, n) => item(`k${n}`, 'x'.repeat(10_000)))
  // Large enough to be a range by themselves.
  await file.append([{ op: 'put', collection: 'items|0', key: 'key', documents: documents as never }])
  file.close()
  const { storage, log } = logStorageOn(disk)
  const instance = await openCollection(storage)
  await end(instance, documents)
  return { disk, storage, log, instance }
}

test('SY-2: what was forgotten in a later range stays forgotten', async () => {
  const { disk, log, instance } = await withLateEnd(async (items, documents) => {
    const gone = documents.map((document) => next(document, '', { _deleted: true, _meta: { lwt: 1 } }))
    await items.bulkWrite(gone, 'test')
    await items.cleanup(0)
    for (let n = 0; n < 5; n += 1) await put(items, item(`later${n}`))
  })
  // The first range is left as it is: only what comes after it is written anew.
  await log().compaction.run({ from: 1 })
  const before = await contents(instance)
  await instance.close()
  expect(await reopened(disk)).toEqual(before)
  const again = await openCollection(logStorageOn(disk).storage)
  expect(await again.findDocumentsById(['k0', 'k299'], true)).toEqual([])
  await again.close()
})

test('SY-2: a collection that was dropped in a later range stays dropped', async () => {
  const { disk, storage, log, instance } = await withLateEnd(async () => undefined)
  const other = await openCollection(storage, { collection: 'other' })
  await instance.remove()
  for (let n = 0; n < 5; n += 1) await put(other, item(`later${n}`))
  await log().compaction.run({ from: 1 })
  await other.close()
  expect(await reopened(disk)).toEqual({})
})

test('SY-2: the last record is never part of a range, and a range that somebody else changed is left alone', async () => {
  const disk = freshDisk()
  const file = await LogFile.open({ ...disk, name: 'db', key: null })
  await file.replay(() => undefined)
  for (let n = 0; n < 5; n += 1) {
    await file.append([{ op: 'put', collection: 'items|0', key: 'key', documents: [item(`k${n}`)] as never }])
  }
  await expect(file.replace(3, 5, [])).rejects.toThrow(RangeError)
  await rawLog(disk, 'db', (log) => void log.delete(2))
  await expect(file.replace(0, 3, [])).rejects.toThrow('somebody else')
  expect(file.records).toHaveLength(5)
  file.close()
})

/** Compaction over records of a megabyte, of which a writer adds one during each step. */
function chased(isIdle: (steps: number) => boolean) {
  let seq = 4
  let steps = 0
  const records = [1, 2, 3, 4].map((n) => ({ from: n, seq: n, n: 1, bytes: 1_100_000 }))
  const file = {
    records,
    read: async () => {
      steps += 1
      if (steps > 20) throw new Error('It runs away')
      seq += 1
      records.push({ from: seq, seq, n: 1, bytes: 1_100_000 })
      return []
    },
    replace: async () => undefined,
  } as unknown as LogFile
  const deps = { file, idleMs: 0, isIdle: () => isIdle(steps), find: () => undefined, countLive: () => 0 }
  return { run: () => new Compaction(deps).run({ from: 0 }), steps: () => steps }
}

test('SY-2: compaction ends where the log ended when it began, however fast somebody writes', async () => {
  const busy = chased(() => true)
  await busy.run()
  expect(busy.steps()).toBe(3)
})

test('SY-2: compaction stops after the step in which somebody wrote', async () => {
  const busy = chased((steps) => steps === 0)
  await busy.run()
  expect(busy.steps()).toBe(1)
})
