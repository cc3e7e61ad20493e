import { english } from '../../../renderer/texts/english/english.ts'
import { german } from '../../../renderer/texts/german/german.ts'
import { DARK_VIEWS } from '../camera.ts'
import { expect } from '../stop.ts'
import { tour } from '../tour.ts'
import { onLaptop, type Stage } from './stage.ts'

/** Every screen that an owner has. */
export async function owner({ backend, base, camera }: Stage): Promise<void> {
  // Colleagues, whose devices the owner sees.
  for (const role of ['manager', 'sales'] as const) await onLaptop(backend, backend.user(role), async () => {})
  await nameDevices(backend)
  await onLaptop(backend, backend.user('owner'), async (laptop) => {
    const page = laptop.page()
    // The pictures show what is found, once all were compared.
    await expect(page.getByRole('link', { name: /^Duplicates\W*[1-9]/ })).toBeVisible()
    for (const { name, open } of tour(base, '')) await camera.visit(page, name, () => open(page, english))
  })
}

/** As computers are named; the one of Sanne de Vries is signed out, and has said that its copy is gone. */
async function nameDevices(backend: Stage['backend']): Promise<void> {
  const sql = backend.sql()
  await sql`
    update public.devices d set device_name = case u.email when ${backend.user('sales').email} then 'NB-LAPTOP-07' else 'Marcus’ MacBook' end
      from auth.users u where u.id = d.user_id`
  await sql`
    insert into private.device_sign_outs (company_id, user_id, device_id, at, emptied_at)
    select company_id, user_id, device_id, now(), now()
      from public.devices where device_name = 'NB-LAPTOP-07'`
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
