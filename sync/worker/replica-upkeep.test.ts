import { expect, test } from 'vitest'
import { countCustomers, createCustomer, customerId, oneCompany } from '../testing/one-company.ts'

test('SY-2 UI-4: a rebuilt copy is the server’s again, with every change that has not been sent', async () => {
  const { server, user, device } = oneCompany({ rows: 20 })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  await createCustomer(device, 'Made here')
  await device.ask('customers.update', { id: customerId(3), changes: { notes: 'Written here' } })
  expect(await device.ask('data.rebuild', null)).toMatchObject({ error: { code: 'unreachable' } })
  expect(await device.ask('data.facts', null)).toMatchObject({ customers: 21, unsent: 2, isEncrypted: false })
  device.setOffline(false)
  expect(await device.ask('data.rebuild', null)).toEqual({ ok: true, value: null })
  await device.synced()
  expect(await countCustomers(device)).toBe(21)
  expect(server.rows.get(customerId(3))?.notes).toBe('Written here')
  expect((await device.ask('customers.get', { id: customerId(3) }))?.customer.notes).toBe('Written here')
  expect(await device.ask('data.facts', null)).toMatchObject({ customers: 21, unsent: 0 })
})

test('SY-3 UI-4: a rebuild fetches every row again, also one that the replica had lost', async () => {
  const { server, user, device } = oneCompany({ rows: 5 })
  await device.signIn(user)
  await device.synced()
  // Behind the back of the checkpoint: no ordinary pull would bring it.
  const held = server.rows.get(customerId(2))
  if (held === undefined) throw new Error('No such row')
  server.rows.set(held.id, { ...held, name: 'Customer 2 as it is' })
  await device.synced()
  const name = async () => (await device.ask('customers.get', { id: customerId(2) }))?.customer.name
  expect(await name()).toBe('Customer 2')
  await device.ask('data.rebuild', null)
  await device.synced()
  expect(await name()).toBe('Customer 2 as it is')
})

test('UI-4: what is compacted is all there after a restart', async () => {
  const { user, device } = oneCompany({ rows: 5 })
  await device.signIn(user)
  await device.synced()
  expect(await device.ask('data.compact', null)).toEqual({ ok: true, value: null })
  await device.restart()
  expect(await device.ask('data.facts', null)).toMatchObject({
    customers: 5,
    device: { id: expect.any(String), name: 'Test laptop' },
  })
})
