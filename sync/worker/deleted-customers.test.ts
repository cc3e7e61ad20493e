import { expect, test } from 'vitest'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { customerId, oneCompany } from '../testing/one-company.ts'
import { DeletedCustomers } from './deleted-customers.ts'

const found = async (device: ReturnType<typeof oneCompany>['device'], search: string, limit = 100) => {
  const { customers, total } = await device.ask('deleted.list', { search, limit })
  return { ids: customers.map(({ id }) => id), total }
}

test('UI-6: deleted customers are listed, found and brought back offline; merged and erased ones are not among them', async () => {
  const { server, user, device } = oneCompany({ rows: 6 })
  await device.signIn(user)
  await device.synced()
  await device.ask('customers.update', { id: customerId(1), changes: { name: 'Jörg Müller', phone: '030 12 34 56' } })
  await device.synced()
  device.setOffline(true)
  for (const n of [1, 2, 3]) await device.ask('customers.delete', { id: customerId(n) })
  await device.ask('records.change', {
    kind: 'merge.make',
    targetId: customerId(4),
    sourceIds: [customerId(5)],
    choices: {},
  })
  expect(await found(device, '')).toEqual({ ids: [3, 2, 1].map(customerId), total: 3 })
  expect(await found(device, '', 1)).toEqual({ ids: [customerId(3)], total: 3 })
  expect(await found(device, 'mueller jorg')).toEqual({ ids: [customerId(1)], total: 1 })
  expect(await found(device, '3012')).toEqual({ ids: [customerId(1)], total: 1 })
  expect(await found(device, 'nobody')).toEqual({ ids: [], total: 0 })
  expect(await device.ask('deleted.get', { id: customerId(1) })).toMatchObject({
    kind: 'deleted',
    customer: { name: 'Jörg Müller', by: { userId: user.id, name: user.name } },
  })
  expect(await device.ask('deleted.get', { id: customerId(5) })).toMatchObject({
    kind: 'merged',
    into: { id: customerId(4) },
  })
  expect(await device.ask('deleted.get', { id: customerId(0) })).toBeNull()
  device.setOffline(false)
  await device.synced()
  server.erase(customerId(2))
  await device.synced()
  device.setOffline(true)
  expect(await found(device, '')).toEqual({ ids: expect.arrayContaining([3, 1].map(customerId)), total: 2 })
  expect(await device.ask('deleted.get', { id: customerId(2) })).toBeNull()
  // Asked for by an undo that is still on the screen.
  expect(await device.ask('customers.restore', { id: customerId(2) })).toMatchObject({ error: { code: 'erased' } })
  expect(await device.ask('customers.restore', { id: customerId(1) })).toMatchObject({ ok: true })
  expect(await found(device, '')).toEqual({ ids: [customerId(3)], total: 1 })
  device.setOffline(false)
  await device.synced()
  expect(server.rows.get(customerId(1))).toMatchObject({ deletedAt: null, name: 'Jörg Müller' })
})

test('PF-1: going through many deleted customers lets others be heard in between, and finds the latest', async () => {
  const all = Array.from({ length: 50_000 }, (_, n) => {
    // Neither the oldest first nor the latest.
    const second = (n * 7_919) % 50_000
    const deletedAt = new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString()
    return { ...emptyCustomer(customerId(second), 'c'), name: `Jörg ${second}`, deletedAt }
  })
  const deleted = new DeletedCustomers({
    store: { shown: { all: () => all.values() } },
    user: { id: 'u', name: 'Olga' },
    history: () => ({ activity: { rows: [], total: 0 } }),
  } as unknown as ConstructorParameters<typeof DeletedCustomers>[0])
  for (const search of ['', 'jorg']) {
    let turns = 0
    const heard = setInterval(() => {
      turns += 1
    })
    const { customers, total } = await deleted.list(search, 3)
    clearInterval(heard)
    expect(turns).toBeGreaterThan(0)
    expect(customers.map(({ id }) => id)).toEqual([49_999, 49_998, 49_997].map(customerId))
    expect(total).toBe(50_000)
  }
})
