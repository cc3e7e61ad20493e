import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { openReplica, removeReplica } from './open-replica.ts'
import { browserKeys, type KeySecrets, secretKeys } from './replica-keys.ts'
import { freshDisk } from './testing/log-fixtures.ts'
import { customerOf } from './testing/replica-fixtures.ts'

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
