import { expectAccessible } from '../harness/accessible.ts'
import { waitUntilInStep } from '../harness/app-page.ts'
import type { TestBackend } from '../harness/backend.ts'
import { putCustomers } from '../harness/put-customers.ts'
import { createCustomer, openCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/** A chat that the assistant writes; answers with its id. */
async function chatOf(
  backend: TestBackend,
  said: { readonly name: string; readonly email?: string; readonly phone?: string; readonly summary: string },
): Promise<string> {
  const sql = backend.sql()
  const [chat] = await sql<{ id: string }[]>`
    insert into public."VC Usage" (company_id, session_id, customer_name, customer_email, customer_phone, summary)
    select id, ${crypto.randomUUID()}, ${said.name}, ${said.email ?? null}, ${said.phone ?? null}, ${said.summary}
      from public.companies where name = ${backend.user('owner').company} returning id`
  if (chat === undefined) throw new Error('the chat was not written')
  return chat.id
}

test('DB-4 UI-4: chats that wait are linked by a key, offline, with undo, or make a customer', async ({
  backend,
  signedIn,
}) => {
  const { laptop, page } = await signedIn('owner')
  for (const letter of ['a', 'b'])
    await createCustomer(page, { Name: 'Tara Twin', Email: `twin.${letter}@example.org` })
  await waitUntilInStep(page)
  const first = await chatOf(backend, { name: 'Tara Twin', summary: 'Asked for oak boards' })
  const second = await chatOf(backend, { name: 'Tara Twin', summary: 'Asked for stone' })
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(page.getByRole('heading', { level: 1, name: 'Unlinked conversations' })).toBeFocused()
  const current = page.getByRole('region', { name: 'The conversation that is looked at' })
  await expect(current.getByText('Asked for stone')).toBeVisible()
  await expect(current.getByText('Several customers have this name.')).toBeVisible()
  await expect(current.getByRole('button', { name: 'Link to Tara Twin' })).toHaveCount(2)

  await page.keyboard.press('c')
  await expect(page.getByText('Tara Twin is a customer now')).toBeVisible()
  await expect(current.getByText('Asked for oak boards')).toBeVisible()
  await laptop.goOffline()
  await page.keyboard.press('a')
  await expect(page.getByText('Linked to Tara Twin')).toBeVisible()
  await expect(current.getByText('Asked for oak boards')).toHaveCount(0)
  await page.keyboard.press('u')
  await expect(current.getByText('Asked for oak boards')).toBeVisible()
  await page.keyboard.press('a')
  await expect(current.getByText('Asked for oak boards')).toHaveCount(0)
  await laptop.goOnline()
  const sql = backend.sql()
  await expect
    .poll(
      () => sql`
        select v.id, c.source, c.customer_email is null as new
          from public."VC Usage" v join public.customers c on c.id = v.customer_id
         where v.id in ${sql([first, second])} order by v.id = ${second}`,
    )
    .toEqual([
      { id: first, source: 'manual', new: false },
      { id: second, source: 'chat', new: true },
    ])
})

test('DB-4 UI-2: what a chat said otherwise is offered on the profile, taken over, or left', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, [{ name: 'Sue Gest', email: 'sue@gest.example', phone: '+44 20 7946 0777' }])
  const { page } = await signedIn('owner')
  const pane = page.getByRole('complementary', { name: 'Customer' })
  await openCustomer(page, 'Sue Gest')
  await chatOf(backend, { name: 'Sue Gest', email: 'sue@gest.example', phone: '+44 20 7946 0888', summary: 'Called' })
  await expect(pane.getByText('+44 20 7946 0888')).toBeVisible()
  await expectAccessible(page, 'suggestion of a chat')
  await pane.getByRole('button', { name: 'Take over' }).click()
  await expect(pane.getByRole('link', { name: '+44 20 7946 0888' })).toBeVisible()
  await chatOf(backend, { name: 'Sue Gest', email: 'sue@gest.example', phone: '+44 20 7946 0999', summary: 'Again' })
  await pane.getByRole('button', { name: 'Leave it' }).click()
  await expect(pane.getByText('+44 20 7946 0999')).toHaveCount(0)
  await expect(pane.getByRole('link', { name: '+44 20 7946 0888' })).toBeVisible()
})
