import { expect, type Locator, type Page } from '@playwright/test'

/** Fields of the customer form that a spec fills. */
export interface FormValues {
  readonly Name?: string
  readonly Email?: string
  readonly Phone?: string
  readonly Address?: string
  readonly Notes?: string
}

/** Goes to a screen by the main navigation, as a user does: no reload. */
export async function goTo(page: Page, screen: 'Customers' | 'Import' | 'Needs attention'): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${screen}`) })
    .click()
}

/** The rows of the list that are on the screen. */
export function listRows(page: Page): Locator {
  return page.getByRole('grid', { name: 'Customers' }).getByRole('row')
}

/** Types into the search and waits for a row with that text. Null clears it. */
export async function search(page: Page, text: string): Promise<void> {
  await page
    .getByRole('textbox', { name: 'Search customers' })
    .or(page.getByRole('searchbox', { name: 'Search customers' }))
    .fill(text)
}

/** Finds a customer by name and opens it; its heading is there afterwards. */
export async function openCustomer(page: Page, name: string): Promise<void> {
  await goTo(page, 'Customers')
  await search(page, name)
  await listRows(page).filter({ hasText: name }).first().click()
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
}

/** Edits the open customer and waits until the app says that it is saved; `onSave` is called right before the click. */
export async function editCustomer(page: Page, values: FormValues, onSave: () => void = () => {}): Promise<void> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await fillForm(page, values)
  onSave()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status').or(page.getByRole('alert')).filter({ hasText: 'Saved' }).first()).toBeVisible()
}

/** Makes a customer and waits until its page shows. */
export async function createCustomer(page: Page, values: FormValues & { readonly Name: string }): Promise<void> {
  await goTo(page, 'Customers')
  await page.getByRole('button', { name: 'New customer' }).click()
  await fillForm(page, values)
  await page.getByRole('button', { name: 'Create customer' }).click()
  await expect(page.getByRole('heading', { name: values.Name, exact: true })).toBeVisible()
}

/** Imports a CSV file as its columns are understood, and waits for the report. */
export async function importFile(
  page: Page,
  file: string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
  rows: number,
  timeout = 120_000,
): Promise<void> {
  await goTo(page, 'Import')
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByText('Nothing has been written yet.')).toBeVisible({ timeout: 20_000 })
  const shown = rows.toLocaleString('en-GB')
  await page.getByRole('button', { name: `Import ${shown} rows` }).click()
  await expect(page.getByRole('heading', { name: `${shown} customers imported` })).toBeVisible({ timeout })
}

async function fillForm(page: Page, values: FormValues): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value)
}
