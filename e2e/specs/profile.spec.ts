import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessible.ts'
import { waitUntilInStep } from '../harness/app-page.ts'
import { putCustomers } from '../harness/put-customers.ts'
import { createCustomer, openCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

function pane(page: Page) {
  return page.getByRole('complementary', { name: 'Customer' })
}

test('UI-2: a field is edited where it stands, by keyboard, and its undo takes back that field only', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, [{ name: 'Inline Ltd', email: 'old@inline.example', phone: '+44 20 7946 0001' }])
  const { page } = await signedIn('owner')
  await openCustomer(page, 'Inline Ltd')
  await pane(page).getByRole('button', { name: 'Edit phone' }).click()
  await page.keyboard.type('0')
  await page.keyboard.press('Escape')
  await expect(pane(page).getByRole('link', { name: '+44 20 7946 0001' })).toBeVisible()
  await pane(page).getByRole('button', { name: 'Edit email' }).focus()
  await page.keyboard.press('e')
  const email = pane(page).getByRole('textbox', { name: 'Email' })
  await expect(email).toBeFocused()
  await page.keyboard.type('not an address')
  await page.keyboard.press('Enter')
  await expect(pane(page).getByText('This is not an email address')).toBeVisible()
  await email.fill('new@inline.example')
  await page.keyboard.press('Enter')
  await expect(pane(page).getByRole('button', { name: 'Edit email' })).toBeFocused()
  await expect(pane(page).getByRole('link', { name: 'new@inline.example' })).toBeVisible()

  // Going elsewhere saves, Esc didn't.
  await pane(page).getByRole('button', { name: 'Add address' }).click()
  await page.keyboard.type('1 Dock Road')
  // What is pressed stays under the pointer until it is let go, though the field above it is saved meanwhile.
  await pane(page).getByRole('button', { name: 'Add tags' }).hover()
  await page.mouse.down()
  await expect(page.getByText('Address of Inline Ltd changed')).toBeVisible()
  await page.mouse.up()
  await expect(pane(page).getByText('1 Dock Road')).toBeVisible()
  await expect(pane(page).getByRole('combobox', { name: 'Tags' })).toBeFocused()
  await page.keyboard.type('vip')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(pane(page).getByRole('listitem').filter({ hasText: 'vip' })).toBeVisible()

  const toast = page.getByText('Email of Inline Ltd changed').locator('..')
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(pane(page).getByRole('link', { name: 'old@inline.example' })).toBeVisible()
  await expect
    .poll(
      () => backend.sql()`
        select customer_email, customer_address, customer_phone, tags
          from public.customers where customer_name = 'Inline Ltd'`,
    )
    .toEqual([
      {
        customer_email: 'old@inline.example',
        customer_address: '1 Dock Road',
        customer_phone: '+44 20 7946 0001',
        tags: ['vip'],
      },
    ])
})

test('UI-2: U takes back the last act, however many there were, and the focus stays at the field', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, [{ name: 'Quick Ltd', email: 'old@quick.example' }])
  const { page } = await signedIn('owner')
  await openCustomer(page, 'Quick Ltd')
  await pane(page).getByRole('button', { name: 'Edit email' }).focus()
  for (const email of ['new@quick.example', 'newer@quick.example']) {
    await page.keyboard.press('Enter')
    await pane(page).getByRole('textbox', { name: 'Email' }).fill(email)
    await page.keyboard.press('Enter')
    await expect(pane(page).getByRole('link', { name: email })).toBeVisible()
    await expect(pane(page).getByRole('button', { name: 'Edit email' })).toBeFocused()
  }
  await expect(page.getByText('Email of Quick Ltd changed')).toHaveCount(1)
  await page.keyboard.press('u')
  await expect(pane(page).getByRole('link', { name: 'new@quick.example' })).toBeVisible()

  for (const [field, typed] of [
    ['phone', '+44 20 7946 0002'],
    ['address', '2 Dock Road'],
    ['website', 'www.quick.example'],
    ['email', 'newest@quick.example'],
    ['name', 'Quicker Ltd'],
  ]) {
    await pane(page)
      .getByRole('button', { name: new RegExp(`^(Add|Edit) ${field}$`) })
      .focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type(`${typed}`)
    await page.keyboard.press('Control+Enter')
    await expect(pane(page).getByText(`${typed}`)).toBeVisible()
    await expect(pane(page).getByRole('button', { name: `Edit ${field}` })).toBeFocused()
  }
  await page.keyboard.press('u')
  await expect(pane(page).getByRole('heading', { name: 'Quick Ltd' })).toBeVisible()
  await expect(pane(page).getByText('newest@quick.example')).toBeVisible()
  // Typed in short, it leads to the web all the same.
  const website = pane(page).getByRole('link', { name: 'www.quick.example', exact: true })
  await expect(website).toHaveAttribute('href', 'https://www.quick.example')
})

test('UI-2: what is typed about one customer is never written to another, and is there again when one comes back', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, [
    { name: 'First Ltd', email: 'first@two.example' },
    { name: 'Second Ltd', email: 'second@two.example' },
  ])
  const { page } = await signedIn('owner')
  await openCustomer(page, 'Second Ltd')
  await openCustomer(page, 'First Ltd')
  const email = pane(page).getByRole('textbox', { name: 'Email' })
  await pane(page).getByRole('button', { name: 'Edit email' }).click()
  await email.fill('anna@')
  await openCustomer(page, 'Second Ltd')
  await expect(pane(page).getByRole('link', { name: 'second@two.example' })).toBeVisible()
  await expect(email).toBeHidden()

  // The same with a valid one, where nothing loses the focus; and a reload takes nothing, either.
  await openCustomer(page, 'First Ltd')
  await expect(email).toHaveValue('anna@')
  await email.fill('anna@two.example')
  await page.evaluate(() => window.history.go(-2))
  await expect(pane(page).getByRole('heading', { name: 'Second Ltd' })).toBeVisible()
  await expect(email).toBeHidden()
  await page.reload()
  await openCustomer(page, 'First Ltd')
  await expect(email).toHaveValue('anna@two.example')
  await expect(email).not.toBeFocused()
  await email.press('Enter')
  await expect(pane(page).getByRole('link', { name: 'anna@two.example' })).toBeVisible()
  const emails = () => backend.sql()`
    select customer_email from public.customers
     where customer_name in ('First Ltd', 'Second Ltd') order by customer_name`
  await expect.poll(emails).toMatchObject([{ customer_email: 'anna@two.example' }, {}])
  await waitUntilInStep(page)
  expect((await emails())[1]).toEqual({ customer_email: 'second@two.example' })
})

test('UI-2: notes are rich text to write and to read, and Markdown that merges line by line where they are stored', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, [{ name: 'Notes Ltd', notes: 'Since 2019 <b>here</b>' }])
  const { page } = await signedIn('owner')
  await openCustomer(page, 'Notes Ltd')
  await expect(pane(page).getByText('Since 2019 <b>here</b>')).toBeVisible()
  await pane(page).getByRole('button', { name: 'Edit notes' }).click()
  const notes = pane(page).getByRole('textbox', { name: 'Notes' })
  await expect(notes).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Rings on ')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('Tuesdays')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- menu ')
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Link to' }).fill('javascript:alert(1)')
  await page.keyboard.press('Enter')
  await expect(page.getByText('This is no web, mail or phone address.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Link to' }).fill('example.com/menu')
  await page.keyboard.press('Enter')
  await notes.focus()
  await page.keyboard.press('Control+Enter')
  await expect(pane(page).getByRole('strong').filter({ hasText: 'Tuesdays' })).toBeVisible()
  await expect(pane(page).getByRole('link', { name: 'https://example.com/menu' })).toHaveAttribute(
    'href',
    'https://example.com/menu',
  )
  await expect
    .poll(() => backend.sql()`select customer_notes from public.customers where customer_name = 'Notes Ltd'`)
    .toEqual([{ customer_notes: 'Since 2019 <b>here</b>\nRings on **Tuesdays**\n- menu https://example.com/menu' }])
})

test('UI-3: on a phone a customer is made in steps, with addresses of others to choose from, and the success leads on', async ({
  signedIn,
}) => {
  const { page } = await signedIn('sales')
  await createCustomer(page, { Name: 'Neighbour One', Address: '7 Zebulon Quay, Hobart' })
  await page.setViewportSize({ width: 360, height: 800 })
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'New customer' }).click()
  await expect(page.getByText('Step 1 of 3 · Basics')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('Give the customer a name.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Neighbour Two')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Step 2 of 3 · Address')).toBeVisible()
  await page.keyboard.type('zebulon')
  await expect(page.getByRole('option', { name: '7 Zebulon Quay, Hobart' })).toBeVisible()
  await expectAccessible(page, 'address suggestions on a phone')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Address', { exact: true }).first()).toHaveValue('7 Zebulon Quay, Hobart')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('Step 3 of 3 · Notes and tags')).toBeVisible()
  await expectAccessible(page, 'last step on a phone')
  await page.getByRole('button', { name: 'Create customer' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Neighbour Two' })).toBeVisible()
  await page.getByRole('button', { name: 'Create another' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
})

test('UI-2: a new quote is asked for offline, and activity tells who did and saw what', async ({
  backend,
  signedIn,
}) => {
  const { laptop, page } = await signedIn('sales')
  await laptop.goOffline()
  await createCustomer(page, { Name: 'Quota Ltd' })
  await pane(page)
    .getByRole('tab', { name: /^Quotes/ })
    .click()
  await pane(page).getByRole('button', { name: 'Ask for a new quote' }).click()
  await pane(page).getByLabel('What it should say').fill('40 m² of oak')
  await page.keyboard.press('Control+Enter')
  await expect(pane(page).getByText('40 m² of oak')).toBeVisible()
  await laptop.goOnline()
  await expect
    .poll(() => backend.sql()`select note, status from public.quote_requests where note = '40 m² of oak'`)
    .toEqual([{ note: '40 m² of oak', status: 'open' }])
  await pane(page).getByRole('button', { name: 'Edit name' }).click()
  await page.keyboard.type('Quota GmbH')
  await page.keyboard.press('Enter')
  await pane(page).getByRole('tab', { name: 'Activity' }).click()
  await expect(pane(page).getByText('Quota GmbH').last()).toBeVisible()
  await expect(pane(page).getByText('created this customer')).toBeVisible()
  await pane(page).getByText('Views and contacts').click()
  await expect(pane(page).getByText('looked at this customer')).toBeVisible()
  await expect(pane(page).getByText('created this customer')).toHaveCount(0)
})
