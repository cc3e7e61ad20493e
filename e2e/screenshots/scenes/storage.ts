import { english } from '../../../renderer/texts/english/english.ts'
import { membersAs } from '../../harness/members.ts'
import { createCustomer } from '../../harness/screens.ts'
import { spoilStorage } from '../../harness/spoil-storage.ts'
import { expect } from '../stop.ts'
import { onLaptop, prepare, type Stage } from './stage.ts'

/** The copy on the device is in use, damaged, locked, or taken away. */
export async function storage({ backend, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('manager'), async (laptop) => {
    const page = laptop.page()
    const second = await page.context().newPage()
    await prepare(second)
    await camera.visit(second, 'open in another window', async () => {
      await second.goto(page.url())
      await expect(second.getByRole('alert')).toContainText('another window')
    })
    await second.close()
    await laptop.goOffline()
    await createCustomer(page, { Name: 'Konrad Schloss' })
    await camera.visit(page, 'the copy is damaged', async () => {
      await spoilStorage(page, { kind: 'breakRecord' })
      await page.reload()
      await expect(page.getByText('was damaged and has been repaired')).toBeVisible()
    })
    await camera.visit(page, 'the key is missing', async () => {
      await spoilStorage(page, { kind: 'hideKey' })
      await page.reload()
      await expect(page.getByRole('button', { name: english.actions.tryAgain })).toBeVisible()
    })
  })
  const rep = backend.user('sales', 1)
  const members = await membersAs(backend, backend.user('owner', 1))
  await onLaptop(backend, rep, async (laptop) => {
    const page = laptop.page()
    await laptop.goOffline()
    await createCustomer(page, { Name: 'Yvonne Ungesendet' })
    await members.revoke(rep)
    await camera.visit(page, 'access lost', async () => {
      await laptop.goOnline()
      await expect(page.getByRole('heading', { name: english.accessLost.title(rep.company) })).toBeVisible({
        timeout: 40_000,
      })
    })
  })
}
