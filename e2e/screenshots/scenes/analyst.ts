import { english } from '../../../renderer/texts/english/english.ts'
import { expect, goTo } from '../stop.ts'
import { onLaptop, type Stage } from './stage.ts'

/** What is refused to who may only look, and how that is said. */
export async function analyst({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('analyst'), async (laptop) => {
    const page = laptop.page()
    const places: readonly (readonly [name: string, path: string])[] = [
      ['list', '/customers'],
      ['customer', `/customers/${base.firm}`],
      ['import', '/import'],
      ['merge', `/merge/${base.firm},${base.twin}`],
      ['company', '/settings/company'],
      ['members', '/settings/members'],
      ['privacy', '/settings/privacy'],
      ['log', '/settings/log'],
    ]
    for (const [name, path] of places) {
      await camera.visit(page, `analyst: ${name}`, async () => {
        await goTo(page, path)
        await expect(page.getByRole('heading').first()).toBeVisible()
      })
    }
    await camera.visit(page, 'analyst: a refusal on focus', async () => {
      await goTo(page, '/customers')
      await page.getByRole('button', { name: english.export.title, exact: true }).focus()
      await page.keyboard.press('Tab')
      await expect(page.getByRole('tooltip')).toBeVisible()
    })
  })
}
