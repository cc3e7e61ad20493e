import { expectAccessibleEverywhere } from '../harness/accessible.ts'
import { signIn, syncPill, waitUntilInStep } from '../harness/app-page.ts'
import { membersAs } from '../harness/members.ts'
import { createCustomer, editCustomer, goToAddress, openCustomer } from '../harness/screens.ts'
import { everythingStored, storedReplicas } from '../harness/stored.ts'
import { expect, test } from '../harness/web-test.ts'

test('SY-5 UI-6: an owner takes a rep out: the customers leave the laptop, unsent changes are kept, and the screen says both', async ({
  backend,
  signedIn,
}) => {
  const rep = backend.user('sales', 1)
  const members = await membersAs(backend, backend.user('owner', 1))
  const { laptop, page: first } = await signedIn(rep, { disk: true })
  await createCustomer(first, { Name: 'Xaver Verloren' })
  await waitUntilInStep(first)
  await laptop.goOffline()
  await openCustomer(first, 'Xaver Verloren')
  await editCustomer(first, { Phone: '+49 40 555 0200' })
  await createCustomer(first, { Name: 'Yvonne Ungesendet' })
  await members.revoke(rep)

  // Offline nothing is lost, also not over a restart.
  await laptop.kill()
  const page = await laptop.reopen()
  await expect(syncPill(page)).toHaveAccessibleName(/^Sync: Offline · 2 changes waiting/)
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
  // Others use this backend, and this person, after us.
  await members.let(rep)
})

test('SY-5 UI-4: an owner signs a device of a rep out; it says so, and comes back with the next sign-in', async ({
  backend,
  signedIn,
}) => {
  const rep = backend.user('sales')
  const { laptop, page: lost } = await signedIn(rep)
  const elsewhere = await membersAs(backend, backend.user('owner', 1))
  await elsewhere.let(rep)
  const { page: office } = await signedIn('owner')
  await goToAddress(office, '/settings/devices')
  // Of those of others the one that was seen last.
  const ofOthers = {
    has: office.getByRole('rowheader'),
    hasNot: office.getByRole('cell', { name: 'You', exact: true }),
  }
  const row = office.getByRole('row').filter(ofOthers).first()
  await row.getByRole('button', { name: /^Sign out / }).click()
  const dialog = office.getByRole('dialog', { name: /^Sign out .*\?$/ })
  await expect(dialog).toContainText('A device that stays offline keeps its copy')
  await expectAccessibleEverywhere(office, 'signing a device out')
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect(row).toContainText('signed out')
  await expect(row.getByRole('button')).toHaveAccessibleName(/^Remove /)

  await expect(lost.getByRole('heading', { name: /^This device was signed out of / })).toBeFocused({ timeout: 40_000 })
  expect(await storedReplicas(lost)).toEqual([])
  await expectAccessibleEverywhere(lost, 'signed out from elsewhere')
  await office.reload()
  await expect(row).toContainText('its copy is gone')
  // Whoever has another company here hears what leaves with it, and that nobody signs in offline.
  await expect(lost.getByText('It removes your other companies from this device, too.')).toBeVisible()
  const leave = lost.getByRole('button', { name: 'Sign out' })
  await laptop.goOffline()
  await leave.click()
  await expect(lost.getByRole('alert')).toContainText('You are offline.')
  await laptop.goOnline()
  await leave.click()
  await signIn(lost, rep)
  await waitUntilInStep(lost)
  await elsewhere.revoke(rep)
})
