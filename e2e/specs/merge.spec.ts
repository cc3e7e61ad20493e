import type { Page } from '@playwright/test'
import { waitUntilInStep } from '../harness/app-page.ts'
import type { TestBackend } from '../harness/backend.ts'
import { putCustomers } from '../harness/put-customers.ts'
import { editCustomer, goTo, listRows, openCustomer, search } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/** The two customers of a test, under a family name of their own. */
function pair(backend: TestBackend, family: string): Promise<string[]> {
  const user = family.toLowerCase()
  return putCustomers(backend, [
    { name: `Berta ${family}`, phone: '+49 40 5550 17', email: `berta@${user}.example`, notes: 'Before **seven**.' },
    { name: `Bertha ${family}`, phone: '040 555017', address: 'Elbstr. 14, Hamburg', notes: 'Discount 4 %.' },
  ])
}

/** Opens a customer and the merge with another one, found by name. */
async function openMerge(page: Page, name: string, other: string): Promise<void> {
  await openCustomer(page, name)
  await page.getByRole('button', { name: 'Merge with…' }).click()
  await page.getByRole('textbox', { name: 'Find the other customer' }).fill(other)
  await page.getByRole('main').getByRole('button', { name: other }).click()
  await expect(page.getByRole('heading', { name: 'Merge 2 customers' })).toBeVisible()
}

function field(page: Page, name: string) {
  return page.getByRole('radiogroup', { name, exact: true })
}

/** The customers of a family in the list. */
async function expectListed(page: Page, family: string, names: readonly string[]): Promise<void> {
  await goTo(page, 'Customers')
  await search(page, family)
  for (const name of names) await expect(listRows(page).filter({ hasText: name })).toHaveCount(1)
  await expect(listRows(page).filter({ hasText: family })).toHaveCount(names.length)
}

test('SE-4 UI-4: a choice for each field, undone at once, and undone after later edits, which stay', async ({
  backend,
  signedIn,
}) => {
  const [bertaId, berthaId] = await pair(backend, 'Ruprecht')
  const sql = backend.sql()
  const { page } = await signedIn('manager')

  await openCustomer(page, 'Berta Ruprecht')
  await page.keyboard.press('m')
  await expect(page.getByRole('heading', { name: 'Merge Berta Ruprecht with…' })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Bertha Ruprecht' }).click()
  await expect(page.getByRole('heading', { name: 'Merge 2 customers' })).toBeVisible()
  await page.getByRole('radio', { name: 'Keep Berta Ruprecht' }).click()
  await field(page, 'Name').getByRole('radio', { name: 'Bertha Ruprecht' }).click()
  // A radio's name is a phrase: what is bold in it is told, paragraphs are not made of it.
  await expect(field(page, 'Notes').locator('strong').filter({ hasText: 'seven' })).toBeVisible()
  await expect(field(page, 'Notes').locator('p, div, ul')).toHaveCount(0)
  await field(page, 'Notes').getByRole('radio').first().focus()
  await page.keyboard.press('c')
  await expect(page.locator('[data-result="notes"]')).toHaveText(/^Before seven\.\s+Discount 4 %\.$/)
  await page.keyboard.press('k')
  await page.keyboard.press('t')
  await page.keyboard.type('Elbstraße 14, 22767 Hamburg')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Bertha Ruprecht' })).toBeVisible()
  const undo = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' })
  // It stays as long as one points at it.
  await undo.hover()
  await search(page, 'Ruprecht')
  await expect(listRows(page).filter({ hasText: 'Ruprecht' })).toHaveCount(1)
  await expect
    .poll(
      () => sql`
        select customer_name, customer_notes, customer_address, customer_email
          from public.customers where id = ${bertaId ?? ''}`,
    )
    .toEqual([
      {
        customer_name: 'Bertha Ruprecht',
        customer_notes: 'Before **seven**.\n\nDiscount 4 %.',
        customer_address: 'Elbstraße 14, 22767 Hamburg',
        customer_email: 'berta@ruprecht.example',
      },
    ])

  // At once.
  await undo.click()
  await expectListed(page, 'Ruprecht', ['Berta Ruprecht', 'Bertha Ruprecht'])

  // By keyboard, then edited, and taken back from the activity.
  await openMerge(page, 'Berta Ruprecht', 'Bertha Ruprecht')
  await page.getByRole('radio', { name: 'Keep Berta Ruprecht' }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Customer' })).toBeVisible()
  await waitUntilInStep(page)
  await editCustomer(page, { Phone: '+49 40 777 777' })
  await waitUntilInStep(page)
  await page.getByRole('tab', { name: 'Activity' }).click()
  const merges = page
    .getByRole('tabpanel')
    .getByRole('listitem')
    .filter({ hasText: 'merged Bertha Ruprecht into this' })
  await expect(merges).toHaveCount(2)
  await merges.getByRole('button', { name: 'Undo' }).click()
  await expect(merges.filter({ hasText: 'taken back' })).toHaveCount(2)
  await expectListed(page, 'Ruprecht', ['Berta Ruprecht', 'Bertha Ruprecht'])
  await openCustomer(page, 'Berta Ruprecht')
  await expect(page.getByText('+49 40 777 777').first()).toBeVisible()
  await expect
    .poll(
      () => sql`
        select count(*)::int as live from public.customers
         where id = any (${[bertaId ?? '', berthaId ?? '']}) and deleted_at is null`,
    )
    .toEqual([{ live: 2 }])
})

test('SE-4 SY-1: a merge made offline shows at once, outlives a restart, and arrives', { tag: '@desktop' }, async ({
  backend,
  signedIn,
}) => {
  await pair(backend, 'Sandvoss')
  const { laptop, page } = await signedIn('owner', { disk: true })
  await laptop.goOffline()
  await openMerge(page, 'Berta Sandvoss', 'Bertha Sandvoss')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Customer' })).toBeVisible()
  await laptop.kill()
  const reopened = await laptop.reopen()
  await goTo(reopened, 'Customers')
  await search(reopened, 'Sandvoss')
  await expect(listRows(reopened).filter({ hasText: 'Sandvoss' })).toHaveCount(1)
  await listRows(reopened).filter({ hasText: 'Sandvoss' }).click()
  await reopened.getByRole('tab', { name: 'Activity' }).click()
  await expect(reopened.getByRole('tabpanel').getByText(/waits to be sent/)).toBeVisible()
  await laptop.goOnline()
  await expect
    .poll(
      () => backend.sql()`
        select count(*) filter (where deleted_at is null)::int as live, count(merged_into)::int as merged
          from public.customers where customer_name like '%Sandvoss'`,
    )
    .toEqual([{ live: 1, merged: 1 }])
})

test('SE-4 SY-4: the same merge made by two people offline ends in one', async ({ backend, signedIn }) => {
  const ids = await pair(backend, 'Tannhaus')
  const laptops = await Promise.all([signedIn('owner'), signedIn('manager')])
  for (const { laptop, page } of laptops) {
    await laptop.goOffline()
    await openMerge(page, 'Berta Tannhaus', 'Bertha Tannhaus')
    await page.getByRole('radio', { name: 'Keep Berta Tannhaus' }).click()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await expectListed(page, 'Tannhaus', ['Tannhaus'])
  }
  for (const { laptop, page } of laptops) {
    await laptop.goOnline()
    await waitUntilInStep(page)
  }
  for (const { page } of laptops) {
    await expectListed(page, 'Tannhaus', ['Tannhaus'])
    await goTo(page, 'Needs attention')
    await expect(page.getByText('Nothing needs you')).toBeVisible()
  }
  await expect
    .poll(
      () =>
        backend.sql()`select merged_into from public.customers where id = any (${ids}) order by merged_into nulls first`,
    )
    .toEqual([{ merged_into: null }, { merged_into: ids[0] }])
})
