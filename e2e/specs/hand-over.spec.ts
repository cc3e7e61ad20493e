import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expectAccessibleEverywhere } from '../harness/accessible.ts'
import { syncPill, waitUntilInStep } from '../harness/app-page.ts'
import { membersAs } from '../harness/members.ts'
import { PROJECT_ROOT } from '../harness/project-root.ts'
import { createCustomer, editCustomer, goTo, openCustomer } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

test('SY-5: unsent work of a lost company is saved as a file that its passphrase opens, and sent when access is back', async ({
  backend,
  signedIn,
}) => {
  const rep = backend.user('sales', 1, 1)
  const members = await membersAs(backend, backend.user('owner', 1))
  const { laptop, page } = await signedIn(rep)
  await createCustomer(page, { Name: 'Zacharias Heimkehr' })
  await waitUntilInStep(page)
  await laptop.goOffline()
  await openCustomer(page, 'Zacharias Heimkehr')
  await editCustomer(page, { Phone: '+49 40 555 0300' })
  await createCustomer(page, { Name: 'Adele Wartend' })
  await members.revoke(rep)
  await laptop.goOnline()

  const saved = await laptop.savedBy(() =>
    page.getByRole('button', { name: 'Save as a file' }).click({ timeout: 40_000 }),
  )
  expect(saved.name).toMatch(/^unsent-changes-\d{4}-\d\d-\d\d\.handover\.json$/)
  const passphrase = (await page.getByRole('status').locator('code').textContent()) ?? ''
  expect(passphrase).toMatch(/^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/)
  await expectAccessibleEverywhere(page, 'passphrase of a hand-over')
  const printed = execFileSync(
    process.execPath,
    [join(PROJECT_ROOT, 'scripts/handover.ts'), saved.path, '--passphrase', passphrase],
    { encoding: 'utf8' },
  )
  expect(printed).toContain('Zacharias Heimkehr')
  expect(printed).toContain('phone: +49 40 555 0300 (was empty)')
  expect(printed).toContain('name: Adele Wartend')

  await members.let(rep)
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(syncPill(page)).toBeVisible()
  await goTo(page, 'Needs attention')
  await expect(page.getByText(/2 unsent changes in .* are kept here, encrypted/)).toBeVisible()
  await expectAccessibleEverywhere(page, 'hand-over to be sent')
  await waitUntilInStep(page)
  await page.getByRole('button', { name: 'Send them now' }).click()
  await expect(page.getByText('Nothing needs you')).toBeVisible()
  const phones = () => backend.sql()`
    select customer_phone from public.customers
     where customer_name in ('Zacharias Heimkehr', 'Adele Wartend') order by customer_name`
  await expect.poll(phones).toMatchObject([{}, { customer_phone: '+49 40 555 0300' }])
  await waitUntilInStep(page)
  expect((await phones())[0]).toEqual({ customer_phone: null })
})
