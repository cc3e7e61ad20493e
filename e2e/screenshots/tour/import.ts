import { expect, goTo, type Stop, screen, withAnyCount } from '../stop.ts'

interface TableFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A file as people have them: new ones, known ones, one twice, one that can't be read. */
function csv(mark: string): TableFile {
  const after = mark === '' ? '' : ` ${mark}`
  const at = after.replace(' ', '-')
  const rows = [
    'Name;E-Mail;Telefon;Straße und Ort;Bemerkung',
    `Zimmerei Ahrens${after};post@zimmerei-ahrens${at}.example;+49 4101 77201;Mühlenweg 3, 25421 Pinneberg;Dachstühle`,
    `Hafenbau KG${after};info@hafenbau${at};040 998177;Am Sandtorkai 50, 20457 Hamburg;`,
    `Käthe Lindemann${after};kaethe${at}@lindemann.example;04101 55180;;Küche im Mai`,
    `Jürgen Groß${after};juergen${at}@gross.example;040 5551234;Kanalstr. 8, 23552 Lübeck;`,
    `Juergen Gross${after};juergen${at}@gross.example;;;`,
    'Annika Möller;annika.moeller@mail.example;;Fischmarkt 2, 22767 Hamburg;',
    'Mueller und Soehne;;040 3344210;;',
    'Möller, Anika;;;Fischmarkt 2, 22767 Hamburg;',
    `Elbe Fenster${after} GmbH;kontakt@elbe-fenster${at}.example;040 7120455;Veddeler Damm 18, 20457 Hamburg;Angebot 2026`,
    `Tomasz Miller${after};t.miller${at}@hafen.example;+49 40 9981 77;;`,
  ]
  return { name: `kunden_nord${at}.csv`, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n'), 'latin1') }
}

/** The import from the file to its undoing, and the export. */
export function importStops(mark: string): readonly Stop[] {
  return [
    screen('import', '/import', (words) => words.import.title),
    {
      name: 'import, a file that is no list',
      open: async (page, words) => {
        await goTo(page, '/import')
        const buffer = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2])
        const file = { name: 'prices.xlsx', mimeType: 'application/vnd.ms-excel', buffer }
        await page.getByLabel(words.import.choose, { exact: true }).setInputFiles(file)
        await expect(page.getByRole('alert')).toBeVisible()
      },
    },
    {
      name: 'import, columns',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.getByLabel(words.import.choose, { exact: true }).setInputFiles(csv(mark))
        await expect(page.getByText(words.import.notWritten)).toBeVisible()
      },
    },
    {
      name: 'import, rehearsal',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.getByRole('button', { name: words.import.rehearse(10) }).click()
        await expect(page.getByText(words.import.rehearsalLead(10))).toBeVisible()
      },
    },
    {
      name: 'import, those who look like someone',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.getByRole('button', { name: new RegExp(`${words.import.kinds.duplicateOfExisting}$`) }).click()
        await expect(page.getByRole('table', { name: words.import.rowsLabel })).toContainText('Möller, Anika')
      },
    },
    {
      name: 'import, every row',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.getByRole('button', { name: new RegExp(`${words.import.total}$`) }).click()
        await expect(page.getByRole('table', { name: words.import.rowsLabel })).toContainText('Zimmerei Ahrens')
      },
    },
    {
      name: 'import, correcting a row',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.getByRole('button', { name: new RegExp(`${words.import.kinds.invalid}$`) }).click()
        await page.getByRole('button', { name: words.import.fixRow(3), exact: true }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
      },
    },
    {
      name: 'import, report',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.getByRole('button', { name: withAnyCount(words.import.apply) }).click()
        await expect(page.getByRole('button', { name: words.import.another })).toBeVisible({ timeout: 20_000 })
      },
    },
    {
      name: 'import, earlier ones',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.getByRole('button', { name: words.import.another }).click()
        await expect(page.getByRole('region', { name: words.import.history })).toBeVisible()
      },
    },
    {
      name: 'import, undoing one',
      open: async (page, words) => {
        await goTo(page, '/import')
        const undo = page.getByRole('button', { name: words.import.undoOf(csv(mark).name) })
        await expect(undo).toBeVisible()
        await undo.click()
        await expect(page.getByRole('dialog')).toBeVisible()
      },
    },
    {
      name: 'import, a file over the window',
      open: async (page, words) => {
        await goTo(page, '/customers')
        const dataTransfer = await page.evaluateHandle(() => {
          const data = new DataTransfer()
          data.items.add(new File(['name\n'], 'list.csv', { type: 'text/csv' }))
          return data
        })
        await page.getByRole('main').dispatchEvent('dragover', { dataTransfer })
        await expect(page.getByText(words.import.dropAnywhere)).toBeVisible()
      },
    },
    screen('export', '/export', (words) => words.export.title),
  ]
}
