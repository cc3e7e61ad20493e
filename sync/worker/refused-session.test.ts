import { afterEach, expect, test } from 'vitest'
import { failWrites, type StorageFault } from '#database/local/testing/storage-faults.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import type { FakeUser } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import type { TestDevice } from '../testing/test-device.ts'
import { replicaDatabases, twoCompanies } from '../testing/two-companies.ts'
import { RETRY_MS } from './insistence.ts'

let fault: StorageFault | null = null
afterEach(() => {
  fault?.restore()
  fault = null
})

/** What the UI was told last about the session. */
const told = (device: TestDevice) =>
  device.notices.findLast(({ name }) => name === 'session.state')?.body as SessionState | undefined

/** Lets time pass on the laptop, and whatever hangs on it happen, until it is told so. */
async function untilTold(device: TestDevice, kind: SessionState['kind']): Promise<void> {
  const end = performance.now() + 10_000
  while (told(device)?.kind !== kind) {
    if (performance.now() > end) throw new Error(`Never told ${kind}, but ${JSON.stringify(told(device))}`)
    device.clockOffset += 10_000
    await device.ask('sync.now', null)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Timers of the session fire at once, those of the sync when they should. */
function impatient(device: TestDevice) {
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms === RETRY_MS ? 30 : ms)
    return () => clearTimeout(timer)
  }
  device.start({ timing: { now: () => Date.now() + device.clockOffset, after, random: () => 0 } })
}

/** Timers of the session wait until the function that is returned fires them. */
function patient(device: TestDevice): () => void {
  const waiting = new Set<() => void>()
  const after = (ms: number, run: () => void) => {
    if (ms === RETRY_MS) {
      waiting.add(run)
      return () => waiting.delete(run)
    }
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  device.start({ timing: { now: () => Date.now() + device.clockOffset, after, random: () => 0 } })
  return () => {
    for (const run of waiting) run()
  }
}

/** Somebody loses Acme with an unsent edit, and the disk refuses the hand-over. Resolves to that refusal. */
async function loseWhileRefused({ device, companies, acme }: ReturnType<typeof twoCompanies>, user: FakeUser) {
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Made offline') })
  companies.revoke(user, acme)
  const refusal = failWrites(isHandover)
  fault = refusal
  device.setOffline(false)
  await untilTold(device, 'unavailable')
  return refusal
}

const isHandover = (document: object) => 'key' in document && document.key === 'handovers'

test('SY-5: a purge whose hand-over the disk refuses says what to do, and is done when there is room', async () => {
  const setUp = twoCompanies()
  const { device, solo, disk } = setUp
  impatient(device)
  const refusal = await loseWhileRefused(setUp, solo)
  expect(told(device)).toMatchObject({
    error: { code: 'storage_full', message: expect.stringContaining('Free some space') },
  })
  // Nothing is removed whose work is not kept.
  expect(await replicaDatabases(disk)).not.toEqual([])
  expect(refusal.failed()).toBeGreaterThan(0)
  refusal.restore()
  await untilTold(device, 'accessLost')
  expect(told(device)).toMatchObject({ unsent: 1 })
  expect(await replicaDatabases(disk)).toEqual([])
})

test('SY-5: a purge whose replica can’t be deleted yet keeps the work once, however often it is tried', async () => {
  const { device, solo, companies, acme, disk } = twoCompanies()
  impatient(device)
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Made offline') })
  companies.revoke(solo, acme)
  const erase = disk.indexedDB.deleteDatabase.bind(disk.indexedDB)
  let refused = 0
  disk.indexedDB.deleteDatabase = () => {
    refused += 1
    throw new DOMException('dead', 'AbortError')
  }
  device.setOffline(false)
  await untilTold(device, 'unavailable')
  while (refused < 3) await new Promise((resolve) => setTimeout(resolve, 20))
  disk.indexedDB.deleteDatabase = erase
  await untilTold(device, 'accessLost')
  expect(told(device)).toMatchObject({ unsent: 1 })
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
  expect(await replicaDatabases(disk)).toEqual([])
})

test('SY-5: who goes on in another company before a purge is tried again keeps that one open, and the purge is done', async () => {
  const setUp = twoCompanies()
  const { device, olga, companies, disk } = setUp
  const retry = patient(device)
  const refusal = await loseWhileRefused(setUp, olga)
  refusal.restore()
  const { companyId } = companies.beta
  const switching = device.ask('session.switchCompany', { companyId })
  // Its time has come, but not its turn.
  retry()
  expect(await switching).toMatchObject({ ok: true, value: { kind: 'signedIn', workspace: { companyId } } })
  await device.synced()
  expect(told(device)).toMatchObject({ kind: 'signedIn', workspace: { companyId } })
  expect(await device.ask('handover.list', null)).toMatchObject([{ companyName: 'Acme', unsent: 1 }])
  const left = await replicaDatabases(disk)
  expect(left.filter((name) => !name.includes(companyId))).toEqual([])
})

test('SY-5: who signs in before a purge is tried again is told of the loss, and it is purged once', async () => {
  const setUp = twoCompanies()
  const { device, solo, disk } = setUp
  const retry = patient(device)
  const refusal = await loseWhileRefused(setUp, solo)
  refusal.restore()
  const { email, password } = solo
  expect(await device.ask('session.signIn', { email, password })).toMatchObject({
    ok: true,
    value: { kind: 'accessLost', unsent: 1 },
  })
  retry()
  expect(await device.ask('handover.list', null)).toMatchObject([{ companyName: 'Acme', unsent: 1 }])
  expect(told(device)).toMatchObject({ kind: 'accessLost', unsent: 1 })
  expect(await replicaDatabases(disk)).toEqual([])
})

test('SY-5: a company that can’t be opened says so, and the one before is open again', async () => {
  const { device, olga, companies, disk } = twoCompanies()
  impatient(device)
  await device.signIn(olga)
  await device.synced()
  const { acme, beta } = companies
  const open = disk.indexedDB.open.bind(disk.indexedDB)
  disk.indexedDB.open = (name, ...version) => {
    if (name.includes(beta.companyId)) throw new DOMException('No room', 'QuotaExceededError')
    return open(name, ...version)
  }
  const switched = await device.ask('session.switchCompany', { companyId: beta.companyId })
  expect(switched).toMatchObject({ ok: false, error: { code: 'storage_refused' } })
  expect(told(device)).toMatchObject({ kind: 'signedIn', workspace: { companyId: acme.companyId } })
  await device.synced()
  expect((await device.ask('session.companies', null)).find(({ isOpen }) => isOpen)?.companyId).toBe(acme.companyId)
  disk.indexedDB.open = open
})

test('SY-5: where nothing can be opened the state says so, and the company opens as soon as it can', async () => {
  const { device, olga, companies, disk } = twoCompanies()
  impatient(device)
  await device.signIn(olga)
  await device.synced()
  const open = disk.indexedDB.open.bind(disk.indexedDB)
  disk.indexedDB.open = (name, ...version) => {
    if (name.includes('replica-')) throw new DOMException('No room', 'QuotaExceededError')
    return open(name, ...version)
  }
  expect(await device.ask('session.switchCompany', { companyId: companies.beta.companyId })).toMatchObject({
    ok: false,
  })
  expect(told(device)).toMatchObject({ kind: 'unavailable' })
  disk.indexedDB.open = open
  await untilTold(device, 'signedIn')
  await device.synced()
})

test('SY-5: a purge that was broken off never takes the replica that came after it', async () => {
  const { device, solo, companies, acme } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Before') })
  await device.stop()
  companies.revoke(solo, acme)
  device.online = true
  // Kept and removed, but that it was removed can't be noted.
  fault = failWrites((document) => isHandover(document) && JSON.stringify(document).includes('purged\\":true'))
  device.start()
  await expect(device.signIn(solo)).rejects.toThrow('Free some space')
  expect(told(device)).toMatchObject({ kind: 'unavailable' })
  expect(fault.failed()).toBeGreaterThan(0)
  fault.restore()
  companies.let(solo, acme)
  const { email, password } = solo
  expect(await device.ask('session.signIn', { email, password })).toMatchObject({ ok: true })
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('After') })
  expect(await device.restart()).toMatchObject({ kind: 'signedIn' })
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 1 })
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
})
