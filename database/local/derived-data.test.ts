import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, expect, test, vi } from 'vitest'
import type { DerivedReader, DerivedStore, LocalReplica } from './local-replica.ts'
import { openReplica } from './open-replica.ts'
import { peekReplica } from './peek-replica.ts'
import { browserKeys } from './replica-keys.ts'
import { logDatabaseName } from './replica-place.ts'
import { rawLog } from './testing/raw-log.ts'
import { customerOf, idOf } from './testing/replica-fixtures.ts'
import { storedText } from './testing/stored-text.ts'

const IDS = { userId: idOf(1), companyId: idOf(2) }
const LOG = logDatabaseName(`replica-${IDS.userId}-${IDS.companyId}`)
const bytesOf = (text: string) => new TextEncoder().encode(text)
const freshDisk = () => ({ indexedDB: new IDBFactory(), IDBKeyRange })

afterEach(() => vi.restoreAllMocks())

function derivedOf(replica: LocalReplica): DerivedStore {
  if (replica.derived === null) throw new Error('This storage keeps nothing')
  return replica.derived
}

test('PF-6: what was derived can be seen before the replica is opened, with the ids of customers changed since', async () => {
  const disk = freshDisk()
  const replica = await openReplica({ ...disk, ...IDS })
  await replica.commit({ customers: [customerOf(1), customerOf(2)] })
  const derived = derivedOf(replica)
  expect(await derived.save('list', { seq: derived.head(), bytes: bytesOf('Anna') })).toBe(true)
  await replica.commit({ state: { recent: [] } })
  expect(await derived.changedAfter(derived.head() - 1)).toEqual(new Set())
  await replica.commit({ customers: [customerOf(2, 'Bo')] })
  await replica.commit({ removed: [idOf(1)] })
  await replica.close()

  const seen = await peekReplica({ ...disk, ...IDS }, async (reader) => {
    expect(await reader.read('other')).toBeNull()
    const saved = await reader.read('list')
    return saved && [new TextDecoder().decode(saved.bytes), await reader.changedAfter(saved.seq)]
  })
  expect(seen).toEqual(['Anna', new Set([idOf(1), idOf(2)])])
  const again = await openReplica({ ...disk, ...IDS })
  expect((await again.load()).customers).toHaveLength(1)
  await again.close()
})

test('EL-1: without the right key nothing can be seen before the replica is opened, and none is made', async () => {
  const disk = freshDisk()
  const place = { ...disk, ...IDS, keys: browserKeys(disk) }
  const replica = await openReplica(place)
  const derived = derivedOf(replica)
  await derived.save('list', { seq: derived.head(), bytes: bytesOf('Anna') })
  await replica.close()
  const look = (reader: DerivedReader) => reader.read('list')
  expect(await peekReplica(place, look)).not.toBeNull()

  const elsewhere = freshDisk()
  const others = browserKeys(elsewhere)
  expect(await peekReplica({ ...place, keys: others }, look)).toBeNull()
  expect(await others.find(replica.name)).toBeNull()
  await others.create(replica.name)
  expect(await peekReplica({ ...place, keys: others }, look)).toBeNull()
  expect(await peekReplica({ ...disk, ...IDS }, look)).toBeNull()
})

test('PF-6: after very many writes it is not said what has changed', async () => {
  const replica = await openReplica({ ...freshDisk(), ...IDS })
  for (let n = 0; n < 520; n += 1) await replica.commit({ state: { recent: [] } })
  const derived = derivedOf(replica)
  expect(await derived.changedAfter(0)).toBeNull()
  expect(await derived.changedAfter(derived.head() - 500)).toEqual(new Set())
  await replica.close()
})

test('PF-6: after a merge it is not said who has changed: it shows in customers that were not written', async () => {
  const replica = await openReplica({ ...freshDisk(), ...IDS })
  await replica.commit({ customers: [customerOf(1)] })
  const derived = derivedOf(replica)
  const before = derived.head()
  const record = { id: idOf(9), customerId: null, at: '2026-01-01T00:00:00Z', body: '{}', local: null }
  await replica.commit({ records: [{ ...record, key: `quotes:${idOf(9)}`, collection: 'quotes' }] })
  expect(await derived.changedAfter(before)).toEqual(new Set())
  await replica.commit({ records: [{ ...record, key: `merges:${idOf(9)}`, collection: 'merges' }] })
  expect(await derived.changedAfter(before)).toBeNull()
  const merged = derived.head()
  await replica.commit({ removedRecords: [`merges:${idOf(9)}`] })
  expect(await derived.changedAfter(merged)).toBeNull()
  await replica.close()
})

test('EL-1: what was derived is encrypted like the replica, and under another name or number it is nothing', async () => {
  const disk = freshDisk()
  const keys = browserKeys(disk)
  const replica = await openReplica({ ...disk, ...IDS, keys })
  await derivedOf(replica).save('list', { seq: 7, bytes: bytesOf('Ottilie') })
  expect(await storedText(disk)).not.toContain('Ottilie')
  const alterations = [
    { seq: 8 },
    { pieces: 2 },
    { key: 'derived:search|0' },
    { body: bytesOf('Ottilie') },
    { iv: undefined },
    { seq: 'x' },
  ]
  for (const alteration of alterations) {
    await replica.close().catch(() => undefined)
    await rawLog(disk, LOG, (_log, meta) => {
      const reading = meta.get('derived:list|0')
      reading.onsuccess = () => {
        meta.put({ ...reading.result, key: 'derived:altered|0', ...alteration })
      }
    })
    const opened = await openReplica({ ...disk, ...IDS, keys })
    expect(await derivedOf(opened).read('altered')).toBeNull()
    expect(await derivedOf(opened).read('search')).toBeNull()
    await opened.close()
  }
})

test('PF-6: what is large lies in pieces, none of which is sealed and stored together with another', async () => {
  const disk = freshDisk()
  const replica = await openReplica({ ...disk, ...IDS, keys: browserKeys(disk) })
  const derived = derivedOf(replica)
  const large = Uint8Array.from({ length: 2_500_000 }, (_, n) => n * 7 + (n >> 8))
  const puts = vi.spyOn(IDBObjectStore.prototype, 'put')
  const sealing = vi.spyOn(crypto.subtle, 'encrypt')
  expect(await derived.save('search', { seq: 3, bytes: large })).toBe(true)
  expect(puts).toHaveBeenCalledTimes(3)
  for (const [, , bytes] of sealing.mock.calls) expect(bytes.byteLength).toBeLessThanOrEqual(1 << 20)
  const read = await derived.read('search')
  expect(read?.seq).toBe(3)
  expect(Buffer.compare(read?.bytes ?? new Uint8Array(), large)).toBe(0)
  // Fewer of another time leave none of these behind.
  await derived.save('search', { seq: 4, bytes: bytesOf('Anna') })
  expect(await derived.read('search')).toEqual({ seq: 4, bytes: bytesOf('Anna') })
  await replica.close()
  await rawLog(disk, LOG, (_log, meta) => {
    const keys = meta.getAllKeys(IDBKeyRange.bound('derived:', 'derived;'))
    keys.onsuccess = () => expect(keys.result).toEqual(['derived:search|0'])
  })
})

test.each(['lost', 'exchanged'])('EL-1: with a piece %s it is nothing', async (what) => {
  const disk = freshDisk()
  const replica = await openReplica({ ...disk, ...IDS, keys: browserKeys(disk) })
  await derivedOf(replica).save('search', { seq: 3, bytes: new Uint8Array(2_500_000) })
  await replica.close()
  await rawLog(disk, LOG, (_log, meta) => {
    if (what === 'lost') meta.delete('derived:search|2')
    const reading = meta.get('derived:search|0')
    if (what === 'exchanged') reading.onsuccess = () => meta.put({ ...reading.result, key: 'derived:search|1' })
  })
  const again = await openReplica({ ...disk, ...IDS, keys: browserKeys(disk) })
  expect(await derivedOf(again).read('search')).toBeNull()
  await again.close()
})

test('SY-2: what was derived in the clear is refused when it was altered', async () => {
  const disk = freshDisk()
  const replica = await openReplica({ ...disk, ...IDS })
  await derivedOf(replica).save('list', { seq: 7, bytes: bytesOf('Anna') })
  await replica.close()
  await rawLog(disk, LOG, (_log, meta) => {
    const reading = meta.get('derived:list|0')
    reading.onsuccess = () => void meta.put({ ...reading.result, body: bytesOf('Hanna') })
  })
  const again = await openReplica({ ...disk, ...IDS })
  expect(await derivedOf(again).read('list')).toBeNull()
  await again.close()
})

test('DB-8: compacting takes it along, and what was computed before does not come back', async () => {
  const disk = freshDisk()
  const replica = await openReplica({ ...disk, ...IDS })
  await replica.commit({ customers: [customerOf(1)] })
  const derived = derivedOf(replica)
  await derived.save('list', { seq: 1, bytes: bytesOf('Ottilie') })
  const saving = derived.save('search', { seq: 1, bytes: bytesOf('Ottilie') })
  await replica.compactNow()
  await saving
  expect(await storedText(disk)).not.toContain('Ottilie')
  expect(await derived.read('list')).toBeNull()
  await replica.close()
})

test('SY-2: a disk that refuses it loses nothing but time', async () => {
  const replica = await openReplica({ ...freshDisk(), ...IDS })
  const broken = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('No room', 'QuotaExceededError')
  })
  expect(await derivedOf(replica).save('list', { seq: 1, bytes: bytesOf('Anna') })).toBe(false)
  broken.mockRestore()
  await replica.commit({ customers: [customerOf(1)] })
  await replica.close()
})

test('SY-2: a log that is salvaged has nothing derived any more', async () => {
  const disk = freshDisk()
  const replica = await openReplica({ ...disk, ...IDS })
  await replica.commit({ customers: [customerOf(1)] })
  await derivedOf(replica).save('list', { seq: 1, bytes: bytesOf('Anna') })
  await replica.close()
  await rawLog(disk, LOG, (log) => {
    const reading = log.get(1)
    reading.onsuccess = () => void log.put({ ...reading.result, checksum: new Uint8Array(8) })
  })
  const again = await openReplica({ ...disk, ...IDS })
  expect(again.condition).toBe('salvaged')
  expect(await derivedOf(again).read('list')).toBeNull()
  await again.close()
})
