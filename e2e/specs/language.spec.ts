import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessible.ts'
import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { goTo, goToAddress, listRows } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/** What stands out of the window at either side, in bars that are not made to be moved sideways. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const moves = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).scrollbarWidth === 'none' || moves(element.parentElement))
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : []
    const parts = [...document.querySelectorAll('button, h1, h2, p, td, th, input')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      const hidden = width <= 1 || moves(element.parentElement)
      return !hidden && (left < -1 || right > window.innerWidth + 1)
    })
    return [...wide, ...parts.map((element) => element.outerHTML.slice(0, 120))]
  })
}

test('UI-5: German is chosen in the settings, holds after a reload, and English comes back', async ({ signedIn }) => {
  const { page } = await signedIn('manager')
  await expect(page.locator('html')).toHaveAttribute('lang', /^en/)
  await goToAddress(page, '/settings/appearance')
  await page.getByRole('radiogroup', { name: 'Language' }).getByText('Deutsch').click()

  await expect(page.getByRole('heading', { name: 'Darstellung', level: 1 })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expectAccessible(page, 'settings in German')
  const main = page.getByRole('navigation', { name: 'Hauptnavigation' })
  for (const [link, heading] of [
    ['Dubletten', 'Dubletten'],
    ['Import', 'Import'],
    ['Zu prüfen', 'Zu prüfen'],
  ] as const) {
    await main.getByRole('link', { name: link }).click()
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
    await expectAccessible(page, `${heading} in German`)
  }
  await main.getByRole('link', { name: 'Kunden' }).click()
  await expect(page.getByRole('textbox', { name: 'Kunden durchsuchen' })).toBeVisible()
  await page.getByRole('grid', { name: 'Kunden' }).getByRole('row').nth(1).click()
  await expect(page.getByRole('tab', { name: 'Gespräche' })).toBeVisible()
  // A manager may not delete: the reason comes from the rules of the roles, in English there.
  await expect(page.getByRole('button', { name: 'Löschen' })).toHaveAttribute(
    'aria-description',
    'Die Rolle Leitung darf in dieser Firma keine Kunden löschen.',
  )
  await expectAccessible(page, 'profile in German')

  await goToAddress(page, '/settings/appearance')
  await page.getByRole('radiogroup', { name: 'Sprache' }).getByText('English').click()
  await expect(page.getByRole('heading', { name: 'Appearance', level: 1 })).toBeVisible()
})

test('UI-5: from right to left the list and the profile fit, wide and as narrow as a phone', async ({
  backend,
  openLaptop,
}) => {
  const laptop = await openLaptop()
  const page = laptop.page()
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => document.documentElement.setAttribute('dir', 'rtl'))
  })
  await page.reload()
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  for (const width of [1360, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await goTo(page, 'Customers')
    await expect(listRows(page).first()).toBeVisible()
    expect(await outside(page), `list, ${width} px`).toEqual([])
    await listRows(page).nth(1).click()
    await expect(page.getByRole('tab', { name: 'Profile' })).toBeVisible()
    expect(await outside(page), `profile, ${width} px`).toEqual([])
    await page.keyboard.press('Escape')
  }
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
})
