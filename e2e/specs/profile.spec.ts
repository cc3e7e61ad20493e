import type { Page } from '@playwright/test'
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
