import type { Page } from '@playwright/test'
import { expectAccessibleEverywhere } from '../harness/accessible.ts'
import { signIn, syncPill, waitUntilInStep } from '../harness/app-page.ts'
import { membersAs } from '../harness/members.ts'
import { createCustomer, listRows, search } from '../harness/screens.ts'
import { everythingStored, storedReplicas } from '../harness/stored.ts'
import { expect, test } from '../harness/web-test.ts'

/** Switches by the account menu; `item` tells the company and what waits there. */
async function switchTo(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('R-2 SY-7: two companies on one laptop switch offline, and what waits in the other one is counted', async ({
  backend,
  signedIn,
}) => {
  const rep = backend.user('sales')
  const other = backend.user('owner', 1)
  const members = await membersAs(backend, other)
  await members.let(rep)
  const { laptop, page } = await signedIn(rep)
  // Which of the two opens at first is the app's choice.
  const company = page.getByRole('navigation', { name: 'Main' })
  const isOpen = await company.getByText(other.company).isVisible()
  const [first, second] = isOpen ? [other.company, rep.company] : [rep.company, other.company]
  await switchTo(page, new RegExp(second))
  await expect(company.getByText(second)).toBeVisible()
  await waitUntilInStep(page)
  await laptop.goOffline()
  await createCustomer(page, { Name: 'Only in the second' })
  await switchTo(page, new RegExp(first))
  await expect(company.getByText(first)).toBeVisible()
  await search(page, 'Only in the second')
  await expect(page.getByText('Nobody matches')).toBeVisible()
  await page.getByRole('button', { name: /^Sync: / }).click()
  await expect(page.getByRole('dialog').getByText('1 change in your other company')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await expect(page.getByRole('menuitem', { name: new RegExp(`${second}.*1 change waiting`) })).toBeVisible()
  await page.keyboard.press('Escape')

  // On a phone there is no account menu: the settings have the companies.
  await page.getByRole('link', { name: /Settings/ }).click()
  await expectAccessibleEverywhere(page, 'settings with two companies')
  await page.setViewportSize({ width: 360, height: 800 })
  await page.getByRole('button', { name: new RegExp(`Switch to ${second}`) }).click()
  await page.setViewportSize({ width: 1280, height: 800 })
  // Each company has a search of its own.
  await expect(company.getByText(second)).toBeVisible()
  await search(page, 'Only in the second')
  await expect(listRows(page).filter({ hasText: 'Only in the second' })).toBeVisible()
  await expect(syncPill(page)).toHaveAccessibleName(/Offline · 1 change waiting/)
  await laptop.goOnline()
  await expect
    .poll(
      () => backend.sql()`
        select c.name from public.customers join public.companies c on c.id = company_id
         where customer_name = 'Only in the second'`,
    )
    .toEqual([{ name: second }])
  // Others use this backend, and this person, after us.
  await members.revoke(rep)
})

test('R-2: the second person on a laptop finds nothing of the first, neither on the screen nor in what is stored', {
  tag: '@desktop',
}, async ({ backend, signedIn }) => {
  const one = backend.user('manager')
  const two = backend.user('manager', 1)
  const { page } = await signedIn(one, { disk: true })
  await createCustomer(page, { Name: 'Geheimrat Goethe', Notes: 'Only for the first' })
  await waitUntilInStep(page)
  await search(page, 'Geheimrat')
  await expect(listRows(page).filter({ hasText: 'Geheimrat Goethe' })).toBeVisible()
  const replicas = await storedReplicas(page)
  expect(replicas).toHaveLength(1)
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await storedReplicas(page)).toEqual([])

  await signIn(page, two)
  await waitUntilInStep(page)
  expect(await storedReplicas(page)).not.toEqual(replicas)
  const stored = await everythingStored(page)
  const owner = /^tradesphere-log-replica-(.{36})-(.{36})$/.exec(replicas[0] ?? '')
  const traces = ['Geheimrat', 'Only for the first', one.email, one.company, owner?.[1] ?? '', owner?.[2] ?? '']
  for (const trace of traces) {
    expect(trace).not.toBe('')
    expect(stored.includes(trace), `"${trace}" is stored`).toBe(false)
  }
  await search(page, 'Geheimrat')
  await expect(page.getByText('Nobody matches')).toBeVisible()
})
