import type { Page } from '@playwright/test'
import { expectAccessibleEverywhere } from '../harness/accessible.ts'
import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { putCustomers } from '../harness/put-customers.ts'
import { expect, test } from '../harness/web-test.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1, name: 'Overview' })
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** The number at the start of a text, or after its colon. */
function numberIn(text: string | null): number {
  return Number(/[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', ''))
}

/** How many customers the list has, its header not counted. */
async function listed(page: Page): Promise<number> {
  return Number(await page.getByRole('grid', { name: 'Customers' }).getAttribute('aria-rowcount')) - 1
}

test('UI-1: each figure of the overview leads to the list of those it counts, and follows the data', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  await laptop.goOffline()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }).click()
  await expect(heading(page)).toBeFocused()

  const total = page.getByRole('link', { name: /^[\d,]+ customers$/ })
  const all = numberIn(await total.textContent())
  const has = numberIn(
    await card(page, 'Complete')
      .getByRole('link', { name: /^Email: / })
      .getAttribute('aria-label'),
  )
  const figures = [
    ...(await card(page, 'Complete')
      .getByRole('link', { name: / missing: (Email|Owner)$/ })
      .all()),
    card(page, 'Complete').getByRole('link', { name: /^Email and phone: / }),
    card(page, 'Last seen').getByRole('link').first(),
  ]
  const texts = await Promise.all(
    figures.map(async (link) => ({
      name: (await link.getAttribute('aria-label')) ?? (await link.textContent()) ?? '',
      link,
    })),
  )
  expect(texts.length).toBe(4)
  for (const { name, link } of texts) {
    await link.click()
    await expect.poll(() => listed(page), name).toBe(numberIn(name))
    await page.goBack()
    await expect(heading(page)).toBeVisible()
  }
  const missing = card(page, 'Complete').getByRole('link', { name: / missing: Email$/ })
  expect(numberIn(await missing.getAttribute('aria-label'))).toBe(all - has)

  // The same in a table, each line with its link.
  const growth = card(page, 'New customers')
  await growth.getByText('As a table').click()
  const newest = growth.getByRole('row').nth(1)
  const made = numberIn(await newest.getByRole('cell').last().textContent())

  await laptop.goOnline()
  await putCustomers(backend, [{ name: 'Overview Newcomer', phone: '+49 40 7777 123' }])
  await expect(newest.getByRole('cell').last()).toHaveText(String(made + 1), { timeout: 20_000 })
  await expect(total).toHaveText(`${(all + 1).toLocaleString('en-GB')} customers`)
  await newest.getByRole('link').click()
  await expect.poll(() => listed(page)).toBe(made + 1)
  await page.goBack()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('grid', { name: 'Customers' })).toBeVisible()
})

test('UI-5: the overview meets WCAG 2.1 AA, light and dark, wide and 360 px', async ({ backend, openLaptop }) => {
  const page = (await openLaptop()).page()
  await signIn(page, backend.user('analyst'))
  await waitUntilInStep(page)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('img', { name: /new customers? in twelve months|No new customers/ })).toBeVisible()
  await card(page, 'New customers').getByText('As a table').click()
  await expectAccessibleEverywhere(page, 'overview')
})

test('UI-6: G and a letter goes to every screen, Escape comes back, and the palette acts on the customer at hand', async ({
  backend,
  openLaptop,
}) => {
  const page = (await openLaptop()).page()
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  const grid = page.getByRole('grid', { name: 'Customers' })
  for (const [key, title] of [
    ['o', 'Overview'],
    ['d', 'Duplicates'],
    ['u', 'Unlinked conversations'],
    ['i', 'Import'],
    ['e', 'Export'],
    ['a', 'Needs attention'],
    ['y', 'Sync'],
    ['s', 'Account'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(grid, title).toBeVisible()
  }
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  await expect(palette.getByText(/^Merge .* with…$/)).toBeVisible()
  await palette.getByText(/^Edit /).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
})
