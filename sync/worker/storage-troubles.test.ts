import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openReplica } from '#database/local/open-replica.ts'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaKeys } from '#database/local/replica-keys.ts'
import { nameOf } from '#database/local/replica-place.ts'
import { alterRecord, rawLog } from '#database/local/testing/raw-log.ts'
import { failWrites } from '#database/local/testing/storage-faults.ts'
import { openVault } from '#database/local/vault.ts'
import { fieldsOf } from '../testing/rows.ts'
import type { TestDevice } from '../testing/test-device.ts'
import { ADA, replicaDatabases, twoCompanies } from '../testing/two-companies.ts'
import { RETRY_MS } from './insistence.ts'
import { readReplicas } from './known-replicas.ts'
import type { ReplicaHost } from './replica-host.ts'

/** Keys that a test can take away, as a locked key store does. */
function keyStore() {
  const kept = new Map<string, CryptoKey>()
  let isLocked = false
  const replicaKeys: ReplicaKeys = {
    find: async (name) => (isLocked ? null : (kept.get(name) ?? null)),
    create: async (name) => {
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
      kept.set(name, key)
      return key
    },
    had: async () => false,
    forget: async (name) => void kept.delete(name),
  }
  const setLocked = (locked: boolean) => {
    isLocked = locked
  }
  return { replicaKeys, lock: () => setLocked(true), unlock: () => setLocked(false) }
}

/** Solo's laptop, offline, with one edit that waits. */
async function withAnEdit(more: Partial<ReplicaHost> = {}) {
  const keys = keyStore()
  const all = twoCompanies({ replicaKeys: keys.replicaKeys, ...more })
  const { device, solo, disk } = all
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.update', { id: ADA, changes: { phone: '2' } })
  const log = (await replicaDatabases(disk)).find((name) => name.startsWith('tradesphere-log-')) ?? ''
  return { ...all, ...keys, log }
}
const phone = async (device: TestDevice) => (await device.ask('customers.get', { id: ADA }))?.customer.phone
const incident = async (device: TestDevice) => (await device.ask('sync.status', null)).incident

test('SY-7: a damaged replica says that it was repaired and what was kept, over restarts, until its user knows', async () => {
  const { device, disk, log, acme } = await withAnEdit()
  expect(await incident(device)).toBeNull()
  await device.stop()
  await rawLog(disk, log, (records) => alterRecord(records, 1, (record) => ({ ...record, body: new ArrayBuffer(8) })))
  device.start()
  expect(await device.ask('app.open', { config: null })).toMatchObject({ kind: 'signedIn' })
  expect(await incident(device)).toMatchObject({ kind: 'salvaged', unsent: 1 })
  await device.restart()
  expect(await incident(device)).toMatchObject({ kind: 'salvaged', unsent: 1 })
  expect(await device.ask('sync.dismissIncident', null)).toEqual({ ok: true, value: null })
  expect(await incident(device)).toBeNull()
  await device.restart()
  expect(await incident(device)).toBeNull()
  device.setOffline(false)
  await device.synced()
  expect(acme.rows.get(ADA)?.phone).toBe('2')
})

test('SY-7: damage that an erasure meets while the app runs shows at once; unsent work is sent, and the next start repairs it', async () => {
  const { device, disk, log, acme } = await withAnEdit()
  await rawLog(disk, log, (records) => alterRecord(records, 1, (record) => ({ ...record, body: new ArrayBuffer(8) })))
  const erased = await device.ask('customers.create', { fields: fieldsOf('Ottilie') })
  device.setOffline(false)
  await device.synced()
  expect(await incident(device)).toBeNull()
  acme.erase(erased.ok ? erased.value.id : '')
  await device.ask('sync.now', null)
  const { incident: found } = await device.until((status) => status.incident !== null)
  expect(found).toMatchObject({ kind: 'damaged' })
  expect(device.bugs.splice(0).map(String)).toEqual([expect.stringMatching(/^LogDamagedError: [^{]*$/)])
  expect(acme.rows.get(ADA)?.phone).toBe('2')
  await device.restart()
  expect(await incident(device)).toMatchObject({ kind: 'salvaged' })
})

test('SY-7: a replica that the platform has cleared opens offline, and says how many changes went with it', async () => {
  const { device, disk, log } = await withAnEdit()
  await device.stop()
  await new Dexie(log, disk).delete()
  device.start()
  expect(await device.ask('app.open', { config: null })).toMatchObject({ kind: 'signedIn' })
  expect(await incident(device)).toMatchObject({ kind: 'vanished', unsent: 1 })
  device.setOffline(false)
  await device.synced()
  expect(await phone(device)).toBe('1')
  expect(await incident(device)).toMatchObject({ kind: 'vanished' })
})

test('SY-7: where everything stored went at once, whoever signs in again is told that a replica was here', async () => {
  const { device, disk, solo } = await withAnEdit()
  await device.stop()
  for (const { name = '' } of await disk.indexedDB.databases()) await new Dexie(name, disk).delete()
  device.setOffline(false)
  device.start()
  await device.signIn(solo)
  await device.synced()
  expect(await incident(device)).toMatchObject({ kind: 'vanished', unsent: 0 })
  expect(await phone(device)).toBe('1')
})

/** A second place that can be had only while it `answers`. */
function secondPlace() {
  const api = { indexedDB: new IDBFactory(), IDBKeyRange }
  const place = {
    ...api,
    answers: true,
    failures: [] as unknown[],
    open: async () => {
      if (!place.answers) throw new DOMException('Not now', 'UnknownError')
      return api
    },
    onFailure: (error: unknown) => void place.failures.push(error),
  }
  onTestFinished(() => expect(place.failures).toEqual([]))
  return place
}

test('SY-2 SY-7: where all databases went at once, what is kept a second time is told and sent after signing in', async () => {
  const { device, disk, solo, acme } = await withAnEdit({ mirror: secondPlace() })
  await device.stop()
  for (const { name = '' } of await disk.indexedDB.databases()) await new Dexie(name, disk).delete()
  device.start()
  device.setOffline(false)
  await device.signIn(solo)
  expect(await incident(device)).toMatchObject({ kind: 'restored', unsent: 1 })
  await device.synced()
  expect(await phone(device)).toBe('2')
  expect(acme.rows.get(ADA)?.phone).toBe('2')
})

type OnlyMirrors = ReturnType<typeof twoCompanies> & {
  readonly second: ReturnType<typeof secondPlace>
  readonly replicaKeys: ReplicaKeys
}
/** Olga's laptop with an edit that waits in Acme; Beta was opened last; then all databases went, and she signs in. */
async function whereOnlyMirrorsAreLeft(before: (all: OnlyMirrors) => unknown, more: Partial<ReplicaHost> = {}) {
  const second = secondPlace()
  const { replicaKeys } = keyStore()
  const all = twoCompanies({ replicaKeys, mirror: second, ...more })
  const { device, olga, acme, beta, disk } = all
  await device.signIn(olga)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.update', { id: ADA, changes: { phone: '2' } })
  await device.ask('session.switchCompany', { companyId: beta.companyId })
  await device.stop()
  for (const { name = '' } of await disk.indexedDB.databases()) await new Dexie(name, disk).delete()
  device.start()
  await before({ ...all, second, replicaKeys })
  device.setOffline(false)
  await device.signIn(olga)
  const ofAcme = async () => (await replicaDatabases(second)).filter((name) => name.includes(acme.companyId))
  return { ...all, second, ofAcme }
}

test('R-2: whoever signs out takes along replicas of which only the mirror was left', async () => {
  const { device, second } = await whereOnlyMirrorsAreLeft(() => undefined)
  await device.ask('session.signOut', { discardUnsent: true })
  expect(await replicaDatabases(second)).toEqual([])
})

const silence = ({ second }: OnlyMirrors) => {
  second.answers = false
}
const answer = (second: OnlyMirrors['second']) => {
  expect(second.failures.splice(0).length).toBeGreaterThan(0)
  second.answers = true
}
/** A clock whose retries come when the test says so as well. */
function withRetries() {
  const retries = new Set<() => void>()
  const after = (ms: number, run: () => void) => {
    if (ms === RETRY_MS) retries.add(run)
    const timer = setTimeout(run, ms)
    return () => {
      retries.delete(run)
      clearTimeout(timer)
    }
  }
  const retry = async (device: TestDevice) => {
    for (const run of [...retries]) run()
    // Answered in its turn, behind the retry.
    await device.ask('session.companies', null)
  }
  return { timing: { now: Date.now, random: () => 0, after }, retry }
}

/** Solo's laptop: the log is damaged behind the first of two edits, and the mirror does not answer. */
async function withASilentMirror() {
  const second = secondPlace()
  const all = await withAnEdit({ mirror: second })
  const { device, disk, log } = all
  await device.ask('customers.create', { fields: fieldsOf('Ottilie') })
  await device.stop()
  await rawLog(disk, log, (records) => {
    const keys = records.getAllKeys()
    keys.onsuccess = () => void records.delete(keys.result.at(-1) ?? 0)
  })
  second.answers = false
  const answersAgain = () => {
    expect(second.failures.splice(0).length).toBeGreaterThan(0)
    second.answers = true
  }
  return { ...all, second, answersAgain }
}

test('SY-5: a replica that its mirror keeps locked says so, and whoever starts afresh keeps what the log itself can tell', async () => {
  const { device, answersAgain } = await withASilentMirror()
  device.start()
  const locked = await device.ask('app.open', { config: null })
  expect(locked).toMatchObject({ kind: 'locked', error: { code: 'storage_silent' } })
  expect(await device.ask('session.startAfresh', null)).toMatchObject({ ok: true, value: { kind: 'signedIn' } })
  expect(await incident(device)).toMatchObject({ kind: 'salvaged', unsent: 1 })
  expect(await phone(device)).toBe('2')
  answersAgain()
})

test('SY-4 SY-5: a purge whose mirror does not answer hands over what the log itself can tell, and the mirror goes when it answers', async () => {
  const { device, companies, solo, acme, second, answersAgain } = await withASilentMirror()
  companies.revoke(solo, acme)
  device.setOffline(false)
  device.start()
  await device.ask('app.open', { config: null })
  await device.ask('session.signIn', { email: solo.email, password: solo.password })
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
  expect(await replicaDatabases(second)).toHaveLength(1)
  await device.stop()
  answersAgain()
  device.start()
  await device.ask('app.open', { config: null })
  await expect.poll(() => replicaDatabases(second)).toEqual([])
})

test('R-2: after a sign-out that could not reach the mirror, it is tried again until it is gone, though nobody is signed in', async () => {
  const second = secondPlace()
  const { timing, retry } = withRetries()
  const { device } = await withAnEdit({ mirror: second, timing })
  second.answers = false
  await device.ask('session.signOut', { discardUnsent: true })
  await retry(device)
  expect(await replicaDatabases(second)).toHaveLength(1)
  expect(second.failures.splice(0).length).toBeGreaterThan(1)
  second.answers = true
  await retry(device)
  expect(await replicaDatabases(second)).toEqual([])
})

test('R-2: mirrors that a sign-out could not even list are noted together, and gone when they answer', async () => {
  const { timing, retry } = withRetries()
  const { device, second } = await whereOnlyMirrorsAreLeft(silence, { timing })
  await device.ask('session.signOut', { discardUnsent: true })
  expect(await replicaDatabases(second)).toHaveLength(2)
  answer(second)
  await retry(device)
  expect(await replicaDatabases(second)).toEqual([])
})

test('R-2 SY-2: who signs in again after such a sign-out finds their mirrors, and none goes while it is in use', async () => {
  const { timing, retry } = withRetries()
  const { device, second, olga, beta } = await whereOnlyMirrorsAreLeft(silence, { timing })
  await device.ask('session.signOut', { discardUnsent: true })
  answer(second)
  await device.ask('session.signIn', { email: olga.email, password: olga.password })
  await retry(device)
  expect(await replicaDatabases(second)).toContainEqual(expect.stringContaining(beta.companyId))
})

test('R-2: a sign-out waits once for a second place that does not answer', async () => {
  const second = secondPlace()
  const { device, olga, beta } = twoCompanies({ mirror: second })
  await device.signIn(olga)
  await device.ask('session.switchCompany', { companyId: beta.companyId })
  second.answers = false
  await device.ask('session.signOut', { discardUnsent: true })
  // For the open replica, and for all others.
  expect(second.failures.splice(0)).toHaveLength(2)
  await device.stop()
  second.answers = true
  device.start()
  await device.ask('app.open', { config: null })
  await expect.poll(() => replicaDatabases(second)).toEqual([])
})

test('R-2: a mirror that can not be removed keeps no other from it', async () => {
  const { timing, retry } = withRetries()
  const second = secondPlace()
  const { device, olga, beta } = twoCompanies({ mirror: second, timing })
  await device.signIn(olga)
  await device.ask('session.switchCompany', { companyId: beta.companyId })
  second.answers = false
  await device.ask('session.signOut', { discardUnsent: true })
  expect(await replicaDatabases(second)).toHaveLength(2)
  answer(second)
  const { deleteDatabase } = IDBFactory.prototype
  const refusal = vi.spyOn(IDBFactory.prototype, 'deleteDatabase').mockImplementation(function (
    this: IDBFactory,
    name,
  ) {
    if (name.includes(beta.companyId)) throw new DOMException('In use', 'UnknownError')
    return deleteDatabase.call(this, name)
  })
  onTestFinished(() => refusal.mockRestore())
  await retry(device)
  expect(await replicaDatabases(second)).toEqual([expect.stringContaining(beta.companyId)])
  expect(second.failures.splice(0).length).toBeGreaterThan(0)
})

test('R-2: a mirror that can be listed and not be looked into goes with a sign-out as well', async () => {
  const { device, second } = await whereOnlyMirrorsAreLeft(silence)
  answer(second)
  const { count } = IDBObjectStore.prototype
  const busy = vi.spyOn(IDBObjectStore.prototype, 'count').mockImplementation(function (this: IDBObjectStore, query) {
    if (this.name === 'kept') throw new DOMException('Busy', 'UnknownError')
    return count.call(this, query)
  })
  await device.ask('session.signOut', { discardUnsent: true })
  busy.mockRestore()
  expect(await replicaDatabases(second)).toEqual([])
})

test('R-2 SY-2: a sign-out counts what is found only then, before it goes', async () => {
  const { device, second, beta, ofAcme } = await whereOnlyMirrorsAreLeft(async (all) => {
    silence(all)
    // Beta is not marked any more: it opens without its mirror.
    await all.replicaKeys.forget(nameOf({ userId: all.olga.id, companyId: all.beta.companyId }))
  })
  await device.ask('session.switchCompany', { companyId: beta.companyId })
  answer(second)
  expect(await device.ask('session.signOut', { discardUnsent: false })).toMatchObject({ error: { code: 'unsent' } })
  expect((await device.ask('sync.status', null)).elsewhere).toBe(1)
  expect(await ofAcme()).toHaveLength(1)
  await device.ask('session.signOut', { discardUnsent: true })
  expect(await replicaDatabases(second)).toEqual([])
})

test('R-2: a sign-out takes along mirrors that nothing else knows of', async () => {
  const { device, second } = await whereOnlyMirrorsAreLeft(({ second }) => {
    second.answers = false
  })
  second.answers = true
  expect(second.failures.splice(0).length).toBeGreaterThan(0)
  expect(await replicaDatabases(second)).toHaveLength(2)
  await device.ask('session.signOut', { discardUnsent: true })
  expect(await replicaDatabases(second)).toEqual([])
})

test('SY-2: a company of which only the mirror is left is noted behind those that were opened', async () => {
  const { device, second, olga, acme, beta, disk } = await whereOnlyMirrorsAreLeft(({ second }) => {
    second.answers = false
  })
  second.answers = true
  expect(second.failures.splice(0).length).toBeGreaterThan(0)
  await device.signIn(olga)
  const vault = await openVault(disk)
  onTestFinished(() => vault.close())
  const noted = (await readReplicas(vault, olga.id)).map(({ companyId }) => companyId)
  expect(noted).toEqual([acme.companyId, beta.companyId])
})

test('SY-4: a company that was lost while only the mirror of its replica was left is purged, and what waited is handed over', async () => {
  const { device, ofAcme } = await whereOnlyMirrorsAreLeft(({ companies, olga, acme }) => companies.revoke(olga, acme))
  expect(await ofAcme()).toEqual([])
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
})

test('SY-5: a replica whose key is missing says so and is not touched; with the key back, nothing is lost', async () => {
  const { device, lock, unlock, solo, acme, disk, log } = await withAnEdit()
  lock()
  expect(await device.restart()).toMatchObject({
    kind: 'locked',
    user: { id: solo.id },
    company: { id: acme.companyId, name: 'Acme' },
    unsent: 1,
  })
  // Signing out would take the unsent change with it: not unasked.
  expect(await device.ask('session.signOut', { discardUnsent: false })).toMatchObject({ error: { code: 'unsent' } })
  expect(await replicaDatabases(disk)).toContain(log)
  const retried = await device.ask('session.switchCompany', { companyId: acme.companyId })
  expect(retried).toMatchObject({ ok: true, value: { kind: 'locked' } })
  unlock()
  expect(await device.ask('session.startAfresh', null)).toMatchObject({ ok: true, value: { kind: 'signedIn' } })
  expect(await phone(device)).toBe('2')
  device.setOffline(false)
  await device.synced()
  expect(acme.rows.get(ADA)?.phone).toBe('2')
})

test('SY-7: what waits is counted outside of the replica while the app runs: a worker that is killed closes nothing', async () => {
  const { device, disk, solo } = await withAnEdit()
  const vault = await openVault(disk)
  onTestFinished(() => vault.close())
  const noted = async () => (await readReplicas(vault, solo.id)).map(({ unsent }) => unsent)
  await expect.poll(noted).toEqual([1])
  device.setOffline(false)
  await device.synced()
  await expect.poll(noted).toEqual([0])
})

test('SY-5: a replica whose key is gone for good is given up on request, and filled from the server', async () => {
  const { device, lock, acme } = await withAnEdit()
  lock()
  await device.restart()
  expect(await device.ask('session.startAfresh', null)).toMatchObject({ ok: true, value: { kind: 'signedIn' } })
  expect(await phone(device)).toBeUndefined()
  expect((await device.ask('sync.status', null)).waiting).toBe(0)
  device.setOffline(false)
  await device.synced()
  expect(await phone(device)).toBe('1')
  expect(acme.rows.get(ADA)?.phone).toBe('1')
  expect(await device.ask('session.startAfresh', null)).toMatchObject({ error: { code: 'nothing_to_do' } })
})

test('SY-5: membership that ended while the key was missing removes the replica, and signing in works', async () => {
  const { device, companies, lock, olga, solo, acme, disk } = await withAnEdit()
  lock()
  await device.restart()
  companies.revoke(solo, acme)
  device.setOffline(false)
  await device.restart()
  const answer = await device.ask('session.signIn', { email: solo.email, password: solo.password })
  expect(answer).toMatchObject({ ok: false, error: { code: 'no_company' } })
  expect(await replicaDatabases(disk)).toEqual([])
  await device.signIn(olga)
})

test('R-3: an edit that was stored damaged is counted, shown as text, and stays until it is discarded', async () => {
  const { device, disk, solo, acme, replicaKeys } = await withAnEdit()
  await device.stop()
  const replica = await openReplica({ ...disk, keys: replicaKeys, userId: solo.id, companyId: acme.companyId })
  const { customers } = await replica.load()
  const damaged = customers.map((held) => ({ ...held, tags: 'not a list' }) as unknown as ReplicaCustomer)
  await replica.commit({ customers: damaged })
  await replica.close()
  device.start()
  await device.ask('app.open', { config: null })
  expect((await device.ask('sync.status', null)).attention).toBe(1)
  const [item] = await device.ask('attention.unreadable', null)
  expect(item).toMatchObject({ title: 'Ada of Acme', lines: [{ field: 'phone', value: '2' }] })
  expect(await device.ask('session.signOut', { discardUnsent: false })).toMatchObject({ error: { code: 'unsent' } })
  await device.restart()
  expect(await device.ask('attention.unreadable', null)).toEqual([item])
  const discarded = await device.ask('attention.discardUnreadable', { stored: item?.stored ?? '' })
  expect(discarded).toEqual({ ok: true, value: null })
  expect(await device.ask('attention.unreadable', null)).toEqual([])
  expect((await device.ask('sync.status', null)).attention).toBe(0)
})

test('SY-2: a vault that fails as the app is closed keeps neither itself nor the lock from the next start', async () => {
  let released = 0
  const acquireLock = async () => () => {
    released += 1
  }
  const { device, solo } = twoCompanies({ acquireLock })
  await device.signIn(solo)
  await device.synced()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('No room', 'QuotaExceededError')
  })
  await expect(device.stop()).rejects.toMatchObject({ code: 'storage_full' })
  expect(released).toBe(1)
  full.mockRestore()
  expect(await device.restart()).toMatchObject({ kind: 'signedIn' })
})

test('SY-6: a vault that fails as the app opens does not leave a workspace that is never synced', async () => {
  const { device, solo } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  await device.stop()
  const { put } = IDBObjectStore.prototype
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
    if (this.transaction.db.name === 'tradesphere-vault') throw new DOMException('No room', 'QuotaExceededError')
    return put.call(this, value)
  })
  device.start()
  expect(await device.ask('app.open', { config: null })).toMatchObject({ error: { code: 'storage_full' } })
  full.mockRestore()
  expect(await device.ask('app.open', { config: null })).toMatchObject({ kind: 'signedIn' })
  await device.until(({ phase }) => phase.kind === 'upToDate')
})

test('SY-2: a replica that can be read but not opened leaves no timer behind', async () => {
  const timers = new Set<object>()
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
    return () => {
      clearTimeout(timer)
      timers.delete(timer)
    }
  }
  const { device, solo, disk } = twoCompanies({ timing: { now: Date.now, random: () => 0, after } })
  await device.signIn(solo)
  await device.synced()
  await device.stop()
  const log = (await replicaDatabases(disk)).find((name) => name.startsWith('tradesphere-log-')) ?? ''
  await rawLog(disk, log, (records) => alterRecord(records, 1, (record) => ({ ...record, body: new ArrayBuffer(8) })))
  const fault = failWrites(({ key }) => key === 'incident')
  timers.clear()
  device.start()
  expect(await device.ask('app.open', { config: null })).toMatchObject({ error: { code: 'storage_full' } })
  expect(fault.failed()).toBe(1)
  fault.restore()
  expect(timers.size).toBe(0)
})

test('SY-5: a hand-over that can’t be read any more keeps nobody from starting, and is shown and kept once', async () => {
  const { device, disk } = await withAnEdit()
  await device.stop()
  const vault = await openVault(disk)
  await vault.set('handovers', '[{"id":"half of a no')
  vault.close()
  for (let start = 0; start < 2; start += 1) {
    device.start()
    expect(await device.ask('app.open', { config: null })).toMatchObject({ kind: 'signedIn' })
    expect(await device.ask('attention.unreadable', null)).toMatchObject([{ stored: '"{\\"id\\":\\"half of a no"' }])
    expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 1, attention: 1 })
    expect(await phone(device)).toBe('2')
    await device.stop()
  }
})
