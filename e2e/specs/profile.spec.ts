import type { Page } from '@playwright/test'
import { expectAccessibleEverywhere } from '../harness/accessible.ts'
import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { createCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

function pane(page: Page) {
  return page.getByRole('complementary', { name: 'Customer' })
}

test('UI-2: a field is edited where it stands, by keyboard, and its undo takes back that field only', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  await createCustomer(page, { Name: 'Inline Ltd', Email: 'old@inline.example', Phone: '+44 20 7946 0001' })
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

  // Going elsewhere saves, Esc doesn't.
  await pane(page).getByRole('button', { name: 'Add address' }).click()
  await page.keyboard.type('1 Dock Road')
  await pane(page).getByRole('button', { name: 'Add tags' }).click()
  await expect(pane(page).getByText('1 Dock Road')).toBeVisible()
  await page.keyboard.type('vip')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(pane(page).getByRole('listitem').filter({ hasText: 'vip' })).toBeVisible()
  await pane(page).getByRole('button', { name: 'Edit phone' }).click()
  await page.keyboard.type('0')
  await page.keyboard.press('Escape')
  await expect(pane(page).getByRole('link', { name: '+44 20 7946 0001' })).toBeVisible()

  const toast = page.getByText('Email of Inline Ltd changed').locator('..')
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(pane(page).getByRole('link', { name: 'old@inline.example' })).toBeVisible()
  await waitUntilInStep(page)
  const [stored] = await backend.sql()`
    select customer_email, customer_address, customer_phone, tags from public.customers where customer_name = 'Inline Ltd'`
  expect(stored).toEqual({
    customer_email: 'old@inline.example',
    customer_address: '1 Dock Road',
    customer_phone: '+44 20 7946 0001',
    tags: ['vip'],
  })
  expect(laptop.pageErrors).toEqual([])
})

test('UI-2: notes are rich text to write and to read, and Markdown that merges line by line where they are stored', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  await createCustomer(page, { Name: 'Notes Ltd', Notes: 'Since 2019 <b>here</b>' })
  await expect(pane(page).getByText('Since 2019 <b>here</b>')).toBeVisible()
  await pane(page).getByRole('button', { name: 'Edit notes' }).click()
  const notes = pane(page).getByRole('textbox', { name: 'Notes' })
  await expect(notes).toBeFocused()
  await page.keyboard.press('Control+End')
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
  await expectAccessibleEverywhere(page, 'notes being written')
  await notes.focus()
  await page.keyboard.press('Control+Enter')
  await expect(pane(page).getByRole('strong').filter({ hasText: 'Tuesdays' })).toBeVisible()
  await expect(pane(page).getByRole('link', { name: 'https://example.com/menu' })).toHaveAttribute(
    'href',
    'https://example.com/menu',
  )
  await waitUntilInStep(page)
  const [stored] = await backend.sql()`select customer_notes from public.customers where customer_name = 'Notes Ltd'`
  expect(stored).toEqual({
    customer_notes: 'Since 2019 <b>here</b>\nRings on **Tuesdays**\n- menu https://example.com/menu',
  })
  expect(laptop.pageErrors).toEqual([])
})
