import { expectAccessibleEverywhere } from '../harness/accessible.ts'
import { signIn, syncPill, waitUntilInStep } from '../harness/app-page.ts'
import { membersAs } from '../harness/members.ts'
import { createCustomer, editCustomer, openCustomer } from '../harness/screens.ts'
import { everythingStored, storedReplicas } from '../harness/stored.ts'
import { expect, test } from '../harness/web-test.ts'

test('SY-5 UI-6: an owner takes a rep out: the customers leave the laptop, unsent changes are kept, and the screen says both', async ({
  backend,
  openLaptop,
}) => {
  test.setTimeout(120_000)
  const rep = backend.user('sales', 1)
  const members = await membersAs(backend, backend.user('owner', 1))
  const laptop = await openLaptop()
  const page = laptop.page()
  await signIn(page, rep)
  await waitUntilInStep(page)
  await createCustomer(page, { Name: 'Xaver Verloren' })
  await waitUntilInStep(page)
  await laptop.goOffline()
  await openCustomer(page, 'Xaver Verloren')
  await editCustomer(page, { Phone: '+49 40 555 0200' })
  await createCustomer(page, { Name: 'Yvonne Ungesendet' })
  await members.revoke(rep)

  // Offline nothing is lost, also not over a restart.
  await page.reload()
  await expect(syncPill(page)).toHaveAccessibleName(/^Sync: Offline · 2 changes waiting/, { timeout: 20_000 })
  await laptop.goOnline()
  const heading = page.getByRole('heading', { name: /^You no longer have access to / })
  await expect(heading).toBeVisible({ timeout: 40_000 })
  await expect(heading).toBeFocused()
  await expect(page.getByText(/2 unsent changes in .* are kept here, encrypted/)).toBeVisible()
  expect(await storedReplicas(page)).toEqual([])
  const stored = await everythingStored(page)
  for (const secret of ['Verloren', 'Ungesendet', '555 0200']) expect(stored.includes(secret), secret).toBe(false)
  await expectAccessibleEverywhere(page, 'access lost')

  // It stays until it is settled, and going back is refused in words.
  await page.reload()
  await expect(heading).toBeVisible()
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByRole('alert')).toContainText('You have no access to this company')
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Discard 2 changes?' })
  await expect(dialog).toContainText("can't be undone")
  await expectAccessibleEverywhere(page, 'discarding a hand-over')
  await dialog.getByRole('button', { name: 'Discard them' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect((await everythingStored(page)).includes(rep.email)).toBe(false)
  const sent = await backend.sql()`select 1 from public.customers where customer_name = 'Yvonne Ungesendet'`
  expect(sent).toEqual([])
})
