import type { Page } from '@playwright/test'
import { syncPill } from '../harness/app-page.ts'
import { createCustomer, editCustomer, goTo, listRows } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

function focusedId(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id ?? '')
}

/** What is done here alone, on this machine: it needs no network, so nobody waits for it. */
const AT_ONCE = { timeout: 5_000 }

function selectedRow(page: Page) {
  return page.getByRole('row', { selected: true })
}

test('UI-5 UI-6: the day of a rep without a mouse: search, open, edit, save, every screen by G and a letter, back, the palette', async ({
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  await page.keyboard.press('/')
  await page.keyboard.type('mueller')
  await expect(page.getByRole('textbox', { name: 'Search customers' })).toBeFocused()
  await expect(listRows(page).nth(1).locator('mark').first()).toBeVisible(AT_ONCE)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const name = await page
    .getByRole('complementary', { name: 'Customer' })
    .getByRole('heading', { level: 1 })
    .textContent()
  await expect(selectedRow(page)).toContainText(name ?? 'a name')
  // Out of the search: first it is cleared, then the list has the keys.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  expect(await focusedId(page)).toBe('customer-list')
  await page.keyboard.press('e')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.getByLabel('Notes', { exact: true }).focus()
  await page.keyboard.type('Rings on Tuesdays.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible(AT_ONCE)
  await expect(page.getByText('Rings on Tuesdays.')).toBeVisible()
  expect(await focusedId(page)).toBe('customer-list')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary', { name: 'Customer' })).toHaveCount(0)
  expect(await focusedId(page)).toBe('customer-list')
  await page.keyboard.press('End')
  await expect(selectedRow(page)).toBeVisible()
  await page.keyboard.press('Home')
  await expect(selectedRow(page)).toHaveAttribute('aria-rowindex', '2')
  await page.keyboard.press('j')
  await expect(selectedRow(page)).toHaveAttribute('aria-rowindex', '3')
  for (const [key, heading] of [
    ['o', 'Overview'],
    ['d', 'Duplicates'],
    ['u', 'Unlinked conversations'],
    ['i', 'Import'],
    ['e', 'Export'],
    ['a', 'Needs attention'],
    ['y', 'Sync'],
    ['s', 'Account'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('grid', { name: 'Customers' }), heading).toBeVisible()
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  // What a dialog asks for must not come to stand over another screen.
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  // From the search field, too.
  await page.keyboard.press('/')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('textbox', { name: 'Find anything' })).toBeFocused()
  await page.keyboard.type(name ?? '')
  const found = page.getByRole('dialog').getByRole('button').first()
  await expect(found).toContainText(name ?? 'a name', AT_ONCE)
  await expect(found).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: name ?? 'a name' })).toBeVisible()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  await expect(palette.getByText(`Merge ${name} with…`)).toBeVisible()
  await palette.getByText(`Edit ${name}`).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
})

test('R-1: a button that would be refused says why on focus, and does nothing; so does a screen', async ({
  signedIn,
}) => {
  const { page } = await signedIn('analyst')
  const create = page.getByRole('button', { name: 'New customer' })
  await expect(create).toHaveAttribute('aria-disabled', 'true')
  // Come to it by keyboard: a tooltip on every focus by pointer would be noise.
  await page.getByRole('button', { name: 'Export', exact: true }).focus()
  await page.keyboard.press('Tab')
  await expect(create).toBeFocused()
  await expect(page.getByRole('tooltip')).toHaveText("Analyst can't create customers in this company.")
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText("Analyst can't create customers in this company.")
  // In a form that opens all the same, this would be typed.
  await page.keyboard.press('n')
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Search customers' })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Create customer' })).toHaveCount(0)
  await goTo(page, 'Import')
  await expect(page.getByRole('main').getByText("Analyst can't create customers in this company.")).toBeVisible()
  await expect(page.locator('input[type=file]')).toHaveCount(0)
})

test('UI-2: a deletion happens at once and can be taken back from its toast', async ({ backend, signedIn }) => {
  const { page } = await signedIn('owner')
  const row = listRows(page).nth(3)
  const id = await row.getAttribute('data-customer')
  await row.click()
  const name = (await page.getByRole('complementary').getByRole('heading', { level: 1 }).textContent()) ?? 'a name'
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.locator(`[data-customer="${id}"]`)).toHaveCount(0, AT_ONCE)
  await expect(selectedRow(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator(`[data-customer="${id}"]`)).toHaveCount(1, AT_ONCE)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  // The two may cancel each other out on the way: what is done after them arrives in any case.
  await editCustomer(page, { Notes: 'Here again.' })
  await expect
    .poll(() => backend.sql()`select deleted_at, customer_notes from public.customers where id = ${id}`)
    .toEqual([{ deleted_at: null, customer_notes: 'Here again.' }])
})

test('UI-1: search, view, filter, place and selection survive going elsewhere and a restart', async ({ signedIn }) => {
  const { page } = await signedIn('owner')
  await page.keyboard.press('f')
  await page.getByRole('group', { name: 'Source' }).getByRole('button', { name: /^Chat/ }).click()
  await page.getByRole('button', { name: /^Show/ }).click()
  await expect(page.getByRole('button', { name: 'Filter, 1 on' })).toBeVisible()
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  const place = (): Promise<number> => page.getByRole('grid').evaluate((grid) => grid.scrollTop)
  await expect(selectedRow(page)).toBeVisible()
  await expect.poll(place).toBeGreaterThan(0)
  const before = { top: await place(), id: await selectedRow(page).getAttribute('data-customer') }
  await goTo(page, 'Import')
  await goTo(page, 'Customers')
  await expect.poll(place).toBe(before.top)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Filter, 1 on' })).toBeVisible()
  await expect(selectedRow(page)).toHaveAttribute('data-customer', before.id ?? 'an id')
  await expect.poll(place).toBe(before.top)
})

test('UI-3: what was typed and not saved is back when the form opens again, also after a reload', async ({
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  await page.getByRole('button', { name: 'New customer' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Half a customer')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Create customer' })).toHaveCount(0)
  await page.reload()
  await page.getByRole('button', { name: 'New customer' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Half a customer')
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
})

test('EL-3: a second window says that the app is open elsewhere, and goes on when that is closed', async ({
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  const second = await page.context().newPage()
  await second.goto(page.url())
  await expect(second.getByRole('alert')).toContainText('another window')
  await page.close()
  await expect(second.getByRole('grid', { name: 'Customers' })).toBeVisible()
})

test('UI-6: signing out with unsent changes says how many would be lost, and keeps them when one stays', async ({
  backend,
  signedIn,
}) => {
  const { laptop, page } = await signedIn('owner')
  await laptop.goOffline()
  await createCustomer(page, { Name: 'Unsent & Sons' })
  await expect(syncPill(page)).toHaveAccessibleName(/^Sync: Offline · 1 change waiting/)
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const dialog = page.getByRole('dialog', { name: 'Changes would be lost' })
  await expect(dialog).toContainText('1 change has not reached the server.')
  await expect(dialog.getByRole('button', { name: 'Sign out and lose 1 change' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Stay signed in' }).click()
  await laptop.goOnline()
  await expect
    .poll(() => backend.sql()`select 1 from public.customers where customer_name = 'Unsent & Sons'`)
    .toHaveLength(1)
})
