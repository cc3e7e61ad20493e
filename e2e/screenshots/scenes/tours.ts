import { english } from '../../../renderer/texts/english/english.ts'
import { german } from '../../../renderer/texts/german/german.ts'
import { DARK_VIEWS } from '../camera.ts'
import { tour } from '../tour.ts'
import { onLaptop, type Stage } from './stage.ts'

/** Every screen that an owner has. */
export async function owner({ backend, base, camera }: Stage): Promise<void> {
  // Colleagues, whose devices the owner sees.
  for (const role of ['manager', 'sales'] as const) await onLaptop(backend, backend.user(role), async () => {})
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    for (const { name, open } of tour(base, 'Nord')) await camera.visit(page, name, () => open(page, english))
  })
}

/** The same in German. */
export async function inGerman({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    await page.evaluate(() => localStorage.setItem('crm.language', '"de"'))
    await page.reload()
    for (const { name, open } of tour(base, 'Ost'))
      await camera.visit(page, `German: ${name}`, () => open(page, german), DARK_VIEWS)
  })
}

const RIGHT_TO_LEFT = [
  'list',
  'customer',
  'customer, quotes',
  'merge',
  'import, rehearsal',
  'overview',
  'settings, members',
]

/** Some of them as a language would have them that is read from the right. */
export async function rightToLeft({ backend, base, camera }: Stage): Promise<void> {
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => document.documentElement.setAttribute('dir', 'rtl'))
    })
    await page.reload()
    for (const { name, open } of tour(base, 'West'))
      if (RIGHT_TO_LEFT.includes(name) || name === 'import, columns')
        await camera.visit(page, `right to left: ${name}`, () => open(page, english))
  })
}
