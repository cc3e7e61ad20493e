import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Laptop } from '../harness/laptop.ts'
import { chooseImportFile, goTo, goToAddress, rehearseImport, search } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/** The text of an export that comes as a whole, as where a page may not write to the disk itself. */
async function exported(laptop: Laptop): Promise<string> {
  const page = laptop.page()
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }))
  const saved = await laptop.savedBy(() =>
    page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click(),
  )
  return readFile(saved.path, 'utf8')
}

/** The name in a row of the list; cells before it hold none. */
async function nameIn(page: Page, row: number): Promise<string> {
  const cells = page.getByRole('grid', { name: 'Customers' }).getByRole('row').nth(row).getByRole('gridcell')
  return (await cells.filter({ hasText: /\S/ }).first().textContent()) ?? ''
}

test('IO-5: what a manager exports comes back the same, and the company’s log tells of it', async ({
  backend,
  signedIn,
}) => {
  const { laptop, page } = await signedIn('manager')
  const entries = () => backend.sql()`select from public.audit_log where action = 'exported'`
  const before = (await entries()).length
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const text = await exported(laptop)
  const rows = await page.getByRole('status').filter({ hasText: 'written to' }).textContent()
  const count = Number(/^([\d,]+) customers/.exec(rows ?? '')?.[1]?.replace(',', ''))
  expect(count).toBeGreaterThan(100)
  await expect.poll(entries).toHaveLength(before + 1)
  await chooseImportFile(page, { name: 'back.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await rehearseImport(page, count)
  // Of people whom others have put there twice either may be found.
  const same = page.getByRole('button', { name: /already the same$/ })
  await expect(same).toBeVisible()
  expect(Number((await same.textContent())?.match(/\d+/)?.[0])).toBeGreaterThan(count * 0.97)
  await expect(page.getByRole('button', { name: /new customers|can't be read/ })).toHaveCount(0)
})

/** Stands in for the dialog, which nobody can press here: the file is a real one, of the browser's own file system. */
function chooseOwnFile(): void {
  const showSaveFilePicker = async () => {
    const folder = await navigator.storage.getDirectory()
    return folder.getFileHandle('chosen.csv', { create: true })
  }
  Object.assign(window, { showSaveFilePicker })
}

test('IO-5: who is chosen in the list is written to the disk piece by piece, with the columns that are chosen', async ({
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  const rows = page.getByRole('grid', { name: 'Customers' }).getByRole('row')
  const names = [await nameIn(page, 1), await nameIn(page, 2)]
  await rows.nth(1).click()
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key)
  await page.getByRole('button', { name: 'Export', exact: true }).first().click()
  await expect(page.getByRole('radio', { name: 'The 2 customers chosen in the list' })).toBeChecked()
  for (const column of await page.getByRole('group', { name: 'Columns' }).getByRole('checkbox').all()) {
    if ((await column.getAttribute('value')) !== 'name') await column.uncheck()
  }
  await page.evaluate(chooseOwnFile)
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: '2 customers written to' })).toBeVisible()
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory()
    return (await (await folder.getFileHandle('chosen.csv')).getFile()).text()
  })
  expect(text).toBe(['Name', ...names, ''].join('\r\n'))
})

test('IO-5: what the list shows leaves as a vCard; nothing leaves without a network or the role for it', {
  tag: '@desktop',
}, async ({ signedIn }) => {
  const { laptop, page } = await signedIn('analyst')
  const name = await nameIn(page, 1)
  await search(page, name)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('radio', { name: /in the list now/ })).toBeChecked()
  await page.getByRole('radio', { name: /^vCard/ }).check()
  const text = await exported(laptop)
  expect(text).toMatch(/^BEGIN:VCARD\r\nVERSION:4.0\r\n/)
  laptop.network.set('cut')
  await page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText(/network|reach/i, { timeout: 30_000 })
  laptop.network.set('up')
  const { page: sales } = await signedIn('sales')
  await goTo(sales, 'Customers')
  // A button that one may not press still says why.
  await sales.getByRole('button', { name: 'Export', exact: true }).hover()
  await expect(sales.getByText("Sales can't export customers in this company.").first()).toBeVisible()
  await goToAddress(sales, '/export')
  await expect(sales.getByRole('heading', { name: "Sales can't export customers in this company." })).toBeVisible()
})

test('IO-5: an export that is left goes on where it can be seen and stopped, and leaves no file then', async ({
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  // A disk that takes its time.
  await page.evaluate(() => {
    const became: string[] = []
    const write = () =>
      new Promise<void>((resolve) => window.addEventListener('written', () => resolve(), { once: true }))
    const stream = { write, close: async () => void became.push('closed'), abort: async () => void became.push('gone') }
    const showSaveFilePicker = async () => ({ createWritable: async () => stream })
    Object.assign(window, { showSaveFilePicker, became })
  })
  const start = () => page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click()
  const written = () => page.evaluate(() => window.dispatchEvent(new Event('written')))
  const became = () => page.evaluate(() => Object(window).became)
  await start()
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
  await goTo(page, 'Customers')
  await expect(page.getByText(/^The export begins|^Exporting: /)).toBeVisible()
  await page.getByRole('button', { name: 'Stop the export' }).click()
  // What it writes may begin only now.
  await expect(async () => {
    await written()
    await expect(page.getByText(/^The export begins|^Exporting: /)).toHaveCount(0, { timeout: 500 })
  }).toPass()
  await expect.poll(became).toEqual(['gone'])
  // Left to itself it ends, and says so.
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await start()
  await goTo(page, 'Customers')
  const ended = page.getByRole('alert').filter({ hasText: /customers written to customers-.*\.csv/ })
  await expect(async () => {
    await written()
    await expect(ended).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect.poll(became).toEqual(['gone', 'closed'])
  await page.getByRole('button', { name: 'OK', exact: true }).click()
  await expect(ended).toHaveCount(0)
})
