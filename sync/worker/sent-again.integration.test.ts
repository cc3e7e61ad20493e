import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { COMPANY_A, user } from '#database/embedded/testing/test-backend.ts'
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

test('SY-2 SY-4: a conflict of which the laptop did not hear stands when it asks again, and the edit is sent under a new id and applied once', async () => {
  const device = await signedInDevice(server.backend, user('owner'))
  const made = await device.ask('customers.create', { fields: { ...fieldsOf('Ab A'), phone: '1' } })
  if (!made.ok) throw new Error(made.error.message)
  const { id } = made.value
  await device.synced(30_000)
  const { network } = device
  if (network === null) throw new Error('Not started')
  const setPhone = (phone: string) => server.sql`update public.customers set customer_phone = ${phone} where id = ${id}`

  device.setOffline(true)
  await device.ask('customers.update', { id, changes: { phone: '2' } })
  await setPhone('9')
  network.pushes.length = 0
  network.loseAnswers = 1
  network.beforePush = async () => {
    // Somebody takes the other edit back: the base holds again.
    if (network.pushes.length === 2) await setPhone('1')
  }
  device.setOffline(false)
  await device.synced(30_000)

  const sent = network.pushes.flat()
  expect(sent.map(({ mutationId }) => mutationId === sent[0]?.mutationId)).toEqual([true, true, false])
  expect(sent.map((one) => one.op === 'update' && [one.base.phone, one.changes.phone])).toEqual([
    ['1', '2'],
    ['1', '2'],
    ['1', '2'],
  ])
  const written = await server.sql`
    select changes #>> '{phone,to}' as phone from public.audit_log where customer_id = ${id} and action = 'updated' order by id`
  expect(written.map(({ phone }) => phone)).toEqual(['9', '1', '2'])
  expect((await device.ask('customers.get', { id }))?.conflicts).toEqual([])
})

test('SY-2 R-3: an edit and a deletion refused while their author was no owner are both done when they are sent again', async () => {
  const device = await signedInDevice(server.backend, user('owner'))
  const [made] = await server.sql<{ id: string }[]>`
    insert into public.customers (company_id, customer_name, customer_phone) values (${COMPANY_A}, 'Re Sent', '1') returning id`
  const id = made?.id ?? ''
  await device.synced(30_000)
  const setRole = (login: string, role: string) =>
    server.sql`update public.company_members set role = ${role} where company_id = ${COMPANY_A} and user_id = ${user(login).id}`

  device.setOffline(true)
  await device.ask('customers.update', { id, changes: { phone: '2' } })
  await device.ask('customers.delete', { id })
  // A company is never without an owner.
  await setRole('manager', 'owner')
  await setRole('owner', 'sales')
  device.setOffline(false)
  await device.synced(30_000)
  expect(await device.ask('attention.list', null)).toMatchObject([
    { op: 'delete', code: 'forbidden', changes: { phone: '2' } },
  ])
  await setRole('owner', 'owner')
  await device.restart()
  await device.synced(30_000)
  expect(await device.ask('attention.resend', { customerId: id })).toEqual({ ok: true, value: null })
  await device.synced(30_000)
  const [row] = await server.sql`
    select customer_phone, deleted_at is not null as deleted from public.customers where id = ${id}`
  expect(row).toEqual({ customer_phone: '2', deleted: true })
  expect(await device.ask('attention.list', null)).toEqual([])
})
