import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { user } from '#database/embedded/testing/test-backend.ts'
import { createCustomer } from '../testing/one-company.ts'
import { realDevice, signedInDevice } from '../testing/real-device.ts'

const server = await suiteBackend(20)

const signedIn = (login: string) => signedInDevice(server.backend, user(login))

function granted<T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

test('UI-4 R-1: an owner runs the company through the app, and the real server answers as the contract says', async () => {
  const owner = await signedIn('owner')
  const { members } = granted(await owner.ask('members.list', null))
  expect(members.map(({ role }) => role)).toEqual(expect.arrayContaining(['owner', 'manager', 'sales', 'analyst']))
  const invited = granted(
    await owner.ask('members.invite', { email: 'nora@newcomer.example', role: 'sales', name: 'Nora New' }),
  )
  expect(granted(await owner.ask('members.list', null)).invitations).toMatchObject([
    { id: invited.id, name: 'Nora New' },
  ])
  expect(await owner.ask('members.revokeInvitation', { id: invited.id })).toEqual({ ok: true, value: null })
  expect(await owner.ask('members.revokeInvitation', { id: invited.id })).toMatchObject({
    error: { code: 'not_found', message: 'There is no such open invitation.' },
  })
  expect(await owner.ask('members.remove', { userId: user('owner').id })).toMatchObject({
    error: { code: 'not_now', message: 'A company keeps at least one owner. Make somebody else an owner first.' },
  })
  const rep = user('sales2').id
  expect(await owner.ask('members.changeRole', { userId: rep, role: 'manager' })).toMatchObject({ ok: true })
  await expect
    .poll(
      async () => {
        const state = await owner.ask('app.open', { config: null })
        return state.kind === 'signedIn' && state.workspace.members.find(({ userId }) => userId === rep)?.role
      },
      { timeout: 20_000 },
    )
    .toBe('manager')
  expect(await owner.ask('company.update', { name: 'Northbuild & Sons', country: 'AU' })).toMatchObject({ ok: true })
  const log = granted(await owner.ask('company.log', { actions: null, before: null }))
  expect(log.entries[0]).toMatchObject({ action: 'company_changed', by: user('owner').name })
  expect(log.entries[1]).toMatchObject({ action: 'member_role_changed', about: user('sales2').name })
})

test('DB-8 UI-4: years, dry run, erasure of the expired, and the export and erasure of a person, as an owner', async () => {
  const owner = await signedIn('owner')
  const { sql } = server
  const id = await createCustomer(owner, 'Olaf Old')
  const kept = await createCustomer(owner, 'Kim Kept')
  await owner.synced()
  await sql`update public.customers set created_at = now() - interval '20 years', field_edits = '{}', last_seen_at = null where id = ${id}`
  await sql`update public.customers set created_at = now() - interval '1 years' where id <> ${id} and created_at < now() - interval '15 years'`
  expect(await owner.ask('privacy.setYears', { years: 15 })).toMatchObject({ ok: true })
  expect(granted(await owner.ask('privacy.expired', null))).toMatchObject({ years: 15, total: 1, customers: [{ id }] })
  // Confirmed for other years than are set: nobody goes.
  expect(await owner.ask('privacy.eraseExpired', { years: 14 })).toMatchObject({ ok: false })
  expect(granted(await owner.ask('privacy.eraseExpired', { years: 15 }))).toMatchObject({ erased: 1, total: 0 })
  const held = granted(await owner.ask('privacy.export', { customerId: kept }))
  expect(held.customer.name).toBe('Kim Kept')
  const erased = granted(await owner.ask('privacy.erase', { customerId: kept, reason: 'requested' }))
  expect(erased.erased).toEqual([kept])
  // The news came at once, and this device has sent its receipts.
  await owner.synced(30_000)
  expect(await owner.ask('customers.get', { id: kept })).toBeNull()
  const statuses = granted(await owner.ask('privacy.erasures', null))
  expect(statuses.map(({ erasure, reason }) => [erasure, reason])).toEqual(
    expect.arrayContaining([
      [kept, 'requested'],
      [id, 'retention'],
    ]),
  )
  for (const status of statuses) expect(status.acknowledged).toHaveLength(1)
  expect(granted(await owner.ask('privacy.overview', null)).years).toBe(15)
  const facts = await owner.ask('data.facts', null)
  // The other one is the owner's of the test before, which never came back.
  const [here, gone] = granted(await owner.ask('devices.list', null))
  expect([here, gone]).toMatchObject([{ device: facts?.device.id, toForget: 0 }, { toForget: 2 }])
})

test.each([
  ['manager', { log: true, exportPerson: true }],
  ['sales', { log: false, exportPerson: false }],
  ['analyst', { log: false, exportPerson: true }],
] as const)('R-1: the real server gives a %s their own devices, and what their role allows', async (login, may) => {
  const device = await signedIn(login)
  const facts = await device.ask('data.facts', null)
  expect(granted(await device.ask('devices.list', null)).map((one) => one.device)).toEqual([facts?.device.id])
  expect(await device.ask('company.log', { actions: ['exported'], before: null })).toMatchObject({ ok: may.log })
  const [row] = await server.sql<{ id: string }[]>`
    select id from public.customers where company_id = ${user(login).companyId} and deleted_at is null limit 1`
  expect(await device.ask('privacy.export', { customerId: row?.id ?? '' })).toMatchObject({ ok: may.exportPerson })
})

test('UI-4: a password is changed through the real auth server, which then takes the new one only', async () => {
  const device = realDevice(server.backend)
  const rep = user('sales')
  await device.signIn(rep)
  const change = (current: string, next: string) => device.ask('account.changePassword', { current, next })
  expect(await change('a wrong guess', 'a longer password')).toMatchObject({ error: { field: 'current' } })
  expect(await change(rep.password, 'a longer password')).toEqual({ ok: true, value: null })
  await device.synced(30_000)
  await device.stop()
  const other = realDevice(server.backend)
  await expect(other.signIn(rep)).rejects.toThrow('not right')
  await other.signIn({ email: rep.email, password: 'a longer password' })
})

test('SY-5: an owner signs one device of a colleague out, whose app then forgets the company and says so', async () => {
  const rep = user('sales2')
  const [owner, lost] = [await signedIn('owner'), await signedIn('sales2')]
  const facts = await lost.ask('data.facts', null)
  const id = { device: facts?.device.id ?? '', userId: rep.id }
  expect(await owner.ask('devices.signOut', id)).toEqual({ ok: true, value: null })
  await expect
    .poll(() => lost.notices.findLast(({ name }) => name === 'session.state')?.body, { timeout: 30_000 })
    .toMatchObject({ kind: 'accessLost', unsent: 0, isSignedOut: true })
  const listed = async () => granted(await owner.ask('devices.list', null)).find(({ device }) => device === id.device)
  await expect
    .poll(listed, { timeout: 30_000 })
    .toMatchObject({ signedOutAt: expect.any(String), emptiedAt: expect.any(String) })
  await lost.signIn(rep)
  await lost.synced(30_000)
  expect(await listed()).toMatchObject({ signedOutAt: null, emptiedAt: null })
})
