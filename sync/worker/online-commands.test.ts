import { expect, test } from 'vitest'
import type { Role } from '#shared/domain/role.ts'
import { FakeServer } from '../testing/fake-server.ts'
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
