import { putCustomers } from '../harness/put-customers.ts'
import { goToAddress, openCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

test('UI-2 SY-1: conversations and quotes of a customer are there offline, by keyboard', async ({
  backend,
  signedIn,
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

  const { laptop, page } = await signedIn('owner')
  await laptop.goOffline()
  await openCustomer(page, busy.name)
  const panel = page.getByRole('tabpanel')

  await page.getByRole('tab', { name: 'Profile' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: `Conversations ${busy.chats}` })).toBeFocused()
  await expect(panel.getByRole('listitem').first()).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(panel.getByText(busy.quote)).toBeVisible()
})

test('UI-2 R-1: a conversation opens in the company’s assistant once an owner has said where; nobody else may say', async ({
  backend,
  signedIn,
}) => {
  const [id = ''] = await putCustomers(backend, ['Quellwasser Irene'])
  const session = 'a/b 1'
  // Other specs furnish the company with an assistant.
  await backend.sql()`update public.companies set chat_url = null where chat_url is not null`
  await backend.sql()`
    insert into public."VC Usage" (company_id, session_id, customer_id, summary)
    select company_id, ${session}, id, 'Asked for a pump' from public.customers where id = ${id}`
  const { page } = await signedIn('owner')
  await openCustomer(page, 'Quellwasser Irene')
  await page.getByRole('tab', { name: 'Conversations 1' }).click()
  await expect(page.getByText('Asked for a pump')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open the chat' })).toHaveCount(0)

  await goToAddress(page, '/settings/company')
  const address = page.getByRole('textbox', { name: 'Address of a chat' })
  await address.fill('https://{session}.example.com/')
  await page.getByRole('button', { name: 'Set the address' }).click()
  await expect(address).toHaveAccessibleDescription(/begins with https:\/\//)
  await address.fill('https://chat.example.com/s/{session}')
  await page.getByRole('button', { name: 'Set the address' }).click()
  await expect(page.getByText('The company is changed')).toBeVisible()
  await openCustomer(page, 'Quellwasser Irene')
  await page.getByRole('tab', { name: 'Conversations 1' }).click()
  await expect(page.getByRole('link', { name: 'Open the chat' })).toHaveAttribute(
    'href',
    'https://chat.example.com/s/a%2Fb%201',
  )
  await goToAddress(page, '/settings/company')
  await address.fill('')
  await page.getByRole('button', { name: 'Set the address' }).click()
  await openCustomer(page, 'Quellwasser Irene')
  await page.getByRole('tab', { name: 'Conversations 1' }).click()
  await expect(page.getByRole('link', { name: 'Open the chat' })).toHaveCount(0)

  const { page: manager } = await signedIn('manager')
  await goToAddress(manager, '/settings/company')
  await expect(manager.getByText('Only owners can change the company. Ask one of them.')).toBeVisible()
  await expect(manager.getByRole('textbox', { name: 'Address of a chat' })).toHaveCount(0)
})
