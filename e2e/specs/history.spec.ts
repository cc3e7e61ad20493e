import { expectAccessible } from '../harness/accessible.ts'
import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { openCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

test('UI-2 SY-1 UI-5: conversations, quotes and activity of a customer are there offline, by keyboard, and meet WCAG 2.1 AA', async ({
  backend,
  openLaptop,
}) => {
  const [busy] = await backend.sql()<{ name: string; chats: number; quote: string }[]>`
    select c.customer_name as name, min(q.quote_number) as quote,
           (select count(*)::int from public."VC Usage" v where v.company_id = c.company_id and v.customer_id = c.id
             and v.created_at > now() - interval '90 days') as chats
      from public.customers c
      join public.companies o on o.id = c.company_id
      join public.quotes q on q.company_id = c.company_id and q.customer_id = c.id
     where o.name = ${backend.user('owner').company} and c.deleted_at is null
       and (select count(*) from public.customers d where d.customer_name = c.customer_name) = 1
     group by c.company_id, c.id order by 3 desc, c.id limit 1`
  if (busy === undefined) throw new Error('the seed has no quotes')
  expect(busy.chats).toBeGreaterThan(0)

  const laptop = await openLaptop()
  const page = laptop.page()
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  await laptop.goOffline()
  await openCustomer(page, busy.name)
  const panel = page.getByRole('tabpanel')

  await page.getByRole('tab', { name: 'Profile' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: `Conversations ${busy.chats}` })).toBeFocused()
  await expect(panel.getByRole('listitem').first()).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(panel.getByText(busy.quote)).toBeVisible()
  for (const tab of ['Conversations', 'Quotes', 'Activity']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
    await expectAccessible(page, tab)
  }
  expect(laptop.pageErrors.filter((text) => !text.includes('net::ERR'))).toEqual([])
})
