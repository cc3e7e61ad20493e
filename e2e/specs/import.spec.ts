import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { sheetRow, textCell, workbook } from '#sync/testing/workbook.ts'
import { expectAccessible } from '../harness/accessible.ts'
import { waitUntilInStep } from '../harness/app-page.ts'
import { applyImport, chooseImportFile, goTo, rehearseImport } from '../harness/screens.ts'
import { expect, test } from '../harness/web-test.ts'

/**
 * A spreadsheet's export as people have them: Windows-1252, semicolons, lines above the header, rows that are wrong.
 * Nobody in it is in another file of the specs, which share a company.
 */
function messyFile(mark: string): { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } {
  const own = [...mark].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 900_000, 7) + 100_000
  const text = [
    'Kundenliste Nord;;;',
    'Stand: 01.11.2026;;;',
    'Name;E-Mail;Telefon;Ort',
    `Günther Weiß ${mark};guenther.${mark}@example.com;0431 1${own};Lübeck`,
    `Hafenbau ${mark} KG;info@hafenbau${mark};0431 2${own};Kiel`,
    `Zimmerei ${mark};post.${mark}@example.com;;Plön`,
    `${'x'.repeat(201)} ${mark};;;Husum`,
    `Wübke ${mark};wuebke.${mark}@example.com;0431 3${own};Eutin`,
  ].join('\r\n')
  return { name: `kunden-${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') }
}

function manyRows(
  rows: number,
  mark: string,
): { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } {
  const lines = Array.from(
    { length: rows },
    (_, i) => `Person ${mark} ${i},p${i}.${mark}@example.com,+49 151 ${String(10_000_000 + i)}`,
  )
  return {
    name: `many-${mark}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(['Name,Email,Phone', ...lines].join('\n')),
  }
}

/** Drags a file over the window, where that is said, and lets it go. */
async function drop(page: Page, file: ReturnType<typeof messyFile>): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ({ name, mimeType, bytes }) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }))
      return data
    },
    { name: file.name, mimeType: file.mimeType, bytes: [...file.buffer] },
  )
  const list = page.getByRole('main')
  await list.dispatchEvent('dragover', { dataTransfer })
  await expect(page.getByText('Let go to import this file')).toBeVisible()
  await list.dispatchEvent('drop', { dataTransfer })
  await expect(page.getByText('Let go to import this file')).toHaveCount(0)
}

const part = (page: Page, name: RegExp) => page.getByRole('button', { name })

test('IO-1 IO-2 IO-4: a messy file is dropped, corrected, imported, what failed is downloaded, and all is undone; what a lost laptop began is closed', async ({
  backend,
  signedIn,
}) => {
  // Begun on a laptop that is lost.
  await backend.sql()`
    insert into public.import_batches (company_id, user_id, file_name, row_count)
    select company_id, user_id, 'lost.csv', 4200 from public.company_members
     where user_id = (select id from auth.users where email = ${backend.user('sales').email})`
  const { laptop, page } = await signedIn('owner')
  await drop(page, messyFile('drift'))
  await expect(page.getByText('5 rows of data.')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue(/1252/)
  await expect(page.getByRole('row', { name: /Günther Weiß drift/ })).toBeVisible()
  await rehearseImport(page, 5)
  await expect(part(page, /^3 new customers/)).toBeVisible()
  await expect(part(page, /^2 can't be read/)).toHaveAttribute('aria-pressed', 'true')
  const rows = page.getByRole('table', { name: 'Rows of the file' })
  const fault = rows.getByRole('textbox', { name: 'Email, Correct row 5' })
  await expect(fault).toHaveValue('info@hafenbaudrift')
  await fault.fill('info@hafenbaudrift.example')
  await fault.press('Enter')
  await expect(part(page, /^4 new customers/)).toBeVisible()
  await expect(part(page, /^1 can't be read/)).toBeVisible()
  await applyImport(page, 4)
  await expect(page.getByRole('heading', { name: '4 customers imported' })).toBeVisible()
  await expect(part(page, /^1 not imported/)).toBeVisible()
  const rest = await laptop.savedBy(() =>
    page.getByRole('button', { name: 'Download 1 row that was not imported' }).click(),
  )
  const failed = await readFile(rest.path, 'utf8')
  expect(failed.split('\n')[0]).toContain('Name')
  expect(failed).toContain('x'.repeat(201))
  expect(failed).toContain('longer than 200 characters')
  expect(failed).not.toContain('Zimmerei')
  await waitUntilInStep(page)
  const live = () =>
    backend.sql()`select from public.customers where customer_name like '%drift%' and deleted_at is null`
  await expect.poll(live).toHaveLength(4)
  await page.getByRole('button', { name: 'Undo the import', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /^Undo the import of/ })
  await expect(dialog.getByText('4 customers that this import made will go.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Undo the import' }).click()
  await expect(page.getByRole('heading', { name: 'This import was undone' })).toBeVisible()
  await expect.poll(live).toHaveLength(0)
  await page.getByRole('button', { name: 'Import another file' }).click()
  await expect(page.getByRole('region', { name: 'Earlier imports' })).toBeVisible()
  await expectAccessible(page, 'an import that did not end')
  await page.getByRole('button', { name: 'Close the import of lost.csv' }).click()
  await expect(page.getByText('Import closed: nothing of it came in')).toBeVisible()
  await expect(page.getByText('not ended')).toHaveCount(0)
})

test('IO-2: the same file a second time makes no doubles, and says so; without a network it waits', async ({
  backend,
  signedIn,
}) => {
  const { laptop, page } = await signedIn('manager')
  laptop.network.set('cut')
  const file = manyRows(40, 'twice')
  await chooseImportFile(page, file)
  await rehearseImport(page, 40)
  await applyImport(page, 40)
  await expect(page.getByText('40 customers wait to be sent.')).toBeVisible()
  await page.getByRole('button', { name: 'Import another file' }).click()
  await chooseImportFile(page, file)
  await rehearseImport(page, 40)
  await expect(part(page, /^40 already the same/)).toBeVisible()
  await expect(page.getByText('there is nothing to import')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Import 0 rows/ })).toBeDisabled()
  // A file that is dropped now does not put the rehearsal aside.
  await drop(page, file)
  await expect(page.getByText('Another import is open.')).toBeVisible()
  laptop.network.set('up')
  await expect
    .poll(() => backend.sql()`select from public.customers where customer_email like '%.twice@example.com'`, {
      timeout: 40_000,
    })
    .toHaveLength(40)
})

test('IO-1: a picture is refused with its reason; another sheet of a workbook is chosen, and read instead', async ({
  signedIn,
}) => {
  const { page } = await signedIn('owner')
  await goTo(page, 'Import')
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: picture })
  await expect(page.getByRole('alert')).toContainText('picture')
  const people =
    sheetRow(1, textCell('Name'), textCell('Email')) + sheetRow(2, textCell('Ann'), textCell('a@x.example'))
  const firms =
    sheetRow(1, textCell('Company'), textCell('Phone')) + sheetRow(2, textCell('Hafenbau KG'), textCell('040 99'))
  const buffer = Buffer.from(workbook({ People: people, Firms: firms }))
  await chooseImportFile(page, { name: 'book.xlsx', mimeType: 'application/octet-stream', buffer })
  await expect(page.getByRole('row', { name: /a@x\.example/ })).toBeVisible()
  await page.getByRole('combobox', { name: 'Sheet' }).selectOption({ label: 'Firms (2 lines)' })
  await expect(page.getByRole('row', { name: /Hafenbau KG/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /a@x\.example/ })).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'What the column Company becomes' })).toHaveValue('name')
})

test('IO-3: an import that was broken off by a reload goes on where it was, and the counts add up', async ({
  signedIn,
}) => {
  test.setTimeout(180_000)
  const { page } = await signedIn('owner', { disk: true })
  await chooseImportFile(page, manyRows(12_000, 'broken'))
  await rehearseImport(page, 12_000, 90_000)
  await page.getByRole('button', { name: 'Import 12,000 rows' }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused.')).toBeVisible()
  await goTo(page, 'Customers')
  await expect(page.getByText(/^The import of “many-broken.csv” stands still at .* of 12,000 rows/)).toBeVisible()
  await page.reload()
  await goTo(page, 'Import')
  await expect(page.getByText(/was broken off after .* of 12,000 rows/)).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('heading', { name: '12,000 customers imported' })).toBeVisible({ timeout: 90_000 })
  await expect(part(page, /^12,000 new customers/)).toBeVisible()
})
