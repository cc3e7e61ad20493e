import type { CDPSession, Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessible.ts'
import type { TestBackend } from '../harness/backend.ts'
import { putCustomers } from '../harness/put-customers.ts'
import { listRows, search } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

const bar = (page: Page) => page.getByRole('toolbar', { name: 'The selected customers' })

async function tagged(backend: TestBackend, tag: string): Promise<string[]> {
  const rows = await backend.sql()<{ customer_name: string }[]>`
    select customer_name from public.customers where ${tag} = any (tags) and deleted_at is null order by 1`
  return rows.map((row) => row.customer_name)
}

test('UI-1: many are chosen, tagged and taken back by keyboard alone', async ({ backend, signedIn }) => {
  const names = ['Quendel Arnika', 'Quendel Beinwell', 'Quendel Comfrey', 'Quendel Dost']
  await putCustomers(backend, [...names, 'Rainfarn Solo'], 'manager')
  const { page } = await signedIn('manager')
  await page.keyboard.press('/')
  await page.keyboard.type('quendel')
  await expect(listRows(page).filter({ hasText: 'Quendel' })).toHaveCount(4)
  // From the search to the list, with the first of them at the cursor.
  await page.keyboard.press('ArrowDown')
  await page.getByRole('grid', { name: 'Customers' }).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+J')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+K')
  await page.keyboard.press('Shift+J')
  await expect(bar(page).getByText('3 selected')).toBeVisible()
  await page.keyboard.press('t')
  await page.keyboard.type('herbs')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Tags of 3 customers changed')).toBeVisible()
  await page.keyboard.press('u')
  await expect(page.getByText('3 customers as before')).toBeVisible()
  await page.keyboard.press('t')
  await page.keyboard.type('herb garden')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect.poll(() => tagged(backend, 'herb garden'), { timeout: 30_000 }).toEqual(names.slice(0, 3))
  expect(await tagged(backend, 'herbs')).toEqual([])
  await page.keyboard.press('m')
  await expect(page).toHaveURL(/#\/merge\/[^,]+,[^,]+,[^,]+$/)
  await page.goBack()
  await expect(bar(page).getByText('3 selected')).toBeVisible()
  await search(page, 'rainfarn')
  await expect(bar(page).getByText('None of them in this list.')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Select all customers of this list' })).not.toBeChecked()
  await expect(bar(page).getByRole('button', { name: 'Select all 1' })).toBeVisible()
  await page.getByRole('grid', { name: 'Customers' }).focus()
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
})

test('UI-1: all that the list finds are deleted offline, without a question, and come back with one click', async ({
  backend,
  signedIn,
}) => {
  const names = Array.from({ length: 30 }, (_, n) => `Massenhaft Nummer ${String(n).padStart(2, '0')}`)
  await putCustomers(backend, names)
  const { laptop, page } = await signedIn('owner')
  await laptop.goOffline()
  await search(page, 'massenhaft')
  const rows = listRows(page).filter({ hasText: 'Massenhaft' })
  await expect(rows.first()).toBeVisible()
  await page.getByRole('grid', { name: 'Customers' }).press('Control+a')
  await expect(bar(page).getByText('30 selected')).toBeVisible()
  await rows.nth(1).click({ modifiers: ['ControlOrMeta'] })
  await expect(bar(page).getByText('29 selected')).toBeVisible()
  await bar(page).getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('29 customers deleted')).toBeVisible()
  await expect(rows).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('29 customers as before')).toBeVisible()
  await expect(rows.nth(5)).toBeVisible()
  await laptop.goOnline()
  // Somebody else goes: who is open stays open, with the cursor.
  await rows.first().click()
  await expect(page).toHaveURL(/customers\/[0-9a-f-]{36}$/)
  const open = page.url()
  const grid = page.getByRole('grid', { name: 'Customers' })
  const atCursor = await grid.getAttribute('aria-activedescendant')
  await rows.nth(4).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText(/^Massenhaft Nummer \d\d deleted$/)).toBeVisible()
  await expect(grid).toHaveAttribute('aria-activedescendant', atCursor ?? '')
  expect(page.url()).toBe(open)
  // Of many deleted and taken back offline nothing need be seen there: of this one, which came after them, it is.
  await expect
    .poll(
      () => backend.sql()`
        select count(*)::int as n from public.customers where customer_name like 'Massenhaft%' and deleted_at is null`,
    )
    .toEqual([{ n: 29 }])
})

test('R-1: a sales rep sees who of those chosen is not theirs, why they can not delete, and changes only their own', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, ['Zweierlei Meins'], 'sales')
  await putCustomers(backend, ['Zweierlei Fremd'], 'owner')
  const { page } = await signedIn('sales')
  await search(page, 'zweierlei')
  const rows = listRows(page).filter({ hasText: 'Zweierlei' })
  await expect(rows).toHaveCount(2)
  await rows.first().hover()
  await rows.first().getByRole('checkbox').click()
  await rows.last().click({ modifiers: ['Shift'] })
  await expect(bar(page).getByText('1 of 2 is not yours and stays as it is.')).toBeVisible()
  await bar(page).getByRole('button', { name: 'Delete' }).focus()
  await expect(page.getByRole('tooltip', { name: "Sales can't delete customers in this company." })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(2)
  await bar(page).getByRole('button', { name: 'Tags' }).click()
  await page.keyboard.type('halb')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Apply to 2 customers' }).click()
  await expect(page.getByText('Tags of 1 customer changed. 1 is not yours and stays as it is.')).toBeVisible()
  await expect.poll(() => tagged(backend, 'halb')).toEqual(['Zweierlei Meins'])
  await rows.filter({ hasText: 'Fremd' }).click({ button: 'right' })
  await expectAccessible(page, 'menu of a row')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await expect(page.getByRole('tooltip', { name: 'Sales can only edit customers they own or created.' })).toBeVisible()
})

test('UI-1: columns are chosen, moved and sized by keyboard, rows made compact, and all of it is there after a reload', async ({
  signedIn,
}) => {
  const { page } = await signedIn('analyst')
  const headers = page.getByRole('columnheader')
  const rowHeight = async () => (await listRows(page).nth(2).boundingBox())?.height
  await page.getByRole('button', { name: 'Columns' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Owner' }).press('Space')
  await page.getByRole('checkbox', { name: 'Address' }).press('Space')
  await page.getByRole('button', { name: 'Move Phone forward' }).press('Enter')
  await page.getByText('Compact').click()
  await page.keyboard.press('Escape')
  const handle = page.getByRole('separator', { name: 'Width of Email' })
  await handle.press('ArrowRight')
  await handle.press('Shift+ArrowRight')
  const width = await handle.getAttribute('aria-valuenow')
  const order = ['Name', 'Phone', 'Email', 'Owner', 'Source', 'Chats', 'Last seen']
  for (let opened = 0; opened < 2; opened += 1) {
    await expect(headers).toContainText(['', ...order])
    await expect(handle).toHaveAttribute('aria-valuenow', width ?? '')
    await expect.poll(rowHeight).toBe(32)
    await page.reload()
    await expect(listRows(page).nth(2)).toBeVisible()
  }
  await handle.press('Enter')
  await expect(handle).not.toHaveAttribute('aria-valuenow', width ?? '')
})

test('UI-5: on a phone a swipe to the right deletes, one to the left edits, and a long press chooses', async ({
  backend,
  signedIn,
}) => {
  await putCustomers(backend, ['Wischer Eins', 'Wischer Zwei'])
  const { page } = await signedIn('owner')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await search(page, 'wischer')
  const cards = listRows(page).filter({ hasText: 'Wischer' })
  await expect(cards).toHaveCount(2)
  const fingers = await page.context().newCDPSession(page)
  await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: true })
  const box = (await cards.first().boundingBox()) ?? { x: 0, y: 0, height: 0 }
  const y = box.y + box.height / 2

  await swipe(fingers, { from: 100, to: 180, y })
  await expect(cards).toHaveCount(2)
  await swipe(fingers, { from: 100, to: 260, y })
  await expect(page.getByText('Wischer Eins deleted')).toBeVisible()
  await expect(cards).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cards).toHaveCount(2)

  await touch(fingers, 'touchStart', { x: 100, y })
  await expect(bar(page).getByText('1 selected')).toBeVisible()
  await touch(fingers, 'touchEnd')
  await touch(fingers, 'touchStart', { x: 100, y: y + box.height })
  await touch(fingers, 'touchEnd')
  await expect(bar(page).getByText('2 selected')).toBeVisible()
  await bar(page).getByRole('button', { name: 'Clear the selection' }).click()

  await page.getByRole('button', { name: 'Actions for Wischer Eins' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['View', 'Edit', 'Merge with…', 'Select', 'Delete'])
  await page.keyboard.press('Escape')
  await swipe(fingers, { from: 300, to: 120, y })
  await expect(page).toHaveURL(/\/edit$/)
})

/** A finger that goes sideways in steps, as fingers do. */
async function swipe(fingers: CDPSession, { from, to, y }: { from: number; to: number; y: number }): Promise<void> {
  await touch(fingers, 'touchStart', { x: from, y })
  for (let step = 1; step <= 8; step += 1) await touch(fingers, 'touchMove', { x: from + ((to - from) * step) / 8, y })
  await touch(fingers, 'touchEnd')
}

async function touch(
  fingers: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  ...touchPoints: { x: number; y: number }[]
): Promise<void> {
  await fingers.send('Input.dispatchTouchEvent', { type, touchPoints })
}
