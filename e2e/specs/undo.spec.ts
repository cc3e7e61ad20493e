import { expectAccessible } from '../harness/accessible.ts'
import { waitUntilInStep } from '../harness/app-page.ts'
import { putCustomers } from '../harness/put-customers.ts'
import { listRows, openCustomer, search } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

test('UI-6 SY-4: what was deleted is found after a restart and brought back offline, one by one and by the act', async ({
  backend,
  signedIn,
}) => {
  const names = ['Zederbaum Anton', 'Zederbaum Berta', 'Zederbaum Carl']
  await putCustomers(backend, names)
  const { laptop, page } = await signedIn('owner')
  await openCustomer(page, 'Zederbaum Anton')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('Zederbaum Anton deleted')).toBeVisible()
  await search(page, 'zederbaum')
  await expect(listRows(page).filter({ hasText: 'Zederbaum' })).toHaveCount(2)
  await page.getByRole('grid', { name: 'Customers' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  const bar = page.getByRole('toolbar', { name: 'The selected customers' })
  await bar.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('2 customers deleted')).toBeVisible()
  await waitUntilInStep(page)
  await page.reload()
  await waitUntilInStep(page)
  await laptop.goOffline()

  await search(page, 'zederbaum')
  await expect(page.getByText('3 deleted customers fit:')).toBeVisible()
  await expectAccessible(page, 'only deleted ones fit')
  await page.getByRole('link', { name: 'Zederbaum Berta' }).focus()
  await page.keyboard.press('g')
  await page.keyboard.press('z')
  const deleted = page.getByRole('region', { name: 'Deleted customers' })
  await deleted.getByRole('searchbox', { name: 'Find a deleted customer' }).fill('anton zeder')
  await expect(deleted.getByRole('listitem')).toHaveCount(1)
  await expectAccessible(page, 'undo')
  await deleted.getByRole('link', { name: 'Zederbaum Anton' }).click()
  await expect(page.getByRole('heading', { name: 'Zederbaum Anton is deleted' })).toBeVisible()
  await expectAccessible(page, 'a deleted customer')
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('heading', { name: 'Zederbaum Anton', exact: true })).toBeVisible()

  // On a phone, where no keys are and no menu of the account, the settings lead there.
  await page.setViewportSize({ width: 360, height: 800 })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo: Deleted' }).click()
  await expect(page.getByText('2 customers as before')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Changes to many at once' }).getByText('Taken back')).toBeVisible()
  await laptop.goOnline()
  await expect
    .poll(
      () => backend.sql()`
        select customer_name from public.customers
         where customer_name like 'Zederbaum%' and deleted_at is null order by 1`,
      { timeout: 30_000 },
    )
    .toEqual(names.map((customer_name) => ({ customer_name })))
})

test('R-1: whoever may not delete sees who was deleted, and why they can not restore them', async ({
  backend,
  signedIn,
}) => {
  const [id] = await putCustomers(backend, ['Zirbelkiefer Doris'])
  await backend.sql()`update public.customers set deleted_at = now() where id = ${id ?? ''}`
  const { page: sales } = await signedIn('sales')
  await sales.keyboard.press('f')
  await sales.getByRole('link', { name: 'Deleted customers' }).click()
  const restore = sales.getByRole('button', { name: 'Restore Zirbelkiefer Doris' })
  await expect(restore).toHaveAccessibleDescription("Sales can't delete customers in this company.")
})
