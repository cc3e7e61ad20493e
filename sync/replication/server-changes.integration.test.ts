import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { user } from '#database/embedded/testing/test-backend.ts'
import { realDevice } from '../testing/real-device.ts'
import { fieldsOf } from '../testing/rows.ts'
import { createSupabaseBackend } from './supabase-backend.ts'

const server = await suiteBackend(20)

/** The protocol that laptops say they speak; null: what they really do. */
let says: number | null = null
const fetchAs: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  const info = headers.get('x-client-info')
  if (says !== null && info !== null) headers.set('x-client-info', info.replace(/\d+$/, String(says)))
  return fetch(input, { ...init, headers })
}

/** The owner's laptop with a customer that the server knows. */
async function withCustomer(name: string) {
  const device = realDevice(server.backend, (at, secrets) => createSupabaseBackend(at, secrets, fetchAs))
  await device.signIn(user('owner'))
  const made = await device.ask('customers.create', { fields: fieldsOf(name) })
  if (!made.ok) throw new Error(made.error.message)
  await device.synced(30_000)
  return { device, id: made.value.id }
}
const phoneOf = async (id: string) =>
  (await server.sql`select customer_phone from public.customers where id = ${id}`)[0]

test('SY-8: a server that has left an old app behind refuses it; the app keeps everything and asks to be updated', async () => {
  const { device, id } = await withCustomer('Old App')
  says = 0
  await device.ask('customers.update', { id, changes: { phone: '1' } })
  const status = await device.until(({ phase }) => phase.kind === 'failed', 15_000)
  expect(status).toMatchObject({ waiting: 1, attention: 0, phase: { error: { code: 'version_mismatch' } } })
  expect(status.phase).toMatchObject({ error: { message: expect.stringContaining('Update the app') } })
  expect(await phoneOf(id)).toEqual({ customer_phone: null })
  await device.restart()
  expect((await device.ask('customers.get', { id }))?.customer.phone).toBe('1')
  // Updated.
  says = null
  await device.restart()
  await device.synced(30_000)
  expect(await phoneOf(id)).toEqual({ customer_phone: '1' })
})

test('SY-2 SY-4: after a restore of Postgres a customer made since the backup waits under Needs attention, and is made again', async () => {
  const { device, id } = await withCustomer('Since Backup')
  device.setOffline(true)
  await device.ask('customers.update', { id, changes: { phone: '2' } })
  // What a restored backup lacks.
  await server.sql.begin(async (tx) => {
    await tx`set local session_replication_role = 'replica'`
    const tables = await tx<{ name: string }[]>`
      select a.attrelid::regclass::text as name
        from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
       where a.attname = 'customer_id' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)`
    for (const { name } of tables) await tx.unsafe(`delete from ${name} where customer_id = $1`, [id])
    await tx`delete from public.customers where id = ${id}`
    await tx`set local session_replication_role = 'origin'`
    await tx`select private.start_new_sync_epoch()`
  })
  device.setOffline(false)
  await device.until(({ attention }) => attention === 1, 20_000)
  await device.synced(30_000)
  expect(await device.ask('customers.get', { id })).toBeNull()
  expect(await device.ask('attention.list', null)).toMatchObject([
    { op: 'create', code: 'unknown_on_server', changes: { name: 'Since Backup', phone: '2' } },
  ])
  expect(await device.ask('attention.resend', { customerId: id })).toEqual({ ok: true, value: null })
  await device.synced(30_000)
  expect(await phoneOf(id)).toEqual({ customer_phone: '2' })
  expect(await device.ask('attention.list', null)).toEqual([])
})
