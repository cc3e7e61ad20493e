import { expect as base, type Page } from '@playwright/test'
import type { Texts } from '../../renderer/texts/texts.ts'

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
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, path)
  await expect(page).toHaveURL((url) => url.hash.slice(1).startsWith(path))
  await expect(page.getByRole('main')).toBeVisible()
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
