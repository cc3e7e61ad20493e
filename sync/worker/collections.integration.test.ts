import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { COMPANY_A, user } from '#database/embedded/testing/test-backend.ts'
import { signedInDevice } from '../testing/real-device.ts'

const { backend, sql } = await suiteBackend(200)
const signedIn = (login: string) => signedInDevice(backend, user(login))

/** A customer of the first company with all that a history has. */
async function busyCustomer() {
  const [row] = await sql<{ id: string; company: string; chats: number; quotes: number; activity: number }[]>`
    select c.id, c.company_id as company,
           (select count(*)::int from public."VC Usage" v where v.company_id = c.company_id and v.customer_id = c.id
             and v.created_at > now() - interval '90 days') as chats,
           (select count(*)::int from public.quotes q where q.company_id = c.company_id and q.customer_id = c.id) as quotes,
           (select count(*)::int from public.audit_log a where a.company_id = c.company_id and a.customer_id = c.id
             and a.at > now() - interval '90 days') as activity
      from public.customers c
     where c.company_id = ${COMPANY_A} and c.deleted_at is null
     order by 3 desc, 4 desc, c.id limit 1`
  if (row === undefined) throw new Error('the seed has no customers')
  return row
}

test('SY-1 SY-3 R-2: every collection arrives as Postgres has it, and nothing of another company', async () => {
  const device = await signedIn('owner')
  const customer = await busyCustomer()
  const history = await device.ask('customers.history', { id: customer.id })
  expect(customer.chats).toBeGreaterThan(0)
  expect([history.conversations.total, history.quotes.total, history.activity.total]).toEqual([
    customer.chats,
    customer.quotes,
    customer.activity,
  ])
  const [foreign] = await sql<{ id: string }[]>`
    select customer_id as id from public.quotes where company_id <> ${customer.company} limit 1`
  expect((await device.ask('customers.history', { id: foreign?.id ?? '' })).quotes.total).toBe(0)
})

test('SY-2 SY-6: a wish, a filter and a view reach Postgres once, and the hint brings them to a colleague', async () => {
  const device = await signedIn('manager')
  const colleague = await signedIn('sales')
  const { id, company } = await busyCustomer()
  await device.ask('customers.get', { id })
  const fields = { name: 'Shared by a test', filter: { source: 'chat' }, shared: true }
  const made = await device.ask('records.change', { kind: 'filter.save', id: null, fields })
  await device.ask('records.change', { kind: 'quote.request', customerId: id, quoteId: null, note: 'By a test' })
  await expect
    .poll(async () => (await colleague.ask('customers.history', { id })).quoteRequests.rows.map((row) => row.note))
    .toContain('By a test')
  await device.synced(10_000)
  const [counts] = await sql<{ wishes: number; filters: number; views: number }[]>`
    select (select count(*)::int from public.quote_requests where note = 'By a test') as wishes,
           (select count(*)::int from public.saved_filters where name = 'Shared by a test') as filters,
           (select count(*)::int from public.customer_interactions i
             where i.company_id = ${company} and i.customer_id = ${id} and i.interaction_type = 'view'
               and i.viewed_at > now() - interval '5 minutes') as views`
  expect(counts).toEqual({ wishes: 1, filters: 1, views: 1 })

  // Somebody else's filter may be seen, not changed: the reason is kept.
  await expect
    .poll(async () => (await colleague.ask('filters.list', null)).map(({ name }) => name))
    .toContain(fields.name)
  if (!made.ok) throw new Error(made.error.message)
  await colleague.ask('records.change', { kind: 'filter.delete', id: made.value.id })
  await expect.poll(async () => (await colleague.ask('attention.records', null))[0]?.code).toBe('forbidden')
})
