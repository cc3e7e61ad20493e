import { english } from '../../../renderer/texts/english/english.ts'
import { waitUntilInStep } from '../../harness/app-page.ts'
import { expect, goTo } from '../stop.ts'
import { onLaptop, type Stage } from './stage.ts'

/** The sign-in and what can go wrong with it. */
export async function signedOut({ backend, camera }: Stage): Promise<void> {
  await onLaptop(backend, null, async (laptop) => {
    const page = laptop.page()
    const { signIn: words } = english
    await camera.visit(page, 'sign-in', () => expect(page.getByRole('button', { name: words.submit })).toBeVisible())
    await camera.visit(page, 'sign-in, wrong password', async () => {
      await page.getByLabel(words.email).fill(backend.user('owner').email)
      await page.getByLabel(words.password, { exact: true }).fill('not the password')
      await page.getByRole('button', { name: words.submit }).click()
      await expect(page.getByRole('alert')).toBeVisible()
    })
    await camera.visit(page, 'sign-in, with an invitation', async () => {
      await page.getByRole('button', { name: words.invited }).click()
      await expect(page.getByLabel(words.invitation)).toBeVisible()
    })
    await camera.visit(page, 'sign-in, offline', async () => {
      await laptop.goOffline()
      await expect(page.getByText(words.offline)).toBeVisible()
    })
  })
}

/** What is not there yet: the first sync, and a server that is slow. */
export async function loading({ backend, camera }: Stage): Promise<void> {
  await onLaptop(backend, null, async (laptop) => {
    const page = laptop.page()
    const customers = Promise.withResolvers<void>()
    await page.context().route('**/rpc/sync_pull', async (route) => {
      await customers.promise
      await route.continue()
    })
    await camera.visit(page, 'first sync', async () => {
      const { email, password } = backend.user('owner')
      await page.getByLabel(english.signIn.email).fill(email)
      await page.getByLabel(english.signIn.password, { exact: true }).fill(password)
      await page.getByRole('button', { name: english.signIn.submit }).click()
      await expect(page.getByText(english.firstSync.title)).toBeVisible()
    })
    customers.resolve()
    await waitUntilInStep(page)
    laptop.network.set('paused')
    await camera.visit(page, 'settings, devices, the server is slow', async () => {
      await goTo(page, '/settings/devices')
      await expect(page.getByRole('status', { name: english.settings.loading })).toBeVisible()
    })
    await camera.visit(page, 'sync, saving', async () => {
      await goTo(page, '/sync')
      await page.getByRole('button', { name: english.actions.syncNow }).click()
    })
    laptop.network.set('up')
  })
}
