import { getChangedDocumentsSince, getWrittenDocumentsFromBulkWriteResponse, type RxStorage } from 'rxdb'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { describe, expect, test } from 'vitest'
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
  prepared,
} from '../testing/log-fixtures.ts'
import type { ChangeBulk } from './collection-state.ts'

type Make = (disk: IndexedDbApi) => RxStorage<unknown, object>
const key = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
const KEY = await key()
const STORAGES: readonly (readonly [string, Make])[] = [
  ['the log storage', (disk) => logStorageOn(disk).storage],
  ['the log storage, encrypted', (disk) => logStorageOn(disk, { key: KEY }).storage],
  ['the Dexie storage', (disk) => getRxStorageDexie(disk) as RxStorage<unknown, object>],
]
// RxDB's Dexie storage shares open databases by name within a process.
let databases = 0
function fresh(): string {
  databases += 1
  return `db-${databases}`
}
const row = (document: ItemData) => ({ document })
const deleted = { _deleted: true } as const

describe.each(STORAGES)('SY-2: %s keeps the contract of RxDB', (_name, make) => {
  const open = (collection = 'items') => openCollection(make(freshDisk()), { database: fresh(), collection })
  const write = (instance: ItemInstance, ...documents: ItemData[]) => instance.bulkWrite(documents.map(row), 'test')

  test('bulkWrite stores documents, and the response names what was written', async () => {
    const instance = await open()
    const rows = [row(item('a')), row(item('b'))]
    const response = await instance.bulkWrite(rows, 'test')
    expect(response.error).toEqual([])
    expect(getWrittenDocumentsFromBulkWriteResponse('key', rows, response).map((d) => d.key)).toEqual(['a', 'b'])
    expect(await contents(instance)).toEqual({ a: 'v', b: 'v' })
    await instance.remove()
  })

  test('a conflicting insert is reported with status 409 and the stored document; the other rows are written', async () => {
    const instance = await open()
    const first = item('a', 'first')
    await write(instance, first)
    const { error } = await write(instance, item('a', 'second'), item('b', 'other'))
    expect(error).toMatchObject([{ status: 409, documentId: 'a', isError: true, documentInDb: first }])
    expect(error[0]?.writeRow.document.value).toBe('second')
    expect(await contents(instance)).toEqual({ a: 'first', b: 'other' })
    await instance.remove()
  })

  test('an update needs the stored revision as its previous one', async () => {
    const instance = await open()
    const first = item('a', 'first')
    await write(instance, first)
    expect((await instance.bulkWrite([next(first, 'second')], 'test')).error).toEqual([])
    const late = await instance.bulkWrite([next(first, 'late')], 'test')
    expect(late.error).toMatchObject([{ status: 409, documentInDb: { value: 'second' } }])
    expect(await contents(instance)).toEqual({ a: 'second' })
    await instance.remove()
  })

  test('of two writes at the same moment the first wins, and the second is a conflict', async () => {
    const instance = await open()
    const [first, second] = await Promise.all([
      write(instance, item('a', 'first')),
      write(instance, item('a', 'second')),
    ])
    expect(first.error).toEqual([])
    expect(second.error).toMatchObject([{ status: 409, documentInDb: { value: 'first' } }])
    await instance.remove()
  })

  test('an insert and its update may be under way together', async () => {
    const instance = await open()
    const inserted = item('a', 'first')
    const both = await Promise.all([write(instance, inserted), instance.bulkWrite([next(inserted, 'second')], 'test')])
    expect(both.map(({ error }) => error)).toEqual([[], []])
    expect(await contents(instance)).toEqual({ a: 'second' })
    await instance.remove()
  })

  test('deleted documents are found only when asked for, and can come back with their previous revision', async () => {
    const instance = await open()
    const alive = item('a')
    await write(instance, alive)
    const gone = next(alive, 'v', deleted)
    await instance.bulkWrite([gone], 'test')
    expect(await instance.findDocumentsById(['a'], false)).toEqual([])
    expect(await instance.findDocumentsById(['a'], true)).toMatchObject([{ key: 'a', _deleted: true }])
    expect((await write(instance, item('a', 'again'))).error).toMatchObject([{ status: 409 }])
    expect((await instance.bulkWrite([next(gone.document, 'back')], 'test')).error).toEqual([])
    expect(await contents(instance)).toEqual({ a: 'back' })
    await instance.remove()
  })

  test('findDocumentsById answers what there is, in any number', async () => {
    const instance = await open()
    expect(await instance.findDocumentsById([], true)).toEqual([])
    await write(instance, item('ä'), item('b'))
    const found = await instance.findDocumentsById(['b', 'none', 'ä'], false)
    expect(found.map((document) => document.key).sort()).toEqual(['b', 'ä'])
    await instance.remove()
  })

  test('query and count obey selector, sort, skip and limit', async () => {
    const instance = await open()
    const keys = Array.from({ length: 300 }, (_, n) => `k${String(n).padStart(4, '0')}`)
    await write(instance, ...keys.map((key, n) => item(key, String(n % 10))))
    const ask = async (query: Parameters<typeof prepared>[1]) =>
      (await instance.query(prepared(instance, query))).documents.map((document) => document.key)
    expect(await ask({ skip: 3, limit: 2 })).toEqual(['k0003', 'k0004'])
    expect(await ask({ sort: [{ key: 'desc' }], limit: 2 })).toEqual(['k0299', 'k0298'])
    expect(await ask({ selector: { value: { $eq: '7' } }, limit: 2 })).toEqual(['k0007', 'k0017'])
    expect(await ask({ selector: { key: { $gt: 'k0297' } } })).toEqual(['k0298', 'k0299'])
    expect(await ask({ sort: [{ value: 'desc' }, { key: 'asc' }], limit: 2 })).toEqual(['k0009', 'k0019'])
    expect((await instance.count(prepared(instance, { selector: { value: { $eq: '7' } } }))).count).toBe(30)
    expect(await instance.count(prepared(instance))).toEqual({ count: 300, mode: 'fast' })
    await instance.remove()
  })

  test('changeStream tells of each write once, with its context and a checkpoint, and not of conflicts', async () => {
    const instance = await open()
    const bulks: ChangeBulk[] = []
    instance.changeStream().subscribe((bulk) => bulks.push(bulk as unknown as ChangeBulk))
    const inserted = item('a', 'first')
    await instance.bulkWrite([row(inserted)], 'mine')
    const updated = next(inserted, 'second')
    await instance.bulkWrite([updated], 'test')
    await write(instance, item('a', 'conflict'))
    await instance.bulkWrite([next(updated.document, 'x', deleted)], 'test')
    expect(bulks.map(({ events }) => events.map(({ operation, documentId }) => `${operation} ${documentId}`))).toEqual([
      ['INSERT a'],
      ['UPDATE a'],
      ['DELETE a'],
    ])
    expect(bulks[0]).toMatchObject({ context: 'mine', checkpoint: { id: 'a', lwt: inserted._meta.lwt } })
    expect(bulks[1]?.events[0]).toMatchObject({
      documentData: { value: 'second' },
      previousDocumentData: { value: 'first' },
    })
    expect(new Set(bulks.map(({ id }) => id)).size).toBe(3)
    await instance.remove()
  })

  test('getChangedDocumentsSince walks all changes in the order of their time, each document once', async () => {
    const instance = await open()
    const first = Array.from({ length: 7 }, (_, n) => item(`k${n}`))
    await write(instance, ...first)
    const [moved] = first
    if (moved === undefined) throw new Error('No document')
    await instance.bulkWrite([next(moved, 'later', deleted)], 'test')
    const seen: string[] = []
    let checkpoint: unknown
    for (let round = 0; round < 5; round += 1) {
      const page = await getChangedDocumentsSince(instance, 3, checkpoint as never)
      seen.push(...page.documents.map((document) => document.key))
      checkpoint = page.checkpoint
    }
    expect(seen).toEqual(['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k0'])
    await instance.remove()
  })

  test('cleanup forgets what was deleted long ago, for good', async () => {
    const disk = freshDisk()
    const database = fresh()
    const instance = await openCollection(make(disk), { database })
    const gone = item('gone')
    await write(instance, gone, item('stays'))
    await instance.bulkWrite([next(gone, 'v', { ...deleted, _meta: { lwt: Date.now() } })], 'test')
    await instance.cleanup(60_000)
    expect(await instance.findDocumentsById(['gone'], true)).toHaveLength(1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    while (!(await instance.cleanup(0))) await Promise.resolve()
    expect(await instance.findDocumentsById(['gone', 'stays'], true)).toMatchObject([{ key: 'stays' }])
    await instance.close()
    const again = await openCollection(make(disk), { database })
    expect(await again.findDocumentsById(['gone', 'stays'], true)).toMatchObject([{ key: 'stays' }])
    await again.remove()
  })

  test('close waits for writes under way; what was written is there when it is opened again', async () => {
    const disk = freshDisk()
    const database = fresh()
    const instance = await openCollection(make(disk), { database })
    const writing = write(instance, item('a', 'kept'))
    await Promise.all([writing, writing.then(() => instance.close())])
    await instance.close()
    const again = await openCollection(make(disk), { database })
    expect(await contents(again)).toEqual({ a: 'kept' })
    await again.remove()
  })

  test('remove deletes this collection for good, and no other; a removed or closed one takes no writes', async () => {
    const disk = freshDisk()
    const database = fresh()
    const storage = make(disk)
    const [a, b] = await Promise.all(['a', 'b'].map((collection) => openCollection(storage, { database, collection })))
    if (a === undefined || b === undefined) throw new Error('Not opened')
    await write(a, item('x'))
    await write(b, item('y'))
    await a.remove()
    await expect(async () => write(a, item('z'))).rejects.toThrow()
    await b.close()
    const again = make(disk)
    const [a2, b2] = await Promise.all(['a', 'b'].map((collection) => openCollection(again, { database, collection })))
    if (a2 === undefined || b2 === undefined) throw new Error('Not opened')
    expect([await contents(a2), await contents(b2)]).toEqual([{}, { y: 'v' }])
    await a2.remove()
    await b2.remove()
  })

  test('collections, schema versions and databases do not mix', async () => {
    const storage = make(freshDisk())
    const database = fresh()
    const instances = await Promise.all([
      openCollection(storage, { database }),
      openCollection(storage, { database, version: 1 }),
      openCollection(storage, { database, collection: 'other' }),
      openCollection(storage, { database: fresh() }),
    ])
    for (const [n, instance] of instances.entries()) await write(instance, item('a', String(n)))
    const values = await Promise.all(instances.map(contents))
    expect(values).toEqual([{ a: '0' }, { a: '1' }, { a: '2' }, { a: '3' }])
    for (const instance of instances) await instance.remove()
  })

  test.each([
    ['UT5', { keyCompression: true }],
    ['UT6', { encrypted: ['value'] }],
  ])('a schema that it cannot serve is refused with %s', async (code, schema) => {
    // RxDB's own storage throws before it makes a promise.
    await expect(async () => openCollection(make(freshDisk()), { database: fresh(), schema })).rejects.toMatchObject({
      code,
    })
  })
})

test('SY-2: attachments and several owners are refused with a sentence when a collection is opened', async () => {
  const { storage } = logStorageOn(freshDisk())
  await expect(openCollection(storage, { schema: { attachments: {} } })).rejects.toThrow('keeps no attachments')
  await expect(openCollection(storage, { multiInstance: true })).rejects.toThrow('multiInstance: false')
  const instance = await openCollection(storage)
  await expect(instance.getAttachmentData('a', 'b', 'c')).rejects.toThrow('keeps no attachments')
  await instance.close()
})
