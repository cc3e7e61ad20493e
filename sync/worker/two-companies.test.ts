import { expect, test } from 'vitest'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { fieldsOf } from '../testing/rows.ts'
import type { TestDevice } from '../testing/test-device.ts'
import { ADA, replicaDatabases, twoCompanies } from '../testing/two-companies.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }

const names = async (on: TestDevice) =>
  (await on.ask('customers.window', { query: ALL, offset: 0, limit: 100 })).rows.map((row) => row.name)

test('R-2: two companies on one laptop: each has its own replica, and edits of the one left keep waiting and are counted', async () => {
  const { device, olga, acme, beta } = twoCompanies()
  await device.signIn(olga)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Waits in Acme') })
  // Offline, and never opened before: its name is known from the sign-in.
  const switched = await device.ask('session.switchCompany', { companyId: beta.companyId })
  expect(switched).toMatchObject({ ok: true, value: { kind: 'signedIn', workspace: { companyId: beta.companyId } } })
  expect(await names(device)).toEqual([])
  device.setOffline(false)
  await device.synced()
  expect(await names(device)).toEqual(['Bob of Beta'])
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 0, elsewhere: 1 })
  expect(await device.ask('session.companies', null)).toEqual([
    { companyId: acme.companyId, companyName: 'Acme', isOpen: false, unsent: 1 },
    { companyId: beta.companyId, companyName: 'Acme', isOpen: true, unsent: 0 },
  ])
  expect(acme.rows.size).toBe(1)
  // The company left last opens next time.
  expect(await device.restart()).toMatchObject({ workspace: { companyId: beta.companyId } })
  await device.ask('session.switchCompany', { companyId: acme.companyId })
  await device.synced()
  expect(await names(device)).toEqual(['Ada of Acme', 'Waits in Acme'])
  expect([...beta.rows.values()].map(({ name }) => name)).toEqual(['Bob of Beta'])
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 0, elsewhere: 0 })
})

test('R-2: a company that the user does not belong to is not opened', async () => {
  const { device, solo, beta } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  expect(await device.ask('session.switchCompany', { companyId: beta.companyId })).toMatchObject({
    ok: false,
    error: { code: 'no_access' },
  })
  expect(await names(device)).toEqual(['Ada of Acme'])
})

test('SY-4: signing out counts open conflicts: the value that does not show is nowhere else', async () => {
  const { device, solo } = twoCompanies()
  await device.signIn(solo)
  await device.synced()
  // The form was opened before Ada's phone became 1.
  await device.ask('customers.update', { id: ADA, base: { phone: '0' }, changes: { phone: '2' } })
  expect(await device.synced()).toMatchObject({ waiting: 0, attention: 1 })
  expect(await device.ask('session.signOut', { discardUnsent: false })).toMatchObject({ error: { code: 'unsent' } })
  expect(await device.ask('session.signOut', { discardUnsent: true })).toMatchObject({ ok: true })
})

test('R-3: signing out counts what waits in the other company, and removes both replicas', async () => {
  const { device, olga, beta, disk } = twoCompanies()
  await device.signIn(olga)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Waits in Acme') })
  await device.ask('session.switchCompany', { companyId: beta.companyId })
  expect(await device.ask('session.signOut', { discardUnsent: false })).toMatchObject({
    ok: false,
    error: { code: 'unsent', message: expect.stringContaining('1 change') },
  })
  expect((await replicaDatabases(disk)).length).toBeGreaterThan(0)
  expect(await device.ask('session.signOut', { discardUnsent: true })).toEqual({ ok: true, value: null })
  expect(await replicaDatabases(disk)).toEqual([])
  expect(await device.ask('session.companies', null)).toEqual([])
})

test('R-2: another user on the same machine gets no row, name, count or hand-over of the first, from memory or the worker', async () => {
  const { device, olga, solo, beta, disk } = twoCompanies()
  await device.signIn(olga)
  await device.synced()
  await device.ask('session.switchCompany', { companyId: beta.companyId })
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('Secret of Olga') })
  device.setOffline(false)
  const { network } = device
  if (network !== null) network.beforePush = () => new Promise<void>(() => undefined)
  await device.signIn(solo)
  await device.synced()
  const answers = JSON.stringify([
    await device.ask('customers.window', { query: ALL, offset: 0, limit: 100 }),
    await device.ask('customers.window', { query: { ...ALL, search: 'secret' }, offset: 0, limit: 100 }),
    await device.ask('attention.list', null),
    await device.ask('sync.status', null),
    await device.ask('session.companies', null),
    await device.ask('handover.list', null),
    device.notices.slice(device.notices.findLastIndex(({ name }) => name === 'session.state')),
  ])
  for (const secret of ['Secret', 'Bob', beta.companyId, olga.email]) expect(answers).not.toContain(secret)
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 0, elsewhere: 0 })
  // Each replica is a database of its own, named by user and company: no query can cross.
  const owners = (await replicaDatabases(disk)).map((name) => [olga.id, solo.id].filter((id) => name.includes(id)))
  expect(owners.every((found) => found.length === 1)).toBe(true)
  expect(new Set(owners.flat())).toEqual(new Set([olga.id, solo.id]))
})

test.each([false, true])(
  'SY-5: the replica of a lost company goes while another one is open, its unsent work is kept (signed out: %s)',
  async (isSignedOut) => {
    const { device, olga, acme, beta, companies, disk } = twoCompanies()
    await device.signIn(olga)
    await device.synced()
    await device.ask('session.switchCompany', { companyId: beta.companyId })
    await device.synced()
    device.setOffline(true)
    await device.ask('customers.create', { fields: fieldsOf('Waits in Beta') })
    await device.ask('session.switchCompany', { companyId: acme.companyId })
    device.setOffline(false)
    expect(await device.synced()).toMatchObject({ elsewhere: 1 })
    if (isSignedOut) companies.signOutDevice(olga, beta)
    else companies.revoke(olga, beta)
    const ofBeta = async () => (await replicaDatabases(disk)).filter((name) => name.includes(beta.companyId))
    expect(await ofBeta()).not.toEqual([])
    const before = device.notices.length
    await expect
      .poll(
        async () => {
          device.clockOffset += 70_000
          await device.ask('sync.now', null)
          return ofBeta()
        },
        { timeout: 15_000 },
      )
      .toEqual([])
    expect(await device.ask('handover.list', null)).toMatchObject([{ unsent: 1 }])
    expect(device.notices.slice(before)).toContainEqual(
      expect.objectContaining({ name: 'session.state', body: expect.objectContaining({ kind: 'signedIn' }) }),
    )
    await expect.poll(() => companies.emptied.length).toBe(isSignedOut ? 1 : 0)
    // What is open goes on, under the same session.
    expect(await device.synced()).toMatchObject({ elsewhere: 0, waiting: 0 })
    expect(await names(device)).toEqual(['Ada of Acme'])
    expect(await device.ask('session.companies', null)).toMatchObject([{ companyId: acme.companyId }])
  },
)
