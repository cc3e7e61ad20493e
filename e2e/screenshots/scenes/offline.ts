import { english } from '../../../renderer/texts/english/english.ts'
import { syncPill, waitUntilInStep } from '../../harness/app-page.ts'
import { createCustomer, editCustomer } from '../../harness/screens.ts'
import { expect, goTo } from '../stop.ts'
import { onLaptop, type Stage } from './stage.ts'

/** Work without a network, and what comes of it afterwards. */
export async function offline({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    await laptop.goOffline()
    await goTo(page, `/customers/${base.firm}`)
    await editCustomer(page, { Phone: '+49 40 3344 299' })
    await createCustomer(page, { Name: 'Bootswerft Kiekeberg', Email: 'werft@kiekeberg.example' })
    await camera.visit(page, 'offline: customer that waits', async () => {
      await goTo(page, `/customers/${base.firm}`)
      await expect(syncPill(page)).toHaveAccessibleName(english.pill.label(english.pill.offlineWaiting(2)), {
        timeout: 20_000,
      })
    })
    await camera.visit(page, 'offline: sync, in the pill', async () => {
      await syncPill(page).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    })
    for (const section of ['devices', 'members', 'privacy', 'log'] as const) {
      await camera.visit(page, `offline: settings, ${section}`, async () => {
        await goTo(page, `/settings/${section}`)
        await expect(page.getByText(/This needs a network/).first()).toBeVisible({ timeout: 30_000 })
      })
    }
    await camera.visit(page, 'offline: signing out with unsent changes', async () => {
      await goTo(page, '/customers')
      await page.getByRole('button', { name: english.nav.account('') }).click()
      await page.getByRole('menuitem', { name: english.actions.signOut }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    })
    await camera.visit(page, 'attention, two people changed a field', async () => {
      await goTo(page, '/attention')
      await backend.sql()`update public.customers set customer_phone = '+49 40 3344 777' where id = ${base.firm}`
      await laptop.goOnline()
      await expect(page.getByRole('main').getByText('+49 40 3344 777')).toBeVisible({ timeout: 30_000 })
    })
  })
  await onLaptop(backend, backend.user('sales'), async (laptop) => {
    const page = laptop.page()
    await createCustomer(page, { Name: 'Odilo Fremdgut' })
    await waitUntilInStep(page)
    await laptop.goOffline()
    await backend.sql()`
      update public.customers set owner_id = m.user_id, created_by_user_id = m.user_id
        from public.company_members m join auth.users u on u.id = m.user_id
       where customers.customer_name = 'Odilo Fremdgut' and u.email = ${backend.user('sales', 0, 1).email}`
    await editCustomer(page, { Phone: '+61 2 5550 0666' })
    await laptop.goOnline()
    await camera.visit(page, 'attention, a change was refused', async () => {
      await goTo(page, '/attention')
      await expect(page.getByText('Odilo Fremdgut').first()).toBeVisible({ timeout: 30_000 })
    })
    await camera.visit(page, 'attention, discarding a change', async () => {
      await page.getByRole('button', { name: english.attention.discard, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    })
  })
}
