import type { Page } from '@playwright/test'
import type { Texts } from '../../../renderer/texts/texts.ts'
import { expect, goTo, openList, type Stop } from '../stop.ts'

/** The list of customers: search, filters, columns, and what is done to several at once. */
export function listStops(): readonly Stop[] {
  const pressed = (name: string, key: string, ready: (page: Page, words: Texts) => Promise<void>): Stop => ({
    name,
    open: async (page, words) => {
      await openList(page, words)
      await page.getByRole('grid').focus()
      await page.keyboard.press(key)
      await ready(page, words)
    },
  })
  const opened = (name: string, button: (words: Texts) => RegExp | string, ready: 'menu' | 'dialog'): Stop => ({
    name,
    open: async (page, words) => {
      await openList(page, words)
      await page
        .getByRole('main')
        .getByRole('button', { name: button(words) })
        .first()
        .click()
      await expect(page.getByRole(ready).first()).toBeVisible()
    },
  })
  return [
    { name: 'list', open: (page, words) => openList(page, words) },
    pressed('list, filter panel', 'f', (page) => expect(page.getByRole('dialog')).toBeVisible()),
    {
      name: 'list, filtered, and nobody fits',
      open: async (page, words) => {
        await pressAtList(page, words, 'f')
        const source = page.getByRole('dialog').getByRole('group', { name: words.filters.parts.sources })
        await source.getByRole('button', { name: words.sources.chat }).click()
        await page.keyboard.press('Escape')
        await page.getByRole('textbox', { name: words.list.searchLabel }).fill('zzzzqqq')
        await expect(page.getByText(words.list.nothingTitle)).toBeVisible()
      },
    },
    {
      name: 'list, filtered',
      open: async (page, words) => {
        await openList(page, words)
        await expect(page.getByRole('list', { name: words.filters.active })).toBeVisible()
      },
    },
    {
      name: 'list, saving a filter',
      open: async (page, words) => {
        await pressAtList(page, words, 'v')
        await page.getByRole('menuitem').first().press('Enter')
        await expect(page.getByRole('dialog')).toBeVisible()
      },
    },
    {
      name: 'list, sorts',
      open: async (page, words) => {
        await goTo(page, '/customers')
        await page.getByRole('list', { name: words.filters.active }).getByRole('button').last().click()
        await openList(page, words)
        await page
          .getByRole('button', { name: new RegExp(`^${words.list.sort.label}`) })
          .first()
          .click()
        await expect(page.getByRole('menu')).toBeVisible()
      },
    },
    pressed('list, saved filters', 'v', (page) => expect(page.getByRole('menu')).toBeVisible()),
    opened('list, columns', (words) => words.listTools.columns.open, 'dialog'),
    {
      name: 'list, menu of a row',
      open: async (page, words) => {
        await openList(page, words)
        await page.getByRole('grid').getByRole('row').nth(2).click({ button: 'right' })
        await expect(page.getByRole('menu')).toBeVisible()
      },
    },
    {
      name: 'list, tags for many',
      open: async (page, words) => {
        await openList(page, words)
        const grid = page.getByRole('grid')
        await grid.focus()
        for (const key of ['Home', 'x', 'Shift+J', 'Shift+J', 't']) await page.keyboard.press(key)
        await expect(page.getByRole('dialog')).toBeVisible()
      },
    },
    {
      name: 'list, several chosen',
      open: async (page, words) => {
        await openList(page, words)
        await expect(page.getByRole('toolbar', { name: words.listTools.bulk.label })).toBeVisible()
      },
    },
    {
      name: 'list, owner for many',
      open: async (page, words) => {
        await openList(page, words)
        const bar = page.getByRole('toolbar', { name: words.listTools.bulk.label })
        await bar.getByRole('button', { name: words.listTools.bulk.owner }).click()
        await expect(page.getByRole('menu').or(page.getByRole('dialog'))).toBeVisible()
      },
    },
    {
      name: 'list, a deletion to be undone',
      open: async (page, words) => {
        await goTo(page, '/customers')
        const bar = page.getByRole('toolbar', { name: words.listTools.bulk.label })
        await bar.getByRole('button', { name: words.actions.delete }).click()
        await expect(page.getByRole('button', { name: words.actions.undo })).toBeVisible()
      },
    },
  ]
}

/** Presses a key of the list, out of whatever one was in there. */
async function pressAtList(page: Page, words: Texts, key: string): Promise<void> {
  await openList(page, words)
  await page.keyboard.press('Escape')
  await page.getByRole('grid').focus()
  await page.keyboard.press(key)
}
