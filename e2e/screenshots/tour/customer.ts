import type { DemoBase } from '../demo-base.ts'
import { expect, goTo, openList, type Stop } from '../stop.ts'

/** A customer: its tabs, its editing, and the making of one. */
export function customerStops({ firm, stranger }: DemoBase): readonly Stop[] {
  const tab = (
    name: string,
    which: 'profile' | 'conversations' | 'quotes' | 'activity',
    more?: Stop['open'],
  ): Stop => ({
    name,
    open: async (page, words) => {
      await openList(page, words, 'mueller')
      await goTo(page, `/customers/${firm}`)
      await page.getByRole('tab', { name: new RegExp(`^${words.detail.tabs[which]}`) }).click()
      await expect(page.getByRole('tabpanel')).toBeVisible()
      await more?.(page, words)
    },
  })
  const edited =
    (field: 'email' | 'notes' | 'tags'): Stop['open'] =>
    async (page, words) => {
      await page.getByRole('button', { name: words.profile.edit(words.fields[field]) }).click()
      await expect(
        page.getByRole('complementary').getByLabel(words.fields[field], { exact: true }).first(),
      ).toBeVisible()
    }
  return [
    tab('customer', 'profile', async (page) => {
      // Formatted notes are code of their own.
      await expect(page.getByRole('tabpanel').getByText('before 7:00', { exact: true })).toBeVisible()
    }),
    tab('customer, a field being edited', 'profile', edited('email')),
    tab('customer, notes being written', 'profile', edited('notes')),
    tab('customer, tags being edited', 'profile', edited('tags')),
    tab('customer, conversations', 'conversations', async (page) => {
      await page.getByRole('tabpanel').locator('summary').first().click()
    }),
    tab('customer, quotes', 'quotes', async (page) => {
      await page.getByRole('tabpanel').locator('summary').first().click()
      await expect(page.getByRole('table')).toBeVisible()
    }),
    tab('customer, asking for a quote', 'quotes', async (page, words) => {
      await page.getByRole('button', { name: words.history.ask }).first().click()
      await expect(page.getByLabel(words.history.note)).toBeVisible()
    }),
    tab('customer, activity', 'activity'),
    {
      name: 'customer without a history',
      open: async (page, words) => {
        await openList(page, words)
        await goTo(page, `/customers/${stranger}`)
        await page.getByRole('tab', { name: new RegExp(`^${words.detail.tabs.quotes}`) }).click()
        await expect(page.getByText(words.detail.quoteWords.title)).toBeVisible()
      },
    },
    {
      name: 'customer, the form',
      open: async (page, words) => {
        await goTo(page, `/customers/${firm}/edit`)
        await expect(page.getByRole('button', { name: words.actions.save, exact: true })).toBeVisible()
      },
    },
    {
      name: 'customer that is gone',
      open: async (page, words) => {
        await goTo(page, '/customers/00000000-0000-4000-8000-000000000000')
        await expect(page.getByText(words.detail.gone)).toBeVisible()
      },
    },
    {
      name: 'new customer, nothing typed',
      open: async (page, words) => {
        await goTo(page, '/customers/new')
        await page.getByLabel(words.fields.name, { exact: true }).fill('')
        await page.getByLabel(words.fields.name, { exact: true }).press('Control+Enter')
        await expect(page.getByLabel(words.fields.name, { exact: true })).toHaveAttribute('aria-invalid', 'true')
      },
    },
    {
      name: 'new customer, somebody like this is here',
      open: async (page, words) => {
        await goTo(page, '/customers/new')
        await page.getByLabel(words.fields.name, { exact: true }).fill('Müller und Söhne')
        await page.getByLabel(words.fields.phone, { exact: true }).fill('040 3344210')
        await expect(page.getByRole('region', { name: words.duplicates.warningTitle })).toBeVisible({ timeout: 20_000 })
      },
    },
    {
      name: 'new customer, made',
      open: async (page, words) => {
        await goTo(page, '/customers/new')
        await page.getByLabel(words.fields.name, { exact: true }).fill('Tischlerei Petersen')
        await page.getByLabel(words.fields.phone, { exact: true }).fill('')
        await page.getByRole('button', { name: words.form.create, exact: true }).click()
        await expect(page.getByRole('button', { name: words.create.view })).toBeVisible()
      },
    },
  ]
}
