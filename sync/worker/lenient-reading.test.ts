import { expect, test } from 'vitest'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { customerId, oneCompany } from '../testing/one-company.ts'

test('SY-2: an edit of a value that breaks our rules is taken, kept over a restart, and sent', async () => {
  const { server, user, device } = oneCompany()
  // Written by another app, or before the rule was made.
  const row = { ...emptyCustomer(customerId(0), server.companyId), name: '', email: 'ask reception' }
  server.restore([row], 'epoch-1')
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const changes = { name: 'Ada', email: 'ada@example.com' }
  const base = { name: row.name, email: row.email }
  expect(await device.ask('customers.update', { id: row.id, changes, base })).toEqual({ ok: true, value: null })
  await device.restart()
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 1, attention: 0 })
  device.setOffline(false)
  await device.synced()
  expect(server.rows.get(row.id)).toMatchObject(changes)
})
