import type { DemoBase } from '../demo-base.ts'
import { expect, goTo, type Stop, screen } from '../stop.ts'

/** Merging, the inbox of duplicates, and the chats that belong to nobody yet. */
export function mergeStops({ firm, twin, stranger }: DemoBase): readonly Stop[] {
  return [
    screen('merge, with whom', `/merge/${firm}`, () => 'Müller & Söhne GmbH'),
    {
      name: 'merge',
      open: async (page, words) => {
        await goTo(page, `/merge/${firm},${twin}`)
        await expect(page.getByRole('heading', { level: 1, name: words.merge.title(2) })).toBeVisible()
        await page.getByRole('radiogroup', { name: words.fields.notes, exact: true }).getByRole('radio').first().focus()
        await page.keyboard.press('c')
      },
    },
    screen('merge of three', `/merge/${firm},${twin},${stranger}`, (words) => words.merge.title(3)),
    {
      name: 'duplicates',
      open: async (page, words) => {
        await goTo(page, '/duplicates')
        await expect(page.getByRole('article')).toBeVisible({ timeout: 20_000 })
        await expect(page.getByRole('button', { name: words.duplicates.accept })).toBeVisible()
      },
    },
    {
      name: 'unlinked conversations',
      open: async (page, words) => {
        await goTo(page, '/conversations')
        await expect(page.getByRole('region', { name: words.conversations.current })).toBeVisible()
      },
    },
    {
      name: 'unlinked conversations, another customer',
      open: async (page, words) => {
        await goTo(page, '/conversations')
        await page.getByRole('button', { name: words.conversations.other }).click()
        await page.getByRole('textbox', { name: words.conversations.find }).fill('mueller')
        await expect(page.getByRole('main').getByText('Müller & Söhne GmbH').first()).toBeVisible()
      },
    },
  ]
}
