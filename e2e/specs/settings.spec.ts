import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessible.ts'
import { signIn, submitSignIn, waitUntilInStep } from '../harness/app-page.ts'
import { createCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

type Part = 'Account' | 'Company' | 'Members' | 'Privacy' | 'Devices' | 'Appearance' | 'Data on this device' | 'Log'

async function open(page: Page, part: Part): Promise<void> {
  const parts = page.getByRole('navigation', { name: 'Settings' })
  if (!(await parts.isVisible())) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
  }
  await parts.getByRole('link', { name: part }).click()
  await expect(page.getByRole('heading', { name: part, level: 1 })).toBeFocused()
}

function member(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: name })
}

test('UI-4 R-2: an owner invites somebody, who joins by the code, works in a role, and is let go', async ({
  backend,
  openLaptop,
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  await open(page, 'Members')
  const guest = backend.user('analyst', 1)
  await page.getByRole('textbox', { name: 'Name' }).fill('Gerda Guest')
  await page.getByRole('textbox', { name: 'Email' }).fill(guest.email)
  await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('Analyst')
  await page.getByRole('button', { name: 'Make an invitation' }).click()
  const code = (await page.locator('output code').textContent()) ?? ''
  expect(code.length).toBeGreaterThan(20)
  await expect(page.getByRole('row', { name: /^Gerda Guest/ })).toContainText('Analyst')

  const theirs = await openLaptop()
  const there = theirs.page()
  await there.getByRole('button', { name: 'I have an invitation' }).click()
  await there.getByLabel('Code of the invitation').fill('no-such-code')
  await submitSignIn(there, guest)
  await expect(there.getByText('This invitation is not valid any more. Ask for a new one.')).toBeVisible()
  await there.getByLabel('Code of the invitation').fill(code)
  await there.getByRole('button', { name: 'Sign in' }).click()
  // They are in another company, too; the one that invited them is open.
  await expect(there.getByRole('navigation', { name: 'Main' }).getByText('Northbuild Supplies')).toBeVisible()
  await expect(there).toHaveURL(/#\/customers/)
  await waitUntilInStep(there)
  await open(there, 'Members')
  // Whoever may not manage them still sees who is there, and why there is nothing to press.
  await expect(there.getByText('Only owners can manage members. Ask one of them.')).toBeVisible()
  await expect(there.getByRole('button', { name: /^Remove/ })).toHaveCount(0)

  await open(page, 'Appearance')
  await open(page, 'Members')
  await member(page, 'Gerda Guest').getByRole('combobox', { name: 'Role of Gerda Guest' }).selectOption('Sales')
  await expect(page.getByText('Gerda Guest: sales from now on')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('combobox', { name: 'Role of Gerda Guest' })).toHaveValue('analyst')
  // The only owner can't go.
  await expect(member(page, '(you)').getByRole('button')).toHaveAccessibleDescription(/at least one owner/)
  await page.getByRole('button', { name: 'Remove Gerda Guest' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove Gerda Guest from the company?' })
  await expect(dialog).toContainText('To come back they need a new invitation.')
  await dialog.getByRole('button', { name: 'Remove Gerda Guest' }).click()
  await expect(member(page, 'Gerda Guest')).toHaveCount(0)
  await open(page, 'Log')
  const entries = page.getByRole('list', { name: 'Log' }).getByRole('listitem')
  await expect(entries.first()).toContainText(/removed Gerda Guest/)
  await page.getByRole('combobox', { name: 'What' }).selectOption('Imports')
  await expect(entries.filter({ hasText: 'Gerda Guest' })).toHaveCount(0)
  await expect(there.getByText('You no longer have access to Northbuild Supplies')).toBeVisible({ timeout: 30_000 })
})

test('DB-8 UI-4: an owner tells a person what is held about them, and has them forgotten everywhere', async ({
  backend,
  signedIn,
}) => {
  const { laptop, page } = await signedIn('owner')
  await createCustomer(page, { Name: 'Petra Privat', Email: 'petra@privat.example', Notes: 'likes it quiet' })
  await waitUntilInStep(page)
  await open(page, 'Privacy')
  await page.getByRole('textbox', { name: 'Find the customer' }).fill('petra priv')
  await page.getByRole('button', { name: /^Petra Privat/ }).click()
  const saved = await laptop.savedBy(() => page.getByRole('button', { name: 'Save as text' }).click())
  const text = await readFile(saved.path, 'utf8')
  expect(text).toContain('Personal data held by Northbuild Supplies')
  expect(text).toContain('petra@privat.example')

  await page.getByRole('button', { name: 'Erase for good' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase Petra Privat for good?' })
  const confirm = dialog.getByRole('button', { name: 'Erase for good' })
  await expect(confirm).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Type “Petra Privat” to go on' }).fill('Petra Privat')
  await expectAccessible(page, 'erase dialog')
  await confirm.click()
  await expect(page.getByRole('alert')).toContainText('Erased.')
  // The receipt of this very device; others of this owner may be gone for good.
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText(
    /the one device has|all \d+ have|[1-9]\d* of \d+ have/,
    {
      timeout: 30_000,
    },
  )
  const [row] =
    await backend.sql()`select customer_name from public.customers where customer_email = 'petra@privat.example'`
  expect(row).toBeUndefined()

  await page.getByRole('switch', { name: 'Keep for ever' }).uncheck()
  await page.getByRole('textbox', { name: 'Years' }).fill('90')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'See who would go' }).click()
  await expect(page.getByText('Nobody: all gave a sign of life in the last 90 years.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('switch', { name: 'Keep for ever' })).toBeChecked()
})

test('UI-4 UI-6: what needs a network says so; the copy here is shown, compacted and made anew', {
  tag: '@desktop',
}, async ({ signedIn }) => {
  const { laptop, page } = await signedIn('sales')
  await open(page, 'Privacy')
  await expect(page.getByText("Sales can't export customers in this company.")).toBeVisible()
  await open(page, 'Log')
  await expect(page.getByText('Only owners and managers can see the log.')).toBeVisible()
  await open(page, 'Company')
  await expect(page.getByText('Only owners can change the company. Ask one of them.')).toBeVisible()
  await open(page, 'Devices')
  await expect(page.getByRole('row', { name: /this device/ })).toContainText('You')
  await open(page, 'Data on this device')
  await page.getByRole('button', { name: 'Compact now' }).click()
  await expect(page.getByText('The copy is compacted')).toBeVisible()
  await page.getByRole('button', { name: 'Fetch everything again' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Fetch everything again' }).click()
  await expect(page.getByText('Everything is being fetched again')).toBeVisible()
  await waitUntilInStep(page)
  await open(page, 'Account')
  await page.getByLabel('Password now').fill('not my password')
  await page.getByLabel('New password').fill('something longer')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('This is not your password now.')).toBeVisible()
  await open(page, 'Appearance')
  await page.getByText('Compact', { exact: true }).click()
  await laptop.goOffline()
  await open(page, 'Devices')
  await expect(page.getByText(/This needs a network/)).toBeVisible({ timeout: 30_000 })
  await laptop.goOnline()
  await expect(page.getByRole('row', { name: /this device/ })).toBeVisible({ timeout: 30_000 })
})

test('UI-5 UI-4: the focus is somewhere from signing in on, and stays with a button whose act takes a while; Undo puts back what the fields show', async ({
  backend,
  openLaptop,
}) => {
  const page = (await openLaptop()).page()
  await expect(page.getByLabel('Email')).toBeVisible()
  await page.evaluate(() => {
    let lastHad = 0
    const nowhere = { ms: 0 }
    Object.assign(window, { nowhere })
    const look = (): void => {
      const now = performance.now()
      if (document.activeElement !== document.body) lastHad = now
      nowhere.ms = Math.max(nowhere.ms, now - lastHad)
      requestAnimationFrame(look)
    }
    document.addEventListener('submit', look, { once: true })
  })
  await signIn(page, backend.user('owner'))
  await expect(page.getByRole('grid', { name: 'Customers' })).toBeFocused({ timeout: 30_000 })
  const ms = await page.evaluate(() => (window as unknown as { nowhere: { ms: number } }).nowhere.ms)
  expect(ms, 'milliseconds in which nothing had the focus').toBeLessThan(1_000)

  await open(page, 'Privacy')
  await page.getByRole('switch', { name: 'Keep for ever' }).setChecked(false)
  const years = page.getByRole('button', { name: 'Save', exact: true })
  await years.press('Enter')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expect(years).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('switch', { name: 'Keep for ever' })).toBeChecked()

  await open(page, 'Company')
  const address = page.getByRole('textbox', { name: 'Address of a chat' })
  const before = await address.inputValue()
  await address.fill('https://chat.example.com/busy/{session}')
  const set = page.getByRole('button', { name: 'Set the address' })
  await set.press('Enter')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expect(set).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(address).toHaveValue(before)

  const name = page.getByRole('textbox', { name: 'Name' })
  const company = await name.inputValue()
  await name.fill(`${company} Ltd`)
  const save = page.getByRole('button', { name: 'Save' })
  await save.press('Enter')
  await expect(page.getByRole('heading', { name: `${company} Ltd` })).toBeVisible()
  await expect(save).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { name: company, exact: true })).toBeVisible()
  await expect(name).toHaveValue(company)
})

test('UI-4: phones are read anew for another country, which shows how far it is and goes on where it was', async ({
  backend,
  signedIn,
}) => {
  const sql = backend.sql()
  const { laptop, page } = await signedIn('owner')
  const [company] = await sql<{ id: string; country: string }[]>`
    insert into private.phone_rekeys (company_id)
    select id from public.companies where name = 'Northbuild Supplies'
    returning company_id as id, (select country from public.companies where id = company_id) as country`
  const progress = page.getByText(/phone numbers? of customers and chats still to be read for/)
  await sql.begin(async (tx) => {
    await tx`select 1 from private.phone_rekeys for update`
    await open(page, 'Company')
    await expect(progress).toBeVisible()
    await expectAccessible(page, 'phones read anew')
  })
  await expect(page.getByRole('status').getByText('All phone numbers are read.')).toBeVisible()
  await expect(progress).toBeHidden()

  const readFor = async () => {
    const [row] = await sql`
      select c.country, (select count(*)::int from private.phone_rekeys) as left from public.companies c
       where c.id = ${company?.id ?? ''}`
    return row
  }
  await page.getByRole('combobox', { name: 'Country' }).selectOption('NZ')
  await expect(page.getByText('Everybody can go on working meanwhile.')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(readFor).toEqual({ country: 'NZ', left: 0 })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(readFor).toEqual({ country: company?.country, left: 0 })

  await laptop.goOffline()
  await open(page, 'Members')
  await open(page, 'Company')
  const unknown = page.getByText('Whether phone numbers are still to be read is not known.')
  await expect(unknown).toBeVisible()
  await laptop.goOnline()
  await expect(unknown).toBeHidden()
})
