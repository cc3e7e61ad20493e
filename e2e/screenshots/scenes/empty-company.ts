import { expect, goTo } from '../stop.ts'
import { onLaptop, type Stage } from './stage.ts'

/** A company on its first day. Takes away all customers of the second demo company. */
export async function emptyCompany({ backend, camera }: Stage): Promise<void> {
  const user = backend.user('owner', 1)
  await backend.sql()`
    update public.customers set deleted_at = now()
     where company_id = (select id from public.companies where name = ${user.company})`
  await backend.sql()`
    delete from public."VC Usage" where company_id = (select id from public.companies where name = ${user.company})`
  await onLaptop(backend, user, async (laptop) => {
    const page = laptop.page()
    for (const [name, path] of [
      ['list', '/customers'],
      ['overview', '/dashboard'],
      ['duplicates', '/duplicates'],
      ['unlinked conversations', '/conversations'],
      ['import', '/import'],
    ] as const) {
      await camera.visit(page, `empty: ${name}`, async () => {
        await goTo(page, path)
        await expect(page.getByRole('main').getByText(/\S/).first()).toBeVisible()
      })
    }
  })
}
