import { expect, test } from 'vitest'
import { failWrites } from '#database/local/testing/storage-faults.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { openHandover } from '../handover/handover-file.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { FakeUser } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import type { TestDevice } from '../testing/test-device.ts'
import { ADA, replicaDatabases, twoCompanies } from '../testing/two-companies.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }

const names = async (on: TestDevice) =>
  (await on.ask('customers.window', { query: ALL, offset: 0, limit: 100 })).rows.map((row) => row.name)

/** Makes the device notice, as it does by itself within a minute. */
async function notice(device: TestDevice): Promise<void> {
  const end = performance.now() + 15_000
  while (device.notices.findLast(({ name }) => name === 'session.state')?.body === undefined || !isLost(device)) {
    if (performance.now() > end) throw new Error('The loss was never noticed')
    device.clockOffset += 10_000
    await device.ask('sync.now', null)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
function isLost(device: TestDevice): boolean {
  const state = device.notices.findLast(({ name }) => name === 'session.state')?.body as { kind: string } | undefined
  return state?.kind === 'accessLost'
}

/** Lets rounds begin that ask for the companies, until it is so. */
async function keepAsking(device: TestDevice, isDone: () => boolean): Promise<void> {
  const end = performance.now() + 15_000
  while (!isDone()) {
    if (performance.now() > end) throw new Error('The server was not asked often enough')
    device.clockOffset += 70_000
    await device.ask('sync.now', null)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Signs solo in, edits offline, and takes their membership away. */
async function loseWithEdits() {
  const all = twoCompanies()
  const { device, solo, companies, acme } = all
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  expect(await device.ask('customers.update', { id: ADA, changes: { phone: '2', tags: ['a', 'mine'] } })).toMatchObject(
    { ok: true },
  )
  expect(await device.ask('customers.create', { fields: fieldsOf('Made offline') })).toMatchObject({ ok: true })
  companies.revoke(solo, acme)
  device.setOffline(false)
  await notice(device)
  return all
}

test('SY-5: a lost company leaves the computer, and unsent edits are kept in an encrypted file', async () => {
  const { device, disk, solo, acme } = await loseWithEdits()
  expect(await replicaDatabases(disk)).toEqual([])
  expect(await names(device)).toEqual([])
  expect(device.notices.findLast(({ name }) => name === 'session.state')?.body).toEqual({
    kind: 'accessLost',
    user: { id: solo.id, email: solo.email, name: solo.name },
    company: { id: acme.companyId, name: 'Acme' },
    unsent: 2,
    isSignedOut: false,
  })
  const [kept] = await device.ask('handover.list', null)
  expect(kept).toMatchObject({ companyName: 'Acme', unsent: 2, canRequeue: false })
  const saved = await device.ask('handover.save', { id: kept?.id ?? '' })
  if (!saved.ok) throw new Error(saved.error.message)
  const opened = await openHandover(saved.value.content, saved.value.passphrase)
  expect(opened).toMatchObject({
    ok: true,
    value: {
      company: { name: 'Acme' },
      customers: [
        // The last push before the loss was noticed has met it.
        {
          name: 'Ada of Acme',
          rejected: {
            code: 'forbidden',
            mutations: [{ op: 'update', base: { phone: '1' }, changes: { phone: '2' } }],
          },
        },
        { name: 'Made offline', rejected: { code: 'forbidden', mutations: [{ op: 'create' }] } },
      ],
    },
  })
  // Nothing on the disk can be read without the key: the vault holds the sealed file only.
  expect(saved.value.content).not.toContain('Ada of Acme')
})

test('SY-5: what was lost is still said after a restart, until it is settled; then the session ends', async () => {
  const { device, disk } = await loseWithEdits()
  expect(await device.restart()).toMatchObject({ kind: 'accessLost', unsent: 2 })
  const [kept] = await device.ask('handover.list', null)
  expect(await device.ask('handover.discard', { id: kept?.id ?? '' })).toEqual({ ok: true, value: null })
  expect(device.notices.findLast(({ name }) => name === 'session.state')?.body).toEqual({ kind: 'signedOut' })
  expect(await device.ask('handover.list', null)).toEqual([])
  expect(await device.restart()).toEqual({ kind: 'signedOut' })
  expect(await replicaDatabases(disk)).toEqual([])
})

test('SY-5: who signs in again while the loss is on the screen sees the same hand-over, and no second one', async () => {
  const { device, disk, solo } = await loseWithEdits()
  const before = await device.ask('handover.list', null)
  await device.signIn(solo)
  expect(await device.ask('handover.list', null)).toEqual(before)
  expect(device.notices.findLast(({ name }) => name === 'session.state')?.body).toMatchObject({ unsent: 2 })
  expect(await replicaDatabases(disk)).toEqual([])
})

test('SY-5: after access came back there is a fresh first sync, and the kept edits can be sent after all, once', async () => {
  const { device, companies, acme, solo } = await loseWithEdits()
  companies.let(solo, acme)
  // Somebody tags her meanwhile.
  const common = { mutationId: crypto.randomUUID(), id: ADA, editedAt: new Date().toISOString() }
  const tess = acme.transportFor(acme.addUser('owner', 'Tess'))
  await tess.push(acme.companyId, [{ ...common, op: 'update', base: {}, changes: { tags: ['a', 'theirs'] } }])
  await device.signIn(solo)
  await device.synced()
  expect(await names(device)).toEqual(['Ada of Acme'])
  const [kept] = await device.ask('handover.list', null)
  expect(kept).toMatchObject({ unsent: 2, canRequeue: true })
  expect(await device.ask('handover.requeue', { id: kept?.id ?? '' })).toEqual({
    ok: true,
    value: { queued: 2, left: 0 },
  })
  await device.synced()
  expect(acme.rows.get(ADA)).toMatchObject({ phone: '2', tags: ['a', 'theirs', 'mine'] })
  expect([...acme.rows.values()].map(({ name }) => name).toSorted()).toEqual(['Ada of Acme', 'Made offline'])
  expect(await device.ask('handover.list', null)).toEqual([])
  expect(await device.ask('handover.requeue', { id: kept?.id ?? '' })).toMatchObject({ ok: false })
})

test('SY-5: an edit whose customer is not there any more stays in the hand-over', async () => {
  const { device, companies, acme, solo } = await loseWithEdits()
  acme.restore([], 'epoch-2')
  companies.let(solo, acme)
  await device.signIn(solo)
  await device.synced()
  const [kept] = await device.ask('handover.list', null)
  expect(await device.ask('handover.requeue', { id: kept?.id ?? '' })).toMatchObject({ value: { queued: 1, left: 1 } })
  await device.synced()
  expect([...acme.rows.values()].map(({ name }) => name)).toEqual(['Made offline'])
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
})

test('SY-5: a hand-over that is put back in part takes nothing along, wherever that breaks off', async () => {
  const { device, companies, acme, solo } = await loseWithEdits()
  acme.restore([], 'epoch-2')
  companies.let(solo, acme)
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  const [kept] = await device.ask('handover.list', null)
  let writes = 0
  const fault = failWrites(({ key }) => {
    if (key === 'handovers') writes += 1
    return writes > 1
  })
  expect(await device.ask('handover.requeue', { id: kept?.id ?? '' })).toMatchObject({ ok: false })
  fault.restore()
  expect(await device.restart()).toMatchObject({ kind: 'signedIn' })
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 1 })
  // What was left is kept; of what was put back there is no harm in doing it again.
  expect((await device.ask('handover.list', null)).map(({ unsent }) => unsent)).toEqual([2, 1])
})

test('SY-5: a company that is missing for a moment, or that only one answer denies, is not lost', async () => {
  const { device, companies, acme, solo } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  const { network } = device
  if (network === null) throw new Error('Not started')
  // The list says no, the pull says yes.
  const listed = network.beforeCompanies
  let denied = 0
  network.beforeCompanies = () => {
    denied += 1
    companies.revoke(solo, acme)
  }
  network.beforePull = () => companies.let(solo, acme)
  await keepAsking(device, () => denied >= 6)
  expect(isLost(device)).toBe(false)
  // Missing now, back before it is asked again.
  network.beforePull = () => undefined
  companies.revoke(solo, acme)
  let missed = 0
  network.beforeCompanies = () => {
    missed += 1
  }
  await keepAsking(device, () => missed > 0)
  network.beforeCompanies = listed
  companies.let(solo, acme)
  device.clockOffset += 10_000
  await device.synced()
  expect(isLost(device)).toBe(false)
  expect(await names(device)).toEqual(['Ada of Acme'])
})

test.each(['unreachable', 'server', 'auth', 'bad_request', 'protocol'] as const)(
  'SY-5: a server that answers "%s" takes nothing away, however often',
  async (kind) => {
    const { device, companies, acme, solo, disk } = twoCompanies()
    await device.signIn(solo)
    await device.synced()
    companies.revoke(solo, acme)
    const { network } = device
    if (network === null) throw new Error('Not started')
    let asked = 0
    // The list of companies is empty, and the second opinion is no answer.
    network.beforePull = () => {
      asked += 1
      throw new SyncError(kind, 'No answer of our server.')
    }
    await keepAsking(device, () => asked >= 3)
    expect(isLost(device)).toBe(false)
    expect(await replicaDatabases(disk)).not.toEqual([])
    expect(await names(device)).toEqual(['Ada of Acme'])
  },
)

test('SY-5: a purge that dies after the edits were kept is finished by the next start, and keeps them once', async () => {
  const all = twoCompanies()
  const { device, solo, companies, acme, disk } = all
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Made offline') })
  companies.revoke(solo, acme)
  const erase = disk.indexedDB.deleteDatabase.bind(disk.indexedDB)
  disk.indexedDB.deleteDatabase = () => {
    throw new DOMException('dead', 'AbortError')
  }
  device.setOffline(false)
  for (let round = 0; round < 40 && (await device.ask('handover.list', null)).length === 0; round += 1) {
    device.clockOffset += 10_000
    await device.ask('sync.now', null)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  disk.indexedDB.deleteDatabase = erase
  device.bugs.splice(0)
  expect(await replicaDatabases(disk)).not.toEqual([])
  expect(await device.restart()).toMatchObject({ kind: 'accessLost', unsent: 1 })
  expect(await replicaDatabases(disk)).toEqual([])
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
})

test('SY-5: membership that ended while the user was signed out for long is noticed at the next sign-in', async () => {
  const { device, solo, companies, acme, disk } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Made offline') })
  await device.stop()
  companies.revoke(solo, acme)
  device.online = true
  device.start()
  await device.signIn(solo)
  expect(isLost(device)).toBe(true)
  expect(await replicaDatabases(disk)).toEqual([])
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
  // Going on signs out; what was kept stays for this user, and for nobody else.
  expect(await device.ask('session.signOut', { discardUnsent: false })).toEqual({ ok: true, value: null })
  expect(await device.ask('handover.list', null)).toEqual([])
  await device.signIn(companies.users[0] ?? solo)
  expect(await device.ask('handover.list', null)).toEqual([])
  await device.signIn(solo)
  expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
})

test('SY-5: a device that was signed out from elsewhere loses the company, keeps what was not sent, and ends its session', async () => {
  const { device, disk, solo, companies, acme } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Made offline') })
  companies.signOutDevice(solo, acme)
  // Offline nothing is known of it.
  expect(await device.restart()).toMatchObject({ kind: 'signedIn' })
  device.setOffline(false)
  await notice(device)
  expect(await replicaDatabases(disk)).toEqual([])
  await expect.poll(() => companies.emptied).toHaveLength(1)
  const told = { kind: 'accessLost', company: { name: 'Acme' }, unsent: 1, isSignedOut: true }
  expect(await device.restart()).toMatchObject(told)
  // No session is left: membership alone brings nothing back.
  companies.let(solo, acme)
  expect(await device.ask('session.switchCompany', { companyId: acme.companyId })).toMatchObject({
    error: { code: 'sign_in_again' },
  })
  await device.signIn(solo)
  await device.synced()
  expect(await names(device)).toEqual(['Ada of Acme'])
  const [kept] = await device.ask('handover.list', null)
  expect(await device.ask('handover.requeue', { id: kept?.id ?? '' })).toMatchObject({ value: { queued: 1, left: 0 } })
  await device.synced()
  expect([...acme.rows.values()].map(({ name }) => name).toSorted()).toEqual(['Ada of Acme', 'Made offline'])
})

test('SY-5: signed out of one of two companies, the device goes on in the other under the same session', async () => {
  const { device, olga, companies, acme } = twoCompanies()
  await device.signIn(olga)
  await device.synced()
  companies.signOutDevice(olga, acme)
  await notice(device)
  expect(await device.ask('session.switchCompany', { companyId: companies.beta.companyId })).toMatchObject({ ok: true })
  await device.synced()
  expect(await names(device)).toEqual(['Bob of Beta'])
})

/** A secret store in memory, whose next writing can be held. */
function secretStore() {
  const kept = new Map<string, string>()
  const store = {
    kept,
    hold: Promise.resolve(),
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => {
      await store.hold
      kept.set(key, value)
    },
    remove: async (key: string) => void kept.delete(key),
  }
  return store
}
const signInAgain = (on: TestDevice, { email, password }: FakeUser, more: { invitation?: string } = {}) =>
  on.ask('session.signIn', { email, password, ...more })
const change = (on: TestDevice, current: string, next: string) => on.ask('account.changePassword', { current, next })

test.each([
  ['signed in again', true, signInAgain],
  [
    'signed in again with an invitation that is refused',
    false,
    (on: TestDevice, user: FakeUser) => signInAgain(on, user, { invitation: 'no-such-code' }),
  ],
  ['said their password anew', true, (on: TestDevice, { password }: FakeUser) => change(on, password, 'another one')],
  [
    'said their password anew, and no other one was taken',
    false,
    (on: TestDevice, { password }: FakeUser) => change(on, password, password),
  ],
] as const)('SY-5: a device makes itself known again when its user has %s', async (_what, isDone, act) => {
  const { device, solo, acme } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  acme.devices.clear()
  expect(await act(device, solo)).toMatchObject({ ok: isDone })
  await device.synced()
  expect(acme.devices.size).toBe(1)
})

test('SY-5: a sign-in that leads nowhere leaves no session behind that no device is known for', async () => {
  const secrets = secretStore()
  const { device, solo } = twoCompanies({ secrets })
  await device.signIn(solo)
  await device.ask('session.signOut', { discardUnsent: true })
  const { network } = device
  if (network === null) throw new Error('Not started')
  network.beforeCompanies = () => {
    throw new SyncError('unreachable', 'No answer.')
  }
  expect(await signInAgain(device, solo)).toMatchObject({ error: { code: 'unreachable' } })
  expect(secrets.kept.has('session')).toBe(false)
})

test('SY-5: what was heard of a device’s sign-out before its user signed in again takes nothing away afterwards', async () => {
  const secrets = secretStore()
  const { device, solo, companies, acme } = twoCompanies({ secrets })
  await device.signIn(solo)
  await device.synced()
  const { network } = device
  if (network === null) throw new Error('Not started')
  const held = Promise.withResolvers<void>()
  secrets.hold = held.promise
  const again = signInAgain(device, solo)
  // While the user signs in the sync hears, under the old session, that the device was signed out.
  companies.signOutDevice(solo, acme)
  let lists = 0
  network.beforeCompanies = () => {
    lists += 1
  }
  await keepAsking(device, () => lists >= 6)
  companies.let(solo, acme)
  held.resolve()
  expect(await again).toMatchObject({ ok: true })
  await device.synced()
  expect(isLost(device)).toBe(false)
  expect(await names(device)).toEqual(['Ada of Acme'])
  expect(await device.ask('handover.list', null)).toEqual([])
})

test('SY-5: that the company has left a device is said until the server has heard it; then the session ends', async () => {
  const { device, solo, companies, acme } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  companies.loseConfirmations = 1
  companies.signOutDevice(solo, acme)
  await notice(device)
  await expect.poll(() => companies.loseConfirmations).toBe(0)
  expect(companies.emptied).toEqual([])
  expect(await device.restart()).toMatchObject({ kind: 'accessLost' })
  await expect.poll(() => companies.emptied).toHaveLength(1)
  companies.let(solo, acme)
  expect(await device.ask('session.switchCompany', { companyId: acme.companyId })).toMatchObject({
    error: { code: 'sign_in_again' },
  })
})

test('SY-5: who lost one of two companies goes on in the other', async () => {
  const { device, olga, companies, acme } = twoCompanies()
  await device.signIn(olga)
  await device.synced()
  expect(await names(device)).toEqual(['Ada of Acme'])
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Made offline') })
  companies.revoke(olga, acme)
  device.setOffline(false)
  await notice(device)
  const choices = await device.ask('session.companies', null)
  expect(choices.map(({ companyId, isOpen }) => [companyId, isOpen])).toEqual([[companies.beta.companyId, false]])
  const switched = await device.ask('session.switchCompany', { companyId: companies.beta.companyId })
  expect(switched).toMatchObject({ ok: true, value: { kind: 'signedIn' } })
  await device.synced()
  expect(await names(device)).toEqual(['Bob of Beta'])
  expect(await device.ask('handover.list', null)).toMatchObject([{ companyName: 'Acme', canRequeue: false }])
  const [kept] = await device.ask('handover.list', null)
  expect(await device.ask('handover.requeue', { id: kept?.id ?? '' })).toMatchObject({
    ok: false,
    error: { code: 'other_company' },
  })
  expect(await device.restart()).toMatchObject({ kind: 'signedIn' })
})
