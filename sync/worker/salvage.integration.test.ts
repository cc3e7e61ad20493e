import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { user } from '#database/embedded/testing/test-backend.ts'
import { rawLog } from '#database/local/testing/raw-log.ts'
import { signedInDevice } from '../testing/real-device.ts'
import { fieldsOf } from '../testing/rows.ts'
import { replicaDatabases } from '../testing/two-companies.ts'

const server = await suiteBackend(20)

test('SY-2: an edit made after a salvage is not dropped as part of one whose verdict lay in the damaged part', async () => {
  const device = await signedInDevice(server.backend, user('owner'))
  const made = await device.ask('customers.create', { fields: fieldsOf('Sal Vaged') })
  if (!made.ok) throw new Error(made.error.message)
  const { id } = made.value
  const filter = { name: 'First', filter: {}, shared: false }
  const saveFilter = (filterId: string | null, name: string) =>
    device.ask('records.change', { kind: 'filter.save', id: filterId, fields: { ...filter, name } })
  await saveFilter(null, 'First')
  await device.synced(30_000)
  const filterId = (await device.ask('filters.list', null))[0]?.id ?? ''

  device.setOffline(true)
  await device.ask('customers.update', { id, changes: { phone: '1' } })
  await saveFilter(filterId, 'Second')
  const log = (await replicaDatabases(device.disk)).find((name) => name.startsWith('tradesphere-log-')) ?? ''
  let unsentAt = 0
  await rawLog(device.disk, log, (records) => {
    const counting = records.getAllKeys()
    counting.onsuccess = () => {
      unsentAt = Number(counting.result.at(-1))
    }
  })
  device.setOffline(false)
  await device.synced(30_000)

  await device.stop()
  await rawLog(device.disk, log, (records) => void records.delete(device.disk.IDBKeyRange.lowerBound(unsentAt, true)))
  device.online = false
  expect(await device.restart()).toMatchObject({ kind: 'signedIn' })
  expect((await device.ask('sync.status', null)).incident).toMatchObject({ kind: 'salvaged', unsent: 2 })
  // What was salvaged is as good as sent, also at the start after that.
  await device.restart()
  await device.ask('customers.update', { id, changes: { email: 'sal@example.com' } })
  await saveFilter(filterId, 'Third')
  device.setOffline(false)
  await device.synced(30_000)

  const [customer] = await server.sql`select customer_phone, customer_email from public.customers where id = ${id}`
  expect(customer).toEqual({ customer_phone: '1', customer_email: 'sal@example.com' })
  expect(await server.sql`select name from public.saved_filters where id = ${filterId}`).toMatchObject([
    { name: 'Third' },
  ])
  expect(await device.ask('filters.list', null)).toMatchObject([{ name: 'Third' }])
  expect((await device.ask('sync.status', null)).attention).toBe(0)
})
