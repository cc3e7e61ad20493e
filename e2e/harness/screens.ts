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

/** Goes to an address of the app (`/settings/members`): no reload, as by a link. */
export async function goToAddress(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, path)
}

/** A file on the disk, or one that is made on the spot. */
type ImportedFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

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
  await page.getByRole('button', { name: 'View profile' }).click()
  await expect(page.getByRole('heading', { name: values.Name, exact: true })).toBeVisible()
}

/** Goes to the import and chooses a file; its columns show afterwards. */
export async function chooseImportFile(page: Page, file: ImportedFile): Promise<void> {
  await goTo(page, 'Import')
  await page.locator('input[type=file]').last().setInputFiles(file)
  await expect(page.getByText('Nothing has been written yet.')).toBeVisible({ timeout: 20_000 })
}

/** Rehearses the chosen file as its columns are understood. */
export async function rehearseImport(page: Page, rows: number, timeout = 60_000): Promise<void> {
  await page.getByRole('button', { name: `Rehearse ${counted(rows, 'row')}` }).click()
  await expect(page.getByText('This is what will happen to each')).toBeVisible({ timeout })
}

/** Writes what was rehearsed, and waits for the report. */
export async function applyImport(page: Page, rows: number, timeout = 120_000): Promise<void> {
  await page.getByRole('button', { name: `Import ${counted(rows, 'row')}` }).click()
  await expect(page.getByRole('heading', { name: /imported|updated/ })).toBeVisible({ timeout })
}

/** Decides that each row of the rehearsal makes a customer, whoever it looks like. */
async function importAllAsNew(page: Page): Promise<void> {
  const alike = page.getByRole('button', {
    name: /say more than we know|already the same|twice in the file|look like someone|not yours/,
  })
  for (const part of await alike.all()) {
    await part.click()
    await page.getByRole('combobox', { name: /^All .* of them$|^What happens to this row$/ }).selectOption('create')
  }
}

/** Imports a file as its columns are understood, each row as a customer of its own, and waits for the report. */
export async function importFile(page: Page, file: ImportedFile, rows: number, timeout = 120_000): Promise<void> {
  await chooseImportFile(page, file)
  await rehearseImport(page, rows)
  await importAllAsNew(page)
  await applyImport(page, rows, timeout)
  await expect(page.getByRole('heading', { name: `${counted(rows, 'customer')} imported` })).toBeVisible()
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`
}

async function fillForm(page: Page, values: FormValues): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    // A field with suggestions gives its name to their list, too.
    await page
      .getByRole('textbox')
      .or(page.getByRole('combobox'))
      .and(page.getByLabel(label, { exact: true }))
      .fill(value)
  }
}
