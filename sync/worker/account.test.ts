import { expect, test } from 'vitest'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { createCustomer } from '../testing/one-company.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { replicaDatabases, twoCompanies } from '../testing/two-companies.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }

test('UI-4: a password is changed by whoever knows the present one, with a network', async () => {
  const { device, solo } = twoCompanies()
  await device.signIn(solo)
  const change = (current: string, next: string) => device.ask('account.changePassword', { current, next })
  expect(await change('a guess', 'better than before')).toMatchObject({
    error: { code: 'wrong_password', field: 'current' },
  })
  expect(await change(solo.password, 'better than before')).toEqual({ ok: true, value: null })
  await device.ask('session.signOut', { discardUnsent: false })
  await device.signIn({ email: solo.email, password: 'better than before' })
})

test('R-2: an invitation opens its company, for whoever is signed in and at the sign-in; another code opens nothing', async () => {
  const { companies, device, solo, acme, beta } = twoCompanies()
  companies.invitations.set('to-beta', beta)
  await device.signIn(solo)
  const accept = (code: string) => device.ask('account.acceptInvitation', { code })
  expect(await accept('never-made')).toMatchObject({
    error: { code: 'not_found', message: 'This invitation is not valid any more. Ask for a new one.' },
  })
  device.setOffline(true)
  expect(await accept('to-beta')).toMatchObject({ error: { code: 'unreachable' } })
  device.setOffline(false)
  expect(await accept('to-beta')).toMatchObject({ ok: true, value: { workspace: { companyId: beta.companyId } } })
  expect(await device.ask('session.companies', null)).toHaveLength(2)

  const nora = companies.addUser('nora', [])
  companies.invitations.set('to-acme', acme)
  const other = watchedDevice({ createBackend: fakeBackend(companies) })
  await expect(other.signIn(nora)).rejects.toThrow('belongs to no company')
  const signIn = (invitation: string) =>
    other.ask('session.signIn', { email: nora.email, password: nora.password, invitation })
  expect(await signIn('never-made')).toMatchObject({ error: { field: 'invitation' } })
  expect(await signIn(' to-acme ')).toMatchObject({ ok: true, value: { workspace: { companyId: acme.companyId } } })
  companies.invitations.set('to-beta', beta)
  expect(await signIn('to-beta')).toMatchObject({ ok: true, value: { workspace: { companyId: beta.companyId } } })
})

test('UI-4: a company that is forgotten here leaves nothing on this device, and nothing unsent is lost by it', async () => {
  const { device, disk, olga, acme, beta } = twoCompanies()
  await device.signIn(olga)
  await device.synced()
  device.setOffline(true)
  await createCustomer(device, 'Waits in Acme')
  const forget = (discardUnsent: boolean) => device.ask('account.forgetCompany', { discardUnsent })
  expect(await forget(false)).toMatchObject({ error: { code: 'unsent' } })
  expect((await device.ask('customers.window', { query: ALL, offset: 0, limit: 9 })).all).toBe(2)
  device.setOffline(false)
  await device.synced()
  const before = await replicaDatabases(disk)
  expect(await forget(false)).toEqual({ ok: true, value: null })
  expect(await device.restart()).toMatchObject({ workspace: { companyId: beta.companyId } })
  const after = await replicaDatabases(disk)
  expect(before.some((name) => name.includes(acme.companyId))).toBe(true)
  expect(after.some((name) => name.includes(acme.companyId))).toBe(false)
  // It is still theirs, and comes back from the server.
  await device.ask('session.switchCompany', { companyId: acme.companyId })
  device.setOffline(false)
  expect(acme.rows.size).toBe(2)
})

test('SY-2: an edit that is on its way to the disk while its company is forgotten is kept', async () => {
  const { device, olga, acme } = twoCompanies()
  await device.signIn(olga)
  await device.synced()
  device.setOffline(true)
  const making = createCustomer(device, 'Just typed')
  expect(await device.ask('account.forgetCompany', { discardUnsent: false })).toMatchObject({
    error: { code: 'unsent' },
  })
  const id = await making
  expect((await device.ask('customers.get', { id }))?.customer.companyId).toBe(acme.companyId)
})

test('UI-4: the only company is not forgotten but left by signing out', async () => {
  const { device, solo } = twoCompanies()
  await device.signIn(solo)
  expect(await device.ask('account.forgetCompany', { discardUnsent: true })).toMatchObject({
    error: { code: 'only_company' },
  })
  expect(await device.ask('data.facts', null)).toMatchObject({ customers: expect.any(Number) })
})
