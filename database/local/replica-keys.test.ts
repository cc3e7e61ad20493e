import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import type { IndexedDbApi } from './indexed-db-api.ts'
import { openReplica, removeReplica } from './open-replica.ts'
import { browserKeys, type KeySecrets, secretKeys } from './replica-keys.ts'
import { fileMarks, type ReplicaMarks } from './replica-marks.ts'
import { freshDisk } from './testing/log-fixtures.ts'
import { rawLog } from './testing/raw-log.ts'
import { customerOf, edited } from './testing/replica-fixtures.ts'

const IDS = { userId: '11111111-1111-4111-8111-111111111111', companyId: '22222222-2222-4222-8222-222222222222' }
function secretStore(available = true) {
  const kept = new Map<string, string>()
  const store = { available, kept }
  const secrets: KeySecrets = {
    get: async (key) => (store.available ? (kept.get(key) ?? null) : null),
    set: async (key, value) => {
      if (store.available) kept.set(key, value)
      return store.available
    },
    remove: async (key) => void kept.delete(key),
  }
  return { store, secrets }
}
function markSet(): ReplicaMarks {
  const marked = new Set<string>()
  return {
    has: async (replica) => marked.has(replica),
    add: async (replica) => void marked.add(replica),
    remove: async (replica) => void marked.delete(replica),
  }
}
type Place = Parameters<typeof openReplica>[0]

async function write(place: Place, ...numbers: number[]) {
  const replica = await openReplica(place)
  await replica.commit({ customers: numbers.map((n) => customerOf(n)) })
  await replica.close()
}
async function read(place: Place) {
  const replica = await openReplica(place)
  const { customers } = await replica.load()
  await replica.close()
  return customers.map(({ name }) => name)
}
/** All bytes of all logs on the disk, as text. */
async function diskText({ indexedDB, IDBKeyRange }: Pick<Place, 'indexedDB' | 'IDBKeyRange'>) {
  const texts: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('tradesphere-log-')) continue
    const db = await new Dexie(name, { indexedDB, IDBKeyRange }).open()
    for (const { body } of await db.table('log').toArray()) texts.push(new TextDecoder().decode(body))
    db.close()
  }
  return texts.join('|')
}

test('EL-1: a browser keeps a key that gives away no bytes, and the replica is unreadable without it', async () => {
  const disk = freshDisk()
  const keys = browserKeys(disk)
  const place = { ...disk, ...IDS, keys }
  await write(place, 1)
  expect(await diskText(disk)).not.toContain('Customer 1')
  const key = await keys.find(`replica-${IDS.userId}-${IDS.companyId}`)
  if (key === null) throw new Error('No key')
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  expect(await read(place)).toEqual(['Customer 1'])
  await expect(openReplica({ ...disk, ...IDS })).rejects.toMatchObject({ code: 'storage_locked' })
})

test('EL-1: a key is never written over, and one from the secret store gives away no bytes either', async () => {
  const keys = browserKeys(freshDisk())
  await keys.create('replica')
  const first = await keys.find('replica')
  await expect(keys.create('replica')).rejects.toMatchObject({ code: 'storage_failed' })
  const second = await keys.find('replica')
  if (first === null || second === null) throw new Error('No key')
  const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) }
  const sealed = await crypto.subtle.encrypt(algorithm, first, new Uint8Array([7]))
  expect(new Uint8Array(await crypto.subtle.decrypt(algorithm, second, sealed))).toEqual(new Uint8Array([7]))
  const stored = secretKeys(secretStore().secrets, keys)
  await stored.create('other')
  const key = await stored.find('other')
  if (key === null) throw new Error('No key')
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

test('EL-1: in Electron the key lies in the secret store; while that is locked the replica is refused, not overwritten', async () => {
  const disk = freshDisk()
  const { store, secrets } = secretStore()
  const place = { ...disk, ...IDS, keys: secretKeys(secrets, browserKeys(disk)) }
  await write(place, 1)
  expect([...store.kept.values()].map((text) => atob(text).length)).toEqual([32])
  store.available = false
  await expect(openReplica(place)).rejects.toMatchObject({
    code: 'storage_locked',
    message: expect.stringContaining('Unlock the key store'),
  })
  // No other key was made meanwhile, which would count from then on.
  expect(await browserKeys(disk).find(`replica-${IDS.userId}-${IDS.companyId}`)).toBeNull()
  store.available = true
  expect(await read(place)).toEqual(['Customer 1'])
})

test('EL-1: without a secret store the key is kept as in a browser, and stays in use when a store turns up', async () => {
  const disk = freshDisk()
  const { store, secrets } = secretStore(false)
  const place = { ...disk, ...IDS, keys: secretKeys(secrets, browserKeys(disk)) }
  await write(place, 1)
  expect(await diskText(disk)).not.toContain('Customer 1')
  store.available = true
  expect(await read(place)).toEqual(['Customer 1'])
})

test('EL-1 SY-8: a replica in the clear is encrypted when it is opened with keys', async () => {
  const disk = freshDisk()
  await write({ ...disk, ...IDS }, 1)
  expect(await diskText(disk)).toContain('Customer 1')
  const place = { ...disk, ...IDS, keys: browserKeys(disk) }
  expect(await read(place)).toEqual(['Customer 1'])
  expect(await diskText(disk)).not.toContain('Customer 1')
})

test('R-2: the key goes with the replica, however it is removed', async () => {
  const disk = freshDisk()
  const { store, secrets } = secretStore()
  const keys = secretKeys(secrets, browserKeys(disk))
  await write({ ...disk, ...IDS, keys }, 1)
  await (await openReplica({ ...disk, ...IDS, keys })).remove()
  expect(store.kept.size).toBe(0)
  await write({ ...disk, ...IDS, keys }, 1)
  await removeReplica({ ...disk, ...IDS, keys })
  expect(store.kept.size).toBe(0)
  expect(await read({ ...disk, ...IDS, keys })).toEqual([])
})

test.each(['secret store', 'browser'])(
  'SY-2: a replica that the platform has cleared is told from one that never was, by what the %s keeps elsewhere',
  async (platform) => {
    // All of IndexedDB goes; the secret store and the private file system are not part of it.
    const { secrets } = secretStore()
    const marks = markSet()
    const placeOn = (disk: IndexedDbApi) => {
      const keys = platform === 'browser' ? browserKeys(disk, marks) : secretKeys(secrets, browserKeys(disk))
      return { ...disk, ...IDS, keys }
    }
    const before = await openReplica(placeOn(freshDisk()))
    expect(before.condition).toBe('sound')
    await before.commit({ customers: [customerOf(1)] })
    await before.close()
    const place = placeOn(freshDisk())
    const after = await openReplica(place)
    expect(after.condition).toBe('vanished')
    await after.close()
    const later = await openReplica(place)
    expect(later.condition).toBe('sound')
    await later.remove()
    const another = await openReplica(placeOn(freshDisk()))
    expect(another.condition).toBe('sound')
    await another.close()
  },
)

test('SY-2: a replica from before there were marks is marked when it is opened', async () => {
  const disk = freshDisk()
  await write({ ...disk, ...IDS, keys: browserKeys(disk) }, 1)
  const marks = markSet()
  expect(await read({ ...disk, ...IDS, keys: browserKeys(disk, marks) })).toEqual(['Customer 1'])
  const empty = freshDisk()
  const after = await openReplica({ ...empty, ...IDS, keys: browserKeys(empty, marks) })
  expect(after.condition).toBe('vanished')
  await after.close()
})

test('SY-2: where a browser has no private file system, nothing is marked and nothing fails', async () => {
  const marks = fileMarks({} as StorageManager)
  await marks.add('replica')
  expect(await marks.has('replica')).toBe(false)
  await marks.remove('replica')
})

test('SY-2: a damaged replica keeps edits and forgets how far it had read the server', async () => {
  const place = { ...freshDisk(), ...IDS }
  const replica = await openReplica(place)
  await replica.commit({ customers: [edited(1, 'precious')], state: { recent: [customerOf(1).id] } })
  await replica.commit({ customers: [customerOf(2)], state: { checkpoint: { after: '7' } } })
  await replica.commit({ customers: [customerOf(3)] })
  await replica.close()
  await rawLog(place, `tradesphere-log-replica-${IDS.userId}-${IDS.companyId}`, (log) => {
    const keys = log.getAllKeys()
    keys.onsuccess = () => void log.delete(keys.result.at(-1) ?? 0)
  })
  const again = await openReplica(place)
  expect(again.condition).toBe('salvaged')
  const { customers, state } = await again.load()
  const { local } = edited(1, 'precious')
  const mutations = local?.mutations.map((waiting) => ({ ...waiting, sent: true }))
  expect(customers).toEqual([{ ...edited(1, 'precious'), local: { ...local, mutations } }])
  expect(state).toEqual({ recent: [customerOf(1).id] })
  await again.close()
})
