import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openVault } from '#database/local/vault.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import type { CreateBackend } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }
function setUp() {
  const server = new FakeServer()
  const owner = server.addUser('owner', 'olga')
  const sales = server.addUser('sales', 'sam')
  const disk = { indexedDB: new IDBFactory(), IDBKeyRange }
  const device = watchedDevice({ createBackend: fakeBackend(server), disk })
  return { server, owner, sales, device, disk }
}
const names = async (on: TestDevice) =>
  (await on.ask('customers.window', { query: ALL, offset: 0, limit: 100 })).rows.map((row) => row.name)
const databases = async (disk: { indexedDB: IDBFactory }) =>
  (await disk.indexedDB.databases()).map((db) => db.name ?? '').filter((name) => name.includes('replica-'))

test('SY-7: before anybody signs in every request has an answer', async () => {
  const { device } = setUp()
  device.start()
  expect(await device.ask('app.open', { config: null })).toEqual({ kind: 'signedOut' })
  expect(await device.ask('session.signIn', { email: 'a', password: 'b' })).toMatchObject({
    ok: false,
    error: { code: 'unreachable' },
  })
  expect(await names(device)).toEqual([])
  expect(await device.ask('customers.create', { fields: fieldsOf('X') })).toMatchObject({
    ok: false,
    error: { code: 'signed_out' },
  })
  expect(await device.ask('sync.status', null)).toMatchObject({ phase: { kind: 'stopped' }, waiting: 0 })
  expect(await device.ask('customers.get', { id: '00000000-0000-4000-8000-000000000000' })).toBeNull()
  expect(await device.ask('attention.list', null)).toEqual([])
  expect(await device.ask('session.signOut', { discardUnsent: false })).toEqual({ ok: true, value: null })
})

test('SY-7: where the platform has no storage, or another window has the replica, a sentence says so', async () => {
  const { device, server } = setUp()
  device.start({ indexedDb: null })
  expect(await device.ask('app.open', { config: null })).toMatchObject({
    kind: 'unavailable',
    error: { code: 'storage_refused' },
  })
  const second = watchedDevice({ createBackend: fakeBackend(server) })
  let held = true
  second.start({ acquireLock: async () => (held ? null : () => undefined) })
  expect(await second.ask('app.open', { config: null })).toMatchObject({
    kind: 'unavailable',
    error: { code: 'open_elsewhere' },
  })
  held = false
  expect(await second.ask('app.open', { config: null })).toEqual({ kind: 'signedOut' })
})

test('R-2 SY-2: signing out refuses while edits wait, then removes the replica and nothing of it is left', async () => {
  const { device, owner, disk, server } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Unsent') })
  const refused = await device.ask('session.signOut', { discardUnsent: false })
  expect(refused).toMatchObject({ ok: false, error: { code: 'unsent', message: expect.stringContaining('1 change') } })
  expect(await names(device)).toEqual(['Unsent'])
  expect(await device.ask('session.signOut', { discardUnsent: true })).toEqual({ ok: true, value: null })
  expect(device.notices.filter((notice) => notice.name === 'session.state').at(-1)?.body).toEqual({ kind: 'signedOut' })
  expect(await databases(disk)).toEqual([])
  expect(await device.restart()).toEqual({ kind: 'signedOut' })
  device.setOffline(false)
  await device.signIn(owner)
  await device.synced()
  expect(await names(device)).toEqual([])
  expect(server.rows.size).toBe(0)
})

test('SY-3 R-2: a sign-out that dies half-way is finished by the next start: no row is missing after signing in again, no discarded edit comes back', async () => {
  const { device, owner, disk, server } = setUp()
  server.restore([emptyCustomer('00000000-0000-4000-8000-000000000001', server.companyId)], 'epoch-1')
  await device.signIn(owner)
  await device.synced()
  const erase = disk.indexedDB.deleteDatabase.bind(disk.indexedDB)
  for (let death = 0; death < 2; death += 1) {
    device.setOffline(true)
    await device.ask('customers.create', { fields: fieldsOf('Discarded') })
    // What a death leaves: the session is on its way out, the replica is still there.
    disk.indexedDB.deleteDatabase = (name) => {
      if (name.includes('replica-')) throw new DOMException('dead', 'AbortError')
      return erase(name)
    }
    await device.ask('session.signOut', { discardUnsent: true }).catch(() => undefined)
    expect(await databases(disk)).not.toEqual([])
    disk.indexedDB.deleteDatabase = erase
    expect(await device.restart()).toEqual({ kind: 'signedOut' })
    expect(await databases(disk)).toEqual([])
    device.setOffline(false)
    await device.signIn(owner)
    await device.synced()
    expect(await names(device)).toEqual(['Nobody'])
    expect(server.rows.size).toBe(1)
  }
})

test('SY-2: a command that is under way when the user signs out is either kept, or not called done', async () => {
  const { device, owner } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  const [created, left] = await Promise.all([
    device.ask('customers.create', { fields: fieldsOf('Just now') }),
    device.ask('session.signOut', { discardUnsent: false }),
  ])
  expect(created.ok).toBe(true)
  expect(left).toMatchObject({ ok: false, error: { code: 'unsent' } })
  expect(await names(device)).toEqual(['Just now'])
  await device.restart()
  expect(await names(device)).toEqual(['Just now'])
})

test('R-3: a refused write counts as unsent: signing out does not throw it away unasked', async () => {
  const { device, owner } = setUp()
  await device.signIn(owner)
  await device.ask('customers.create', { fields: fieldsOf('poison') })
  await device.synced()
  expect(await device.ask('session.signOut', { discardUnsent: false })).toMatchObject({
    ok: false,
    error: { code: 'unsent' },
  })
})

test('R-2: another user on the same machine sees nothing of the first, who finds their edits again', async () => {
  const { device, owner, sales, server } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Olga only') })
  device.setOffline(false)
  const { network } = device
  if (network === null) throw new Error('Not started')
  network.beforePush = () => new Promise<void>(() => undefined)
  await device.signIn(sales)
  expect(await names(device)).toEqual([])
  await device.synced()
  expect(server.rows.size).toBe(0)
  network.beforePush = () => undefined
  await device.signIn(owner)
  expect(await names(device)).toEqual(['Olga only'])
  await device.synced()
  expect([...server.rows.values()].map((row) => row.createdByUserId)).toEqual([owner.id])
})

test('R-2: edits of one user are never sent in the name of the next one who signs in', async () => {
  const { device, owner, sales, server } = setUp()
  await device.signIn(owner)
  await device.synced()
  const { network } = device
  if (network === null) throw new Error('Not started')
  let letIn = () => undefined as undefined
  network.beforeCompanies = () =>
    new Promise<void>((resolve) => {
      letIn = () => void resolve()
    })
  // The session is the other user's already, and the first one's replica is still open.
  const signingIn = device.ask('session.signIn', { email: sales.email, password: sales.password })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await device.ask('customers.create', { fields: fieldsOf('Olga only') })
  await device.until((status) => status.phase.kind === 'failed')
  expect(server.rows.size).toBe(0)
  letIn()
  expect((await signingIn).ok).toBe(true)
  network.beforeCompanies = () => undefined
  await device.signIn(owner)
  await device.synced()
  expect([...server.rows.values()].map((row) => row.createdByUserId)).toEqual([owner.id])
})

test('SY-5: when the session ends, edits stay and are sent after signing in again', async () => {
  const { device, owner, server, disk } = setUp()
  await device.signIn(owner)
  await device.synced()
  await device.stop()
  device.start({ secrets: { get: async () => null, set: async () => undefined, remove: async () => undefined } })
  expect((await device.ask('app.open', { config: null })).kind).toBe('signedIn')
  await device.ask('customers.create', { fields: fieldsOf('Kept') })
  const status = await device.until((now) => now.phase.kind === 'failed')
  expect(status.phase).toMatchObject({ error: { code: 'sign_in_again' }, retryAt: null })
  expect(await databases(disk)).not.toEqual([])
  await device.restart()
  await device.signIn(owner)
  await device.synced()
  expect([...server.rows.values()].map((row) => row.name)).toEqual(['Kept'])
})

test('R-1: a role that changes on the server takes effect here, and the refused button says why', async () => {
  const { device, owner, server } = setUp()
  await device.signIn(owner)
  const created = await device.ask('customers.create', { fields: fieldsOf('Mine') })
  if (!created.ok) throw new Error(created.error.message)
  await device.synced()
  owner.role = 'analyst'
  await device.signIn(owner)
  await device.synced()
  const state = device.notices.filter((notice) => notice.name === 'session.state').at(-1)?.body
  expect(state).toMatchObject({ kind: 'signedIn', workspace: { role: 'analyst' } })
  expect(await device.ask('customers.update', { id: created.value.id, changes: { phone: '1' } })).toMatchObject({
    ok: false,
    error: { code: 'forbidden', message: "Analyst can't edit customers in this company." },
  })
  expect(server.rows.get(created.value.id)?.phone).toBeNull()
})

test('R-1 SY-4: who may not edit any more settles a conflict for what stands, and for nothing else', async () => {
  const { device, owner, server } = setUp()
  await device.signIn(owner)
  const created = await device.ask('customers.create', { fields: fieldsOf('Mine') })
  if (!created.ok) throw new Error(created.error.message)
  const { id } = created.value
  const update = (value: string, base: string | null) =>
    device.ask('customers.update', {
      id,
      changes: { phone: value, address: value },
      base: { phone: base, address: base },
    })
  await update('1', null)
  await update('2', null)
  // A third value that somebody has seen beside the conflict.
  await device.ask('customers.update', { id, changes: { phone: '3' } })
  await device.synced()
  owner.role = 'analyst'
  await device.signIn(owner)
  await device.synced()
  const settle = (field: 'phone' | 'address', keep: 'mine' | 'theirs') =>
    device.ask('conflict.settle', { customerId: id, field, keep })
  const forbidden = { ok: false, error: { code: 'forbidden' } }
  expect(await settle('phone', 'mine')).toMatchObject(forbidden)
  expect(await settle('address', 'theirs')).toMatchObject(forbidden)
  expect(await settle('address', 'mine')).toEqual({ ok: true, value: null })
  expect(await device.ask('attention.list', null)).toMatchObject([{ conflict: { field: 'phone' } }])
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 0 })
  expect(server.rows.get(id)).toMatchObject({ phone: '3', address: '2' })
})

test('UI-3: fields that break a rule are refused at the field, before anything is stored', async () => {
  const { device, owner } = setUp()
  await device.signIn(owner)
  await device.synced()
  const bad = { ...fieldsOf('X'), email: 'no address' }
  const created = await device.ask('customers.create', { fields: fieldsOf('X') })
  if (!created.ok) throw new Error(created.error.message)
  expect(await device.ask('customers.create', { fields: bad })).toMatchObject({
    ok: false,
    error: { code: 'invalid', field: 'email', message: expect.stringContaining('not an email address') },
  })
  await expect(device.ask('customers.window', { query: ALL, offset: -1, limit: 1 })).rejects.toThrow()
  await device.ask('customers.delete', { id: created.value.id })
  expect(await names(device)).toEqual([])
  expect(await device.ask('customers.update', { id: created.value.id, changes: { phone: '1' } })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
  expect(await device.ask('customers.restore', { id: created.value.id })).toEqual({ ok: true, value: null })
  expect(await names(device)).toEqual(['X'])
  await device.synced()
})

test('SY-1: an address that comes after the replica was opened is used at once', async () => {
  const { server, owner, device, disk } = setUp()
  await device.signIn(owner)
  await device.synced()
  await device.stop()
  const vault = await openVault(disk)
  await vault.remove('config')
  vault.close()
  // Nothing is tried again by itself.
  const after = (ms: number, run: () => void) => {
    const timer = ms < 100 ? setTimeout(run, ms) : undefined
    return () => clearTimeout(timer)
  }
  device.start({ timing: { now: Date.now, random: () => 0, after } })
  expect(await device.ask('app.open', { config: null })).toMatchObject({ kind: 'signedIn' })
  await device.until(({ phase }) => phase.kind === 'offline')
  const made = await device.ask('customers.create', { fields: fieldsOf('Made early') })
  expect(made).toMatchObject({ ok: true })
  const config = { supabaseUrl: 'http://server.example', publishableKey: 'public' }
  expect(await device.ask('app.open', { config })).toMatchObject({ kind: 'signedIn' })
  await device.until(({ phase, waiting }) => phase.kind === 'upToDate' && waiting === 0)
  expect([...server.rows.values()].map(({ name }) => name)).toEqual(['Made early'])
})

test('EL-1: a sign-out ends here without the server’s code, no start fails for it, and it is ended before the next sign-in', async () => {
  const server = new FakeServer()
  const user = server.addUser('owner', 'olga')
  const ends: boolean[] = []
  let canLoad = false
  const createBackend: CreateBackend = (config, secrets) => {
    const backend = fakeBackend(server)(config, secrets)
    const signOut = async () => {
      ends.push(canLoad)
      if (!canLoad) throw new SyncError('unreachable', 'No code.')
      await backend.signOut()
    }
    return { ...backend, signOut }
  }
  const device = watchedDevice({ createBackend })
  await device.signIn(user)
  await device.synced()
  expect(await device.ask('session.signOut', { discardUnsent: false })).toEqual({ ok: true, value: null })
  expect(await device.restart()).toEqual({ kind: 'signedOut' })
  const credentials = { email: user.email, password: user.password }
  expect(await device.ask('session.signIn', credentials)).toMatchObject({ error: { code: 'unreachable' } })
  canLoad = true
  expect(await device.ask('session.signIn', credentials)).toMatchObject({ ok: true })
  expect(ends).toEqual([false, false, false, true])
  expect(await device.restart()).toMatchObject({ kind: 'signedIn' })
})
