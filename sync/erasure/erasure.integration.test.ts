import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, user } from '#database/embedded/testing/test-backend.ts'
import { storedText } from '#database/local/testing/stored-text.ts'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import { signedInDevice } from '../testing/real-device.ts'

const server = await suiteBackend(20)

const signedIn = (login: string) => signedInDevice(server.backend, user(login))

test('DB-8: an erasure reaches a laptop that was offline with edits and a wish for a quote; both sides hold nothing, and the receipt says so', async () => {
  const { sql } = server
  const rep = await signedIn('sales')
  const fields = { ...NO_FIELDS, name: 'Ottilie Kern', phone: '+61 2 5550 7788' }
  const made = await rep.ask('customers.create', { fields })
  if (!made.ok) throw new Error(made.error.message)
  const { id } = made.value
  await rep.synced()
  await sql`
    insert into public."VC Usage" (company_id, session_id, customer_id, customer_name, customer_phone, summary, messages)
    values (${COMPANY_A}, 's-1', ${id}, 'Ottilie Kern', '+61 2 5550 7788', 'Ottilie asks', '[]')`
  await rep.synced()
  expect((await rep.ask('customers.history', { id })).conversations.total).toBe(1)
  rep.setOffline(true)
  await rep.ask('customers.update', { id, changes: { notes: 'Ottilie moved' } })
  await rep.ask('records.change', { kind: 'quote.request', customerId: id, quoteId: null, note: 'For Ottilie' })
  expect(await storedText(rep.disk)).toContain('Ottilie')
  await asUser(sql, user('owner').id, (tx) => tx`select public.erase_customer(${COMPANY_A}, ${id}, 'requested')`)
  const waiting = () => asUser(sql, user('owner').id, (tx) => tx`select public.erasure_status(${COMPANY_A}) as status`)
  expect(await waiting()).toMatchObject([
    { status: [{ erasure: id, acknowledged: [], waiting: [{ name: 'Test laptop' }] }] },
  ])
  rep.setOffline(false)
  await rep.synced()
  const acknowledged = async () => (await sql`select from public.erasure_receipts where erasure_id = ${id}`).count
  await expect.poll(acknowledged).toBe(1)
  expect(await waiting()).toMatchObject([{ status: [{ acknowledged: [{ user: user('sales').id }], waiting: [] }] }])
  expect(await storedText(rep.disk)).not.toContain('Ottilie')
  expect(await rep.ask('attention.list', null)).toEqual([])
  expect(await rep.ask('attention.records', null)).toEqual([])
  expect((await sql`select from public.quote_requests where note is not null and customer_id = ${id}`).count).toBe(0)
  const { conversations } = await rep.ask('customers.history', { id })
  expect(conversations.rows).toMatchObject([{ name: null, phone: null, summary: null, customerId: id }])
})
