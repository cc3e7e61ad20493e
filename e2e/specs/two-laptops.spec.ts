import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitUntilInStep } from '../harness/app-page.ts'
import { PROJECT_ROOT } from '../harness/project-root.ts'
import { createCustomer, editCustomer, importFile, listRows, openCustomer, search } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/** The list that the rep imports; a longer one by `CUSTOMER_LIST=FILE`. */
const LIST = process.env.CUSTOMER_LIST ?? join(PROJECT_ROOT, 'e2e/fixtures/crm_composed_400.csv')

test('SY-1 SY-2 SY-4: two laptops of one company, offline and online, end with the same customers', async ({
  backend,
  signedIn,
}) => {
  test.setTimeout(300_000)
  const text = readFileSync(LIST, 'utf8')
  const rows = text.trimEnd().split('\n').length - 1
  const emails = [...new Set(text.match(/[^\s,"]+@[^\s,"]+/g))]
  const sql = backend.sql()

  // A customer that the rep may edit.
  const repUser = backend.user('sales')
  const [target] = await sql<{ id: string; customer_name: string }[]>`
    select c.id, c.customer_name from public.customers c
      join public.company_members m on m.company_id = c.company_id and m.user_id = c.owner_id
      join auth.users u on u.id = m.user_id
     where u.email = ${repUser.email} and c.deleted_at is null
       and (select count(*) from public.customers d where d.customer_name = c.customer_name) = 1
     order by c.id limit 1`
  if (target === undefined) throw new Error('the seed gives this rep no customer')

  const [{ laptop, page: rep }, { page: manager }] = await Promise.all([signedIn(repUser), signedIn('manager')])
  const [before] = await sql<{ count: number; imported: number }[]>`
    select count(*)::int as count, count(*) filter (where source = 'import')::int as imported
      from public.customers c
     where c.deleted_at is null and c.company_id = (select company_id from public.customers where id = ${target.id})`

  // The rep, offline.
  await laptop.goOffline()
  await importFile(rep, LIST, rows)
  await openCustomer(rep, target.customer_name)
  await editCustomer(rep, { Phone: '+61 2 5550 1234' })
  await createCustomer(rep, { Name: 'Zyta Feldmaus', Email: 'zyta@feldmaus.example' })

  // The manager, online, meanwhile: another field of the same customer.
  await openCustomer(manager, target.customer_name)
  await editCustomer(manager, { Notes: 'Prefers delivery before seven.' })
  await waitUntilInStep(manager)

  // The rep loads the app again without a network, and everything is still there.
  await rep.reload()
  const expected = (before?.count ?? 0) + rows + 1
  await search(rep, '')
  await expect(rep.getByRole('grid', { name: 'Customers' })).toHaveAttribute('aria-rowcount', rowCount(expected), {
    timeout: 30_000,
  })
  await openCustomer(rep, 'Zyta Feldmaus')
  await openCustomer(rep, target.customer_name)
  await expect(rep.getByText('+61 2 5550 1234').first()).toBeVisible()
  await expect(rep.getByText('Prefers delivery before seven.')).toHaveCount(0)

  // Back online: both screens and Postgres agree.
  await laptop.goOnline()
  await waitUntilInStep(rep, 120_000)
  await expect(rep.getByText('Prefers delivery before seven.').first()).toBeVisible()
  await expect(manager.getByText('+61 2 5550 1234').first()).toBeVisible({ timeout: 60_000 })
  await expect
    .poll(() => sql`select customer_phone, customer_notes from public.customers where id = ${target.id}`)
    .toEqual([{ customer_phone: '+61 2 5550 1234', customer_notes: 'Prefers delivery before seven.' }])
  const [after] = await sql<{ count: number; imported: number; emails: number; zyta: number }[]>`
    select count(*)::int as count,
           count(*) filter (where source = 'import')::int as imported,
           count(distinct customer_email) filter (where source = 'import' and customer_email = any(${emails}))::int as emails,
           count(*) filter (where customer_name = 'Zyta Feldmaus')::int as zyta
      from public.customers c
     where c.deleted_at is null and c.company_id = (select company_id from public.customers where id = ${target.id})`
  expect(after).toEqual({
    count: expected,
    imported: (before?.imported ?? 0) + rows,
    emails: emails.length,
    zyta: 1,
  })
  for (const page of [rep, manager]) {
    await search(page, '')
    await expect(page.getByRole('grid', { name: 'Customers' })).toHaveAttribute('aria-rowcount', rowCount(expected), {
      timeout: 60_000,
    })
  }
  await search(manager, 'zyta feldmaus')
  await expect(listRows(manager).filter({ hasText: 'Zyta Feldmaus' })).toHaveCount(1)
})

/** The grid counts its header row too. */
function rowCount(customers: number): string {
  return String(customers + 1)
}
