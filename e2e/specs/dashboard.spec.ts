import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessible.ts'
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
  signedIn,
}) => {
  const { laptop, page } = await signedIn('owner')
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
      .getByRole('link', { name: / missing: (Email|Tags|Owner)$/ })
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
  expect(texts.length).toBe(5)
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
  await expectAccessible(page, 'the growth as a table')
  const newest = growth.getByRole('row').nth(1)
  const made = numberIn(await newest.getByRole('cell').last().textContent())

  await laptop.goOnline()
  await putCustomers(backend, [{ name: 'Overview Newcomer', phone: '+49 40 7777 123' }])
  await expect(newest.getByRole('cell').last()).toHaveText(String(made + 1))
  await expect(total).toHaveText(`${(all + 1).toLocaleString('en-GB')} customers`)
  await newest.getByRole('link').click()
  await expect.poll(() => listed(page)).toBe(made + 1)
  await page.goBack()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('grid', { name: 'Customers' })).toBeVisible()
})
