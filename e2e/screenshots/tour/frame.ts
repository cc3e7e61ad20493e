import { expect, goTo, type Stop, screen } from '../stop.ts'

/** What stands around the customers: overview, undo, sync, palette, help, menus. */
export function frameStops(): readonly Stop[] {
  return [
    {
      name: 'overview',
      open: async (page, words) => {
        await goTo(page, '/dashboard')
        await expect(page.getByRole('heading', { level: 1, name: words.dashboard.title })).toBeVisible()
        await expect(page.getByRole('region', { name: words.dashboard.growth }).getByRole('img')).toBeVisible()
        await expect(page.getByRole('region', { name: words.dashboard.imports })).toBeVisible()
      },
    },
    screen('undo', '/undo', (words) => words.undo.title),
    screen('attention, nothing', '/attention', (words) => words.attention.title),
    screen('sync', '/sync', (words) => words.sync.title),
    {
      name: 'sync, in the pill',
      open: async (page, words) => {
        await goTo(page, '/customers')
        await page
          .getByRole('banner')
          .getByRole('button', { name: words.pill.label(words.pill.upToDate) })
          .click()
        await expect(page.getByRole('dialog')).toBeVisible()
      },
    },
    {
      name: 'palette',
      open: async (page) => {
        await goTo(page, '/dashboard')
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('textbox').fill('mueller')
        await expect(page.getByRole('dialog').getByText('Müller & Söhne GmbH').first()).toBeVisible()
      },
    },
    {
      name: 'keyboard',
      open: async (page, words) => {
        await goTo(page, '/dashboard')
        await page.getByRole('heading', { level: 1 }).focus()
        await page.keyboard.press('?')
        await expect(page.getByRole('dialog', { name: words.help.title })).toBeVisible()
      },
    },
    {
      name: 'menu of the account',
      open: async (page, words) => {
        await goTo(page, '/dashboard')
        await page.getByRole('button', { name: words.nav.account('') }).click()
        await expect(page.getByRole('menu')).toBeVisible()
      },
    },
    screen('no such page', '/nowhere', (words) => words.notFound.title),
  ]
}
