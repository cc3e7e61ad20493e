import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectAccessible } from '../harness/accessible.ts'
import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { startTestBackend, type TestBackend } from '../harness/backend.ts'
import { expect, test } from '../harness/desktop-test.ts'

// What the operating system does to the app (links, files, idle time, the close button) only the
// stand-in can play; what real Electron must show with it stands in desktop-real.spec.ts.

let backend: TestBackend
test.beforeAll(async () => {
  backend = await startTestBackend({ customers: 30 })
})
test.afterAll(() => backend.close())

test('EL-2: from the first run by a link that offers a server, over the sign-in, to a link, a file, the lock and the tray @standin', async ({
  launch,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'desktop-manners-'))
  try {
    const desktop = await launch({ config: null })
    const ui = await desktop.firstWindow()
    const state = desktop.standin?.state
    if (state === undefined) throw new Error('runs on the stand-in')
    const openLink = (url: string): void => void state.app.emit('open-url', { preventDefault: () => {} }, url)

    // A wrong key is said at its field, and nothing is taken from a link before it is agreed to.
    await expect(ui.getByRole('heading', { name: 'Where are your customers?' })).toBeVisible()
    await expectAccessible(ui, 'the first run')
    await ui.getByLabel('Server address').fill('https://typed.example')
    openLink(`tradesphere://connect?url=${encodeURIComponent(backend.url())}&key=sb_publishable_wrong`)
    await expect(ui.getByText(`A link offers the server ${new URL(backend.url()).host}`)).toBeVisible()
    await expect(ui.getByLabel('Server address')).toHaveValue('https://typed.example')
    await ui.getByRole('button', { name: 'Use this server' }).click()
    await ui.getByRole('button', { name: 'Connect' }).click()
    await expect(ui.getByText('does not know this key')).toBeVisible()
    await ui.getByLabel('Publishable key').fill(backend.publishableKey())
    await ui.getByRole('button', { name: 'Connect' }).click()

    await signIn(ui, backend.user('owner'))
    await waitUntilInStep(ui)
    expect(JSON.parse(readFileSync(join(desktop.userData, 'config.json'), 'utf8'))).toEqual({
      supabaseUrl: backend.url(),
      publishableKey: backend.publishableKey(),
    })

    // A second link can't lead the app elsewhere.
    openLink('tradesphere://connect?url=https%3A%2F%2Fevil.example&key=k')
    await expect(ui.getByText('A link offered the server evil.example.')).toBeVisible()

    // A link to a customer opens it; one with anything else in it does nothing.
    const [customer] = await backend.sql()`
      select customers.id, customer_name as name from customers join companies on companies.id = customers.company_id
      where companies.name = ${backend.user('owner').company} and deleted_at is null limit 1`
    openLink(`tradesphere://customer/${customer?.id}`)
    await expect(ui.getByRole('heading', { name: String(customer?.name), exact: true })).toBeVisible()
    openLink(`tradesphere://customer/${customer?.id}/../../settings`)
    await expect.poll(() => readFileSync(join(desktop.userData, 'logs/main.log'), 'utf8')).toContain('opening.refused')
    await expect(ui).toHaveURL(new RegExp(`#/customers/${customer?.id}$`))

    // "Open with" a file, as a second start of the app brings it.
    const csv = join(folder, 'Trade fair.csv')
    writeFileSync(csv, 'name,email\nAda Lovelace,ada@example.com\n')
    state.app.emit('second-instance', {}, ['app', '--flag', csv], folder)
    await expect(ui.getByText('Nothing has been written yet.')).toBeVisible()
    await expect(ui.getByText('Trade fair.csv').first()).toBeVisible()

    // The lock: on by a PIN, with the screen of the machine, off by the same PIN only.
    // As long as there is no PIN the menu's Lock leads to where one is set.
    const fileMenu = state.menu.find(({ role }) => role === 'fileMenu')?.submenu
    const lock = Array.isArray(fileMenu) ? fileMenu.find(({ label }) => label === 'Lock') : undefined
    if (lock?.click === undefined) throw new Error('the menu has no Lock')
    Reflect.apply(lock.click, null, [])
    await ui.getByLabel('New PIN').fill('4711')
    await ui.getByRole('button', { name: 'Turn on' }).click()
    await expect(ui.getByText('On, after 15 minutes')).toBeVisible()
    await expectAccessible(ui, 'the settings of the app')
    // Also over a customer, the toast of what was done to it, and a question that is being asked.
    openLink(`tradesphere://customer/${customer?.id}`)
    await ui.context().setOffline(true)
    await ui.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(ui.getByText(`${customer?.name} deleted`)).toBeVisible()
    await ui.getByRole('button', { name: /^Account of/ }).click()
    await ui.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(ui.getByRole('dialog', { name: 'Changes would be lost' })).toBeVisible()
    await desktop.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'), null)
    await expect(ui.getByRole('heading', { name: 'Locked' })).toBeVisible()
    await expectAccessible(ui, 'the lock')
    await expect(ui.getByRole('navigation')).toHaveCount(0)
    await expect(ui.getByRole('dialog')).toHaveCount(0)
    expect(await ui.content()).not.toContain(String(customer?.name))
    await ui.getByLabel('PIN', { exact: true }).fill('0000')
    await ui.getByRole('button', { name: 'Unlock' }).click()
    await expect(ui.getByText('This is not your PIN.')).toBeVisible()
    await ui.getByLabel('PIN', { exact: true }).fill('4711')
    await ui.getByRole('button', { name: 'Unlock' }).click()
    // The question is not asked any more; the act can still be taken back.
    await expect(ui.getByRole('navigation').first()).toBeVisible()
    await expect(ui.getByRole('dialog')).toHaveCount(0)
    await ui.getByRole('button', { name: 'Undo' }).click()
    await expect(ui.getByText(`${customer?.name} is back`)).toBeVisible()
    await ui.context().setOffline(false)
    await ui.evaluate(() => {
      window.location.hash = '#/settings/app'
    })

    // The tray: closing hides the window, where that is wanted.
    await ui.getByRole('switch', { name: 'Keep syncing when the window is closed' }).click()
    await expect(ui.getByRole('switch', { name: 'Keep syncing when the window is closed' })).toBeChecked()
    const isVisible = () =>
      desktop.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.close()
        return BrowserWindow.getAllWindows()[0]?.isVisible()
      }, null)
    expect(await isVisible()).toBe(false)
    expect(state.record.trays.map((menu) => menu.map(({ label }) => label))).toEqual([
      ['Open TradeSphere Customers', undefined, 'Quit'],
    ])
    state.app.emit('second-instance', {}, ['app'], folder)
    expect(state.windows[0]?.isVisible()).toBe(true)

    // The diagnostics name nobody.
    // They are saved where the person chooses, and not at all where they give up.
    const save = ui.getByRole('button', { name: 'Save diagnostics' })
    state.chosen.saveFolder = null
    await save.click()
    await expect.poll(() => state.record.saveDialogs).toBe(1)
    expect(state.record.savedAs).toEqual([])
    state.chosen.saveFolder = folder
    await save.click()
    const place = join(folder, 'tradesphere-diagnostics.json')
    await expect.poll(() => existsSync(place)).toBe(true)
    expect(state.record.savedAs).toEqual([place])
    const saved = readFileSync(place, 'utf8')
    expect(saved).toContain('app.started')
    for (const planted of [
      backend.user('owner').email,
      String(customer?.name),
      'Ada',
      backend.url(),
      desktop.userData,
    ]) {
      expect(saved).not.toContain(planted)
    }

    // Menus and tray follow the language that is chosen on the page.
    await ui.evaluate(() => {
      window.location.hash = '#/settings/appearance'
    })
    await ui.getByRole('radiogroup', { name: 'Language' }).getByText('Deutsch').click()
    await expect.poll(() => state.menu.map(({ label }) => label)).toContain('Bearbeiten')
    expect(state.record.trays.at(-1)?.map(({ label }) => label)).toEqual([
      'TradeSphere Customers öffnen',
      undefined,
      'Beenden',
    ])
    expect(state.record.pageErrors).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
