import type { Page } from '@playwright/test'
import { search } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

const chips = (page: Page) => page.getByRole('list', { name: 'Filters that are on' })
const panel = (page: Page) => page.getByRole('dialog', { name: /^Filter/ })

test('SE-2: filters, their chips, sorts and saved filters, wide and on a phone', async ({ signedIn }) => {
  const { page } = await signedIn('manager')
  for (const width of [1360, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await page.keyboard.press('f')
    const show = panel(page).getByRole('button', { name: /^Show/ })
    await expect(show).toHaveText(/\d/)
    let shows = ''
    for (const [group, choice] of [
      ['Email', /^there/],
      ['Source', /^Chat/],
    ] as const) {
      const button = panel(page).getByRole('group', { name: group }).getByRole('button', { name: choice })
      shows = (await show.textContent()) ?? ''
      await button.click()
      await expect(button).toHaveAttribute('aria-pressed', 'true')
      await expect(show).not.toHaveText(shows)
    }
    shows = (await show.textContent()) ?? ''
    await show.click()
    await expect(chips(page).getByText('Has email')).toBeVisible()
    const headers = width < 640 ? 0 : 1
    await expect
      .poll(async () => Number(await page.getByRole('grid', { name: 'Customers' }).getAttribute('aria-rowcount')))
      .toBe(Number(shows.match(/[\d,]+/)?.[0].replace(',', '')) + headers)
    await page.getByRole('button', { name: /^Sort/ }).click()
    await page.getByRole('menuitemradio', { name: 'Conversations' }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Sort: Conversations' })).toBeVisible()
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('menuitem', { name: 'Save this filter…' }).click()
    await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toBeFocused()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await search(page, 'zzzzqqq')
    await page.getByRole('button', { name: /^Without “Search: zzzzqqq” there/ }).click()
    await expect(chips(page).getByText('Has email')).toBeVisible()
    for (const filter of ['Has email', 'Chat']) {
      await chips(page)
        .getByRole('button', { name: new RegExp(`^Remove the filter “.*${filter}”`) })
        .click()
      await expect(chips(page).getByText(filter)).toHaveCount(0)
    }
    await page.getByRole('grid', { name: 'Customers' }).focus()
  }
})

test('SE-2: a shared filter reaches a colleague, who applies it by keyboard; one of a newer app is kept and said to be', async ({
  backend,
  signedIn,
}) => {
  const { page } = await signedIn('manager')
  await page.keyboard.press('f')
  await panel(page)
    .getByRole('group', { name: 'Phone' })
    .getByRole('button', { name: /^missing/ })
    .click()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await page.keyboard.press('v')
  await page.getByRole('menuitem', { name: 'Save this filter…' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Can only be mailed')
  await page.getByRole('checkbox', { name: 'Everybody in the company sees it' }).check()
  await page.keyboard.press('Enter')
  await expect(page.getByText('“Can only be mailed” saved')).toBeVisible()
  await expect
    .poll(() => backend.sql()`select filter from public.saved_filters where name = 'Can only be mailed'`)
    .toMatchObject([{ filter: { filter: { phone: false } } }])
  const newer = { search: '', filter: { moonPhase: 'full' }, sort: { by: 'name', direction: 'asc' } }
  await backend.sql()`
    insert into public.saved_filters (company_id, user_id, name, filter, shared)
    select company_id, user_id, 'From tomorrow', ${backend.sql().json(newer)}, true
      from public.saved_filters where name = 'Can only be mailed'`

  const { page: colleague } = await signedIn('owner')
  await colleague.keyboard.press('Control+k')
  await colleague.keyboard.type('can only be')
  await expect(colleague.getByRole('dialog').getByText('Can only be mailed')).toBeVisible()
  await colleague.keyboard.press('Enter')
  await expect(chips(colleague).getByText('No phone')).toBeVisible()
  await colleague.keyboard.press('v')
  await colleague.getByRole('menuitem', { name: /^From tomorrow made by a newer version/ }).click()
  await expect(colleague.getByText('This filter needs a newer version of the app')).toBeVisible()
  await expect(chips(colleague).getByText('No phone')).toBeVisible()
})

test('UI-1: customers that come in above do not move what is on the screen', async ({ backend, signedIn }) => {
  const { page } = await signedIn('owner')
  const grid = page.getByRole('grid', { name: 'Customers' })
  const box = (await grid.boundingBox()) ?? { x: 0, y: 0 }
  const rowAt = () =>
    page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y)?.closest('[data-customer]')?.getAttribute('data-customer'),
      [box.x + 60, box.y + 205] as const,
    )
  const count = async () => Number(await grid.getAttribute('aria-rowcount'))
  const [there] = await backend.sql()<{ rows: number }[]>`
    select count(*)::integer + 1 as rows from public.customers c join public.companies o on o.id = c.company_id
     where o.name = ${backend.user('owner').company} and c.deleted_at is null`
  const rows = there?.rows ?? 0
  // The list may show less for a moment after all has come.
  await expect.poll(count).toBe(rows)
  await grid.evaluate((element) => element.scrollTo({ top: 3_000 }))
  await expect.poll(rowAt).toBeTruthy()
  const before = await rowAt()
  await backend.sql()`
    insert into public.customers (company_id, customer_name, source)
    select id, ' !A stable list ' || n, 'manual' from public.companies, generate_series(1, 5) n
     where name = ${backend.user('owner').company}`
  await expect.poll(count).toBe(rows + 5)
  expect(await rowAt()).toBe(before)
})

test('UI-1: a list dragged by leaps makes no rows on the way, shows them where it lands, and names them in order', async ({
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  const grid = page.getByRole('grid', { name: 'Customers' })
  const customers = grid.locator('[data-customer]')
  await expect(customers.first()).toBeVisible()
  const fewest = await grid.evaluate(async (element) => {
    let least = Number.POSITIVE_INFINITY
    for (let frame = 0; frame < 60; frame += 1) {
      element.scrollTo({ top: frame % 2 === 0 ? 3_000 : 300, behavior: 'instant' })
      await new Promise((next) => requestAnimationFrame(next))
      least = Math.min(least, element.querySelectorAll('[data-customer]').length)
    }
    return least
  })
  expect(fewest).toBe(0)
  await expect.poll(() => customers.count()).toBeGreaterThan(10)
  await expect(grid.locator('[role=rowgroup][aria-owns]')).toHaveCount(1)
  const named = await grid
    .locator('[aria-owns]')
    .evaluate((group) =>
      (group.getAttribute('aria-owns') ?? '').split(' ').map((id) => document.getElementById(id)?.ariaRowIndex),
    )
  const numbers = named.map(Number)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  expect(new Set(numbers).size).toBe(await customers.count())
})
