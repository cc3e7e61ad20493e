import type { Page } from '@playwright/test'
import type { Texts } from '../../renderer/texts/texts.ts'
import type { DemoBase } from './demo-base.ts'
import { expect, goTo, type Stop } from './stop.ts'

/** Every screen and dialog that an owner has, in an order in which each can be reached from the one before. */
export function tour(base: DemoBase, mark: string): readonly Stop[] {
  return [
    ...listStops(),
    ...customerStops(base),
    ...mergeStops(base),
    ...importStops(mark),
    ...frameStops(),
    ...settingsStops(),
  ]
}

const screen = (name: string, path: string, ready: (words: Texts) => string): Stop => ({
  name,
  open: async (page, words) => {
    await goTo(page, path)
    await expect(page.getByRole('heading', { level: 1, name: ready(words) })).toBeVisible()
  },
})

async function openList(page: Page, words: Texts, search = ''): Promise<void> {
  await goTo(page, '/customers')
  const box = page.getByRole('textbox', { name: words.list.searchLabel })
  if ((await box.inputValue()) !== search) await box.fill(search)
  if (search !== '') await expect(page.getByRole('grid').locator('mark').first()).toBeVisible()
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible()
}

function listStops(): readonly Stop[] {
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
        await openList(page, words)
        await page.keyboard.press('Escape')
        await page.getByRole('grid').focus()
        await page.keyboard.press('f')
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
        await openList(page, words)
        await page.keyboard.press('Escape')
        await page.getByRole('grid').focus()
        await page.keyboard.press('v')
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
        await expect(page.locator('[role="menu"], [role="dialog"]')).toBeVisible()
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

function customerStops({ firm, stranger }: DemoBase): readonly Stop[] {
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
    tab('customer', 'profile'),
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

function mergeStops({ firm, twin, stranger }: DemoBase): readonly Stop[] {
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

/** A file as people have them: new ones, known ones, one twice, one that can't be read. */
function csv(mark: string): { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } {
  const rows = [
    'Name;E-Mail;Telefon;Straße und Ort;Bemerkung',
    `Zimmerei Ahrens ${mark};post@zimmerei-ahrens-${mark}.example;+49 4101 77201;Mühlenweg 3, 25421 Pinneberg;Dachstühle`,
    `Hafenbau KG ${mark};info@hafenbau${mark};040 998177;Am Sandtorkai 50, 20457 Hamburg;`,
    `Käthe Lindemann ${mark};kaethe.${mark}@lindemann.example;04101 55180;;Küche im Mai`,
    `Jürgen Groß ${mark};juergen.${mark}@gross.example;040 5551234;Kanalstr. 8, 23552 Lübeck;`,
    `Juergen Gross ${mark};juergen.${mark}@gross.example;;;`,
    'Annika Möller;annika.moeller@mail.example;;Fischmarkt 2, 22767 Hamburg;',
    'Mueller und Soehne;;040 3344210;;',
    'Möller, Anika;;;Fischmarkt 2, 22767 Hamburg;',
    `Elbe Fenster ${mark} GmbH;kontakt@elbe-fenster-${mark}.example;040 7120455;Veddeler Damm 18, 20457 Hamburg;Angebot 2026`,
    `Tomasz Miller ${mark};t.miller.${mark}@hafen.example;+49 40 9981 77;;`,
  ]
  return { name: `kunden_nord ${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n'), 'latin1') }
}

function importStops(mark: string): readonly Stop[] {
  return [
    screen('import', '/import', (words) => words.import.title),
    {
      name: 'import, a file that is no list',
      open: async (page) => {
        await goTo(page, '/import')
        const buffer = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2])
        await page
          .locator('input[type=file]')
          .last()
          .setInputFiles({ name: 'prices.xlsx', mimeType: 'application/vnd.ms-excel', buffer })
        await expect(page.getByRole('alert')).toBeVisible()
      },
    },
    {
      name: 'import, columns',
      open: async (page, words) => {
        await goTo(page, '/import')
        await page.locator('input[type=file]').last().setInputFiles(csv(mark))
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
        await page
          .locator('[class*="foot"], main')
          .last()
          .getByRole('button', { name: /^(Import|.*importieren)/ })
          .last()
          .click()
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

function frameStops(): readonly Stop[] {
  return [
    {
      name: 'overview',
      open: async (page, words) => {
        await goTo(page, '/dashboard')
        await expect(page.getByRole('heading', { level: 1, name: words.dashboard.title })).toBeVisible()
        await expect(page.getByRole('region', { name: words.dashboard.growth }).getByRole('img')).toBeVisible()
        await expect(page.getByRole('region', { name: words.dashboard.imports })).toBeVisible()
      },
    },
    screen('undo', '/undo', (words) => words.undo.title),
    screen('attention, nothing', '/attention', (words) => words.attention.title),
    screen('sync', '/sync', (words) => words.sync.title),
    {
      name: 'sync, in the pill',
      open: async (page, words) => {
        await goTo(page, '/customers')
        await page
          .getByRole('banner')
          .getByRole('button', { name: words.pill.label(words.pill.upToDate) })
          .click()
        await expect(page.getByRole('dialog')).toBeVisible()
      },
    },
    {
      name: 'palette',
      open: async (page) => {
        await goTo(page, '/dashboard')
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('textbox').fill('mueller')
        await expect(page.getByRole('dialog').getByText('Müller & Söhne GmbH').first()).toBeVisible()
      },
    },
    {
      name: 'keyboard',
      open: async (page, words) => {
        await goTo(page, '/dashboard')
        await page.getByRole('heading', { level: 1 }).focus()
        await page.keyboard.press('?')
        await expect(page.getByRole('dialog', { name: words.help.title })).toBeVisible()
      },
    },
    {
      name: 'menu of the account',
      open: async (page) => {
        await goTo(page, '/dashboard')
        await page.getByRole('banner').getByRole('button').last().click()
        await expect(page.getByRole('menu')).toBeVisible()
      },
    },
    screen('no such page', '/nowhere', (words) => words.notFound.title),
  ]
}

function settingsStops(): readonly Stop[] {
  const part = (section: keyof Texts['settings']['sections'], more?: Stop['open'], name = ''): Stop => ({
    name: `settings, ${section}${name}`,
    open: async (page, words) => {
      await goTo(page, `/settings/${section}`)
      await expect(page.getByRole('heading', { level: 1, name: words.settings.sections[section] })).toBeVisible()
      await expect(page.getByRole('status', { name: words.settings.loading })).toHaveCount(0)
      await more?.(page, words)
    },
  })
  const dialog = (page: Page) => expect(page.getByRole('dialog')).toBeVisible()
  return [
    part('account'),
    part('company'),
    part('members'),
    part(
      'members',
      async (page, { settings: { members } }) => {
        await page.getByRole('textbox', { name: members.inviteName }).fill('Gerda Lindqvist')
        await page.getByRole('textbox', { name: members.inviteEmail }).fill('gerda@northbuild.example')
        await page.getByRole('button', { name: members.inviteSubmit }).click()
        await expect(page.locator('output code')).toBeVisible()
      },
      ', an invitation',
    ),
    part(
      'members',
      async (page, { settings: { members } }) => {
        await page.getByRole('button', { name: members.removeOf('Sanne de Vries') }).click()
        await dialog(page)
      },
      ', removing one',
    ),
    part('privacy'),
    part(
      'privacy',
      async (page, { settings: { privacy } }) => {
        await page.getByRole('textbox', { name: privacy.find }).fill('annika moeller')
        await page.getByRole('button', { name: /^Annika Möller/ }).click()
        await expect(page.getByRole('button', { name: privacy.erase })).toBeVisible()
      },
      ', a person',
    ),
    part(
      'privacy',
      async (page, { settings: { privacy } }) => {
        await page.getByRole('button', { name: privacy.erase }).click()
        await dialog(page)
      },
      ', erasing',
    ),
    part('devices'),
    part('appearance'),
    part('app'),
    part('data'),
    part(
      'data',
      async (page, { settings: { data } }) => {
        await page.getByRole('button', { name: data.rebuild }).click()
        await dialog(page)
      },
      ', fetching everything again',
    ),
    part('log'),
  ]
}
