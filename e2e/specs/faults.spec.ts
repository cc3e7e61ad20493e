import { syncPill, waitUntilInStep } from '../harness/app-page.ts'
import { createCustomer, editCustomer, goTo, importFile, openCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

test('SY-2: an edit that the app called saved survives the death of the app, offline', { tag: '@desktop' }, async ({
  backend,
  signedIn,
}) => {
  const { laptop, page: first } = await signedIn('owner', { disk: true })
  await createCustomer(first, { Name: 'Quirin Sturmfest' })
  await waitUntilInStep(first)

  await laptop.goOffline()
  await openCustomer(first, 'Quirin Sturmfest')
  await editCustomer(first, { Phone: '+49 40 555 0199' })
  await laptop.kill()

  const page = await laptop.reopen()
  await openCustomer(page, 'Quirin Sturmfest')
  await expect(page.getByText('+49 40 555 0199').first()).toBeVisible()
  await laptop.goOnline()
  await expect
    .poll(() => backend.sql()`select customer_phone from public.customers where customer_name = 'Quirin Sturmfest'`)
    .toEqual([{ customer_phone: '+49 40 555 0199' }])
})

test("R-3: a rep's write to somebody else's customer is refused, kept with its reason, and delays nothing", async ({
  backend,
  signedIn,
}) => {
  const sql = backend.sql()
  const { laptop, page } = await signedIn('sales')
  await createCustomer(page, { Name: 'Odilo Fremdgut' })
  await waitUntilInStep(page)

  // While the rep is away the customer is handed to a colleague, who counts as its creator from now on.
  await laptop.goOffline()
  await sql`
    update public.customers set owner_id = m.user_id, created_by_user_id = m.user_id
      from public.company_members m join auth.users u on u.id = m.user_id
     where customers.customer_name = 'Odilo Fremdgut' and u.email = ${backend.user('sales', 0, 1).email}`
  await openCustomer(page, 'Odilo Fremdgut')
  await editCustomer(page, { Phone: '+61 2 5550 0666' })
  await createCustomer(page, { Name: 'Pia Danach' })
  await laptop.goOnline()

  await expect(syncPill(page)).toHaveAccessibleName(/1 needs attention/, { timeout: 30_000 })
  await expect
    .poll(async () => (await sql`select 1 from public.customers where customer_name = 'Pia Danach'`).length)
    .toBe(1)
  const [row] = await sql`select customer_phone from public.customers where customer_name = 'Odilo Fremdgut'`
  expect(row).toEqual({ customer_phone: null })

  await goTo(page, 'Needs attention')
  await expect(page.getByText('Odilo Fremdgut').first()).toBeVisible()
  await expect(page.getByText('+61 2 5550 0666').first()).toBeVisible()
  await expect(page.getByText(/only edit customers (they|you) own or created/i).first()).toBeVisible()

  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await page.getByRole('button', { name: 'Discard the change' }).click()
  await expect(page.getByText('Nothing needs you')).toBeVisible()
  await waitUntilInStep(page)
})

test('SY-2 SY-3: the backend dies in the middle of a push of 2,000 rows: none is lost, none doubled', async ({
  backend,
  signedIn,
}) => {
  test.setTimeout(240_000)
  const { laptop, page } = await signedIn('owner')
  await laptop.goOffline()
  const lines = Array.from({ length: 2_000 }, (_, n) => `Mid Push ${n},mid.push.${n}@example.com,Row number ${n}`)
  const buffer = Buffer.from(['name,email,notes', ...lines].join('\n'))
  await importFile(page, { name: 'two-thousand.csv', mimeType: 'text/csv', buffer }, 2_000)

  const pushed = async () => {
    const [row] = await backend.sql()<{ rows: number; names: number }[]>`
      select count(*)::int as rows, count(distinct customer_name)::int as names
        from public.customers where customer_name like 'Mid Push %'`
    return row ?? { rows: 0, names: 0 }
  }
  // In the middle of a request: part of the push has left the laptop, its answer never arrives.
  const already = laptop.network.passed().up
  await laptop.goOnline()
  await expect.poll(() => laptop.network.passed().up - already, { intervals: [5] }).toBeGreaterThan(100_000)
  // Its connections break before it ends: it stops politely and would serve the rest of the push meanwhile.
  laptop.network.set('cut')
  await backend.stop()
  laptop.network.set('up')
  await expect(syncPill(page)).toHaveAccessibleName(/waiting/, { timeout: 30_000 })
  await backend.start()
  expect((await pushed()).rows).toBeLessThan(2_000)

  await waitUntilInStep(page, 120_000)
  await expect.poll(pushed).toEqual({ rows: 2_000, names: 2_000 })
})
