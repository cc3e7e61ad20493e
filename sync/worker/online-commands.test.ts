import { expect, test } from 'vitest'
import type { Role } from '#shared/domain/role.ts'
import { FakeServer, refusal } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

async function signedIn(role: Role, server = new FakeServer()) {
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser(role, role))
  await device.synced()
  return { server, device }
}
const asCsv = { format: 'csv' as const, rows: 7 }

test.each(['owner', 'manager', 'analyst'] as const)(
  'DB-8 R-1: an export by a %s is entered in the log first',
  async (role) => {
    const { server, device } = await signedIn(role)
    expect(await device.ask('export.record', asCsv)).toEqual({ ok: true, value: null })
    expect(server.exports).toEqual([asCsv])
    device.setOffline(true)
    expect(await device.ask('export.record', asCsv)).toMatchObject({ ok: false, error: { code: 'unreachable' } })
    expect(server.exports).toHaveLength(1)
  },
)

test('DB-8 R-1: sales exports nothing, and the server is not even asked', async () => {
  const { server, device } = await signedIn('sales')
  expect(await device.ask('export.record', asCsv)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(server.exports).toEqual([])
})

test('DB-8: who came back after an erasure is marked until an owner settles it, and nobody else can', async () => {
  const { server, device } = await signedIn('owner')
  const made = await device.ask('customers.create', { fields: fieldsOf('Ada') })
  if (!made.ok) throw new Error(made.error.message)
  const { id } = made.value
  await device.synced()
  server.flag(id)
  await device.synced()
  const flag = async () => (await device.ask('customers.get', { id }))?.customer.flaggedErasedAt
  expect(await flag()).toEqual(expect.any(String))
  expect(await device.ask('customers.settleErasureFlag', { id })).toEqual({ ok: true, value: null })
  await device.synced()
  expect(await flag()).toBeNull()
  const manager = await signedIn('manager', server)
  const refused = await manager.device.ask('customers.settleErasureFlag', { id })
  expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } })
})

const OF_OWNERS = [
  ['company.update', { name: 'Acme', country: 'AU' }],
  ['company.rekeyPhones', null],
  ['members.list', null],
  ['members.invite', { email: 'a@b.example', role: 'sales', name: 'Ann' }],
  ['members.revokeInvitation', { id: crypto.randomUUID() }],
  ['members.changeRole', { userId: crypto.randomUUID(), role: 'owner' }],
  ['members.remove', { userId: crypto.randomUUID() }],
  ['privacy.overview', null],
  ['privacy.setYears', { years: 7 }],
  ['privacy.expired', null],
  ['privacy.eraseExpired', { years: 7 }],
  ['privacy.erase', { customerId: crypto.randomUUID(), reason: 'requested' }],
  ['privacy.erasures', null],
] as const

test.each(['manager', 'sales', 'analyst'] as const)(
  'R-1: a %s administers nothing, and the server is not even asked',
  async (role) => {
    const { server, device } = await signedIn(role)
    for (const [name, input] of OF_OWNERS) {
      const refused = await device.ask(name, input)
      expect(refused, name).toMatchObject({
        ok: false,
        error: { code: 'forbidden', message: expect.stringMatching(/^Only owners/) },
      })
    }
    server.answers.set('company_log', () => ({ entries: [], more: false }))
    const log = await device.ask('company.log', { actions: null, before: null })
    expect(log).toMatchObject(role === 'manager' ? { ok: true } : { ok: false, error: { code: 'forbidden' } })
    const names = server.asked.map(({ name }) => name)
    expect(names.filter((name) => name !== 'company_log' || role !== 'manager')).toEqual([])
  },
)

test('UI-4: what the server refuses is told in its own words, and what needs a network says so', async () => {
  const { server, device } = await signedIn('owner')
  const remove = () => device.ask('members.remove', { userId: crypto.randomUUID() })
  const words = 'A company keeps at least one owner. Make somebody else an owner first.'
  server.answers.set('revoke_member', () => {
    throw refusal('55000', words)
  })
  expect(await remove()).toEqual({ ok: false, error: { code: 'not_now', message: words } })
  server.answers.set('revoke_member', () => {
    throw refusal('PT403', 'This device was signed out of this company. Sign in again.')
  })
  expect(await remove()).toMatchObject({ error: { code: 'no_access', message: expect.stringMatching('signed out') } })
  server.answers.set('revoke_member', () => {
    throw refusal('57014', 'canceling statement due to statement timeout')
  })
  expect(await remove()).toMatchObject({
    ok: false,
    error: { code: 'too_slow', message: expect.stringMatching('nothing was changed') },
  })
  device.setOffline(true)
  expect(await remove()).toMatchObject({
    ok: false,
    error: { code: 'unreachable', message: expect.stringMatching('needs a network') },
  })
})
