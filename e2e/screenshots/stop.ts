import { expect as base, type Page } from '@playwright/test'
import type { Texts } from '../../renderer/texts/texts.ts'
import { goToAddress } from '../harness/screens.ts'

/** Waits as long as a busy machine takes. */
export const expect = base.configure({ timeout: 15_000 })

/** A screen, or a state of one, and the way to it. */
export interface Stop {
  /** What one sees there, e.g. `import, rehearsal`. */
  readonly name: string
  /** Comes to it from anywhere in the app, by its texts in the language of the page. Throws where it can't be reached. */
  readonly open: (page: Page, words: Texts) => Promise<void>
}

/** Goes to an address of the app (`/settings/members`); what floats over the screen before is closed. */
export async function goTo(page: Page, path: string): Promise<void> {
  await closeOverlays(page)
  await goToAddress(page, path)
  await expect(page).toHaveURL((url) => url.hash.slice(1).startsWith(path))
  await expect(page.getByRole('main')).toBeVisible()
}

/** A page that is there once its heading is. */
export const screen = (name: string, path: string, ready: (words: Texts) => string): Stop => ({
  name,
  open: async (page, words) => {
    await goTo(page, path)
    await expect(page.getByRole('heading', { level: 1, name: ready(words) })).toBeVisible()
  },
})

/** Goes to the list, and waits for the rows that are found. */
export async function openList(page: Page, words: Texts, search = ''): Promise<void> {
  await goTo(page, '/customers')
  const box = page.getByRole('textbox', { name: words.list.searchLabel })
  if ((await box.inputValue()) !== search) await box.fill(search)
  if (search !== '') await expect(page.getByRole('grid').locator('mark').first()).toBeVisible()
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible()
}

/** A text of the app with any count in it: `Import 8 rows`. */
export function withAnyCount(text: (count: number) => string): RegExp {
  return new RegExp(`^${text(2).replace('2', '[\\d.,]+')}$`)
}

/** Closes dialogs, menus and messages that show. Throws where Escape does not close what floats. */
async function closeOverlays(page: Page): Promise<void> {
  const overlay = page.locator('[role="dialog"], [role="menu"], [role="listbox"]').filter({ visible: true })
  for (let open = await overlay.count(); open > 0; open = await overlay.count()) {
    await page.keyboard.press('Escape')
    await expect.poll(() => overlay.count(), 'Escape closes what floats').toBeLessThan(open)
  }
  // A file that was held over the window is taken away.
  await page.evaluate(() => window.dispatchEvent(new DragEvent('dragleave')))
  for (const close of await page.locator('.mantine-Notification-closeButton').all()) {
    await close.click({ timeout: 1_000 }).catch(() => undefined) // it may go by itself meanwhile
  }
}
