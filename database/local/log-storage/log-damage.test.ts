import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, expect, test, vi } from 'vitest'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import { contents, freshDisk, item, logStorageOn, openCollection } from '../testing/log-fixtures.ts'
import { alterRecord, rawLog } from '../testing/raw-log.ts'
import { LogDamagedError, LogLockedError } from './log-errors.ts'
import { LogFile } from './log-file.ts'

afterEach(() => vi.restoreAllMocks())

const generate = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
const KEYS: readonly (readonly [string, CryptoKey | null])[] = [
  ['in the clear', null],
  ['encrypted', await generate()],
]

/** Five records: a1, b1, a2, b2, a3. What starts with b can't be had again elsewhere. */
async function fill(key: CryptoKey | null): Promise<IndexedDbApi> {
  const disk = freshDisk()
  const instance = await openCollection(logStorageOn(disk, { key }).storage)
  for (const name of ['a1', 'b1', 'a2', 'b2', 'a3']) await instance.bulkWrite([{ document: item(name) }], 'test')
  await instance.close()
  return disk
}
const flip = (body: unknown, at: number) => {
  const bytes = new Uint8Array(body as Uint8Array)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}

type Damage = (log: IDBObjectStore, meta: IDBObjectStore) => void
/** The damage, and what of b1 and b2 can still be read. */
const DAMAGES: Readonly<Record<string, readonly [Damage, readonly string[]]>> = {
  'a flipped bit': [(log) => alterRecord(log, 2, (r) => ({ ...r, body: flip(r.body, 20) })), ['b2']],
  'a lost record in the middle': [(log) => void log.delete(3), ['b1', 'b2']],
  'a lost first record': [(log) => void log.delete(1), ['b1', 'b2']],
  'a lost last record': [(log) => void log.delete(5), ['b1', 'b2']],
  'a lost head': [(_log, meta) => void meta.delete('head'), ['b1', 'b2']],
  'a head from before': [(_log, meta) => void meta.put({ key: 'head', seq: 3, token: 'x' }), ['b1', 'b2']],
  'a lost format': [(_log, meta) => void meta.delete('format'), ['b1', 'b2']],
  'all meta data lost': [(_log, meta) => void meta.clear(), ['b1', 'b2']],
  'all records lost': [(log) => void log.clear(), []],
  'a record without its shape': [(log) => alterRecord(log, 4, ({ seq }) => ({ seq, body: 'text' })), ['b1']],
  'a record without its body': [(log) => alterRecord(log, 4, ({ body: _body, ...rest }) => rest), ['b1']],
  'a record without its proof': [
    (log) => alterRecord(log, 4, ({ checksum: _checksum, iv: _iv, ...rest }) => rest),
    ['b1'],
  ],
  'a record in the place of another': [
    (log) => {
      const reading = log.get(4)
      reading.onsuccess = () => void log.put({ ...reading.result, seq: 2, from: 2 })
    },
    ['b2'],
  ],
  'a record that claims more than it is': [(log) => alterRecord(log, 2, (r) => ({ ...r, from: 1 })), ['b2']],
}

test.each(
  KEYS.flatMap(([kind, key]) =>
    Object.entries(DAMAGES).map(([what, [damage, kept]]) => ({ kind, key, what, damage, kept })),
  ),
)('SY-2: $what is noticed in a log $kind, and what can be read of the irreplaceable is kept', async (given) => {
  const { key, damage, kept } = given
  const disk = await fill(key)
  await rawLog(disk, 'db', damage)
  await expect(openCollection(logStorageOn(disk, { key }).storage)).rejects.toBeInstanceOf(LogDamagedError)
  const salvaging = logStorageOn(disk, {
    key,
    salvage: (_collection, document) => (String(document.key).startsWith('b') ? document : null),
  })
  const instance = await openCollection(salvaging.storage)
  expect(salvaging.log().damage).toContain('damaged')
  expect(Object.keys(await contents(instance))).toEqual(kept)
  await instance.bulkWrite([{ document: item('after') }], 'test')
  await instance.close()
  // Sound from then on, without salvage.
  const sound = logStorageOn(disk, { key })
  const again = await openCollection(sound.storage)
  expect(sound.log().damage).toBeNull()
  expect(Object.keys(await contents(again))).toEqual(['after', ...kept])
  await again.close()
})

test('SY-2: a crash while salvaging leaves the damaged log as it was', async () => {
  const disk = await fill(null)
  await rawLog(disk, 'db', (log) => void log.delete(3))
  const { storage } = logStorageOn(disk, {
    salvage: () => {
      throw new Error('crash')
    },
  })
  await expect(openCollection(storage)).rejects.toThrow('crash')
  const instance = await openCollection(logStorageOn(disk, { salvage: (_, document) => document }).storage)
  expect(Object.keys(await contents(instance))).toEqual(['a1', 'a3', 'b1', 'b2'])
  await instance.close()
})

test('EL-1: an encrypted log opens with its key only, and is never taken for a damaged one', async () => {
  const key = await generate()
  const disk = await fill(key)
  for (const wrong of [null, await generate()]) {
    const { storage } = logStorageOn(disk, { key: wrong, salvage: (_, document) => document })
    await expect(openCollection(storage)).rejects.toBeInstanceOf(LogLockedError)
  }
  // Also when the log can't even say that it is encrypted: nothing may be thrown away without the key.
  await rawLog(disk, 'db', (_log, meta) => void meta.delete('format'))
  const { storage } = logStorageOn(disk, { key: null, salvage: (_, document) => document })
  await expect(openCollection(storage)).rejects.toBeInstanceOf(LogLockedError)
  const instance = await openCollection(logStorageOn(disk, { key, salvage: (_, document) => document }).storage)
  expect(Object.keys(await contents(instance))).toHaveLength(5)
  await instance.close()
})

test('EL-1: nothing of a document can be read from an encrypted log; one in the clear is encrypted when it is opened with a key', async () => {
  const disk = await fill(null)
  const bytesOf = async () => {
    let text = ''
    await rawLog(disk, 'db', (log) => {
      const reading = log.getAll()
      reading.onsuccess = () => {
        text = (reading.result as { body: Uint8Array }[]).map(({ body }) => new TextDecoder().decode(body)).join('|')
      }
    })
    return text
  }
  expect(await bytesOf()).toContain('"a1"')
  const key = await generate()
  const instance = await openCollection(logStorageOn(disk, { key }).storage)
  await instance.bulkWrite([{ document: item('secret') }], 'test')
  await instance.close()
  expect(await bytesOf()).not.toMatch(/"a1"|secret|items/)
  const again = await openCollection(logStorageOn(disk, { key }).storage)
  expect(Object.keys(await contents(again))).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'secret'])
  await again.close()
})

test('SY-8: a log that a later version has written is refused and left alone', async () => {
  const disk = await fill(null)
  await rawLog(disk, 'db', (_log, meta) => void meta.put({ key: 'format', version: 2, cipher: 'none' }))
  await expect(openCollection(logStorageOn(disk, { salvage: () => null }).storage)).rejects.toThrow('later version')
})

test('SY-2: a log that can not be read right now is not taken for a damaged one', async () => {
  const disk = await fill(null)
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementationOnce(() => {
    throw new DOMException('busy', 'UnknownError')
  })
  await expect(openCollection(logStorageOn(disk, { salvage: () => null }).storage)).rejects.toThrow('busy')
  const instance = await openCollection(logStorageOn(disk).storage)
  expect(Object.keys(await contents(instance))).toEqual(['a1', 'a2', 'a3', 'b1', 'b2'])
  await instance.close()
})

test('SY-2: a salvage that can not be written leaves the damaged log as it was', async () => {
  const disk = await fill(null)
  await rawLog(disk, 'db', (log) => void log.delete(3))
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await expect(openCollection(logStorageOn(disk, { salvage: (_, document) => document }).storage)).rejects.toThrow(
    'full',
  )
  vi.restoreAllMocks()
  const instance = await openCollection(logStorageOn(disk, { salvage: (_, document) => document }).storage)
  expect(Object.keys(await contents(instance))).toEqual(['a1', 'a3', 'b1', 'b2'])
  await instance.close()
})

test('EL-1: without the key nothing of a damaged log is thrown away, whatever the damage', async () => {
  const key = await generate()
  const disk = await fill(key)
  await rawLog(disk, 'db', (log, meta) => {
    meta.clear()
    alterRecord(log, 1, ({ seq }) => ({ seq }))
  })
  await expect(
    openCollection(logStorageOn(disk, { key: null, salvage: (_, document) => document }).storage),
  ).rejects.toBeInstanceOf(LogLockedError)
  const instance = await openCollection(logStorageOn(disk, { key, salvage: (_, document) => document }).storage)
  expect(Object.keys(await contents(instance))).toEqual(['a2', 'a3', 'b1', 'b2'])
  await instance.close()
})

test.each(KEYS)('EL-1: a record out of another log, %s, is noticed', async (_kind, key) => {
  const disk = await fill(key)
  const other = await openCollection(logStorageOn(disk, { key }).storage, { database: 'other' })
  await other.bulkWrite([{ document: item('foreign') }], 'test')
  await other.close()
  let foreign: unknown
  await rawLog(disk, 'other', (log) => {
    const reading = log.get(1)
    reading.onsuccess = () => {
      foreign = reading.result
    }
  })
  await rawLog(disk, 'db', (log) => void log.put(foreign))
  await expect(openCollection(logStorageOn(disk, { key }).storage)).rejects.toBeInstanceOf(LogDamagedError)
})

test('EL-1: no two records are encrypted with one nonce', async () => {
  const disk = await fill(await generate())
  const nonces = new Set<string>()
  await rawLog(disk, 'db', (log) => {
    const reading = log.getAll()
    reading.onsuccess = () => {
      for (const { iv } of reading.result as { iv: Uint8Array }[]) nonces.add(iv.join())
    }
  })
  expect(nonces.size).toBe(5)
})

test('SY-2: a record that proves itself and holds no documents is damage, not a crash', async () => {
  const disk = await fill(null)
  const file = await LogFile.open({ ...disk, name: 'db', key: null })
  await file.replay(() => undefined)
  await file.append([{ op: 'drop', collection: 7 } as never])
  file.close()
  await expect(openCollection(logStorageOn(disk).storage)).rejects.toBeInstanceOf(LogDamagedError)
})
