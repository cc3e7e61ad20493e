import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { german } from '../texts/german.ts'
import { TEXTS } from '../texts/texts.ts'
import { menuTemplate, trayTemplate } from './application-menu.ts'

const OWN = { texts: TEXTS.en, chooseFile: vi.fn(), lock: vi.fn() }
/** All entries of a menu and of the menus in it. */
const entries = (menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  menu.flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? entries(entry.submenu) : [])])
const roles = (options: Pick<Parameters<typeof menuTemplate>[0], 'platform' | 'devTools'>): unknown[] =>
  entries(menuTemplate({ ...OWN, ...options })).map(({ role }) => role)

test('EL-2: the menu has the platform’s own entries, and the app menu on a Mac', () => {
  const everywhere = ['fileMenu', 'editMenu', 'windowMenu', 'undo', 'paste', 'reload', 'zoomIn', 'togglefullscreen']
  expect(roles({ platform: 'linux', devTools: true })).toEqual(expect.arrayContaining([...everywhere, 'quit']))
  expect(roles({ platform: 'linux', devTools: true })).not.toContain('appMenu')
  expect(roles({ platform: 'darwin', devTools: true })).toEqual(
    expect.arrayContaining([...everywhere, 'quit', 'hide', 'startSpeaking']),
  )
  expect(roles({ platform: 'darwin', devTools: true })[0]).toBe('appMenu')
})

test('EL-1: developer tools are in development only', () => {
  expect(roles({ platform: 'win32', devTools: true })).toContain('toggleDevTools')
  expect(roles({ platform: 'win32', devTools: false })).not.toContain('toggleDevTools')
})

test('EL-2: a file can be chosen and the app locked from the menu', () => {
  const file = menuTemplate({ ...OWN, platform: 'linux', devTools: false }).find(({ role }) => role === 'fileMenu')
  const [choose, lock] = Array.isArray(file?.submenu) ? file.submenu : []
  expect([choose?.click, lock?.click]).toEqual([OWN.chooseFile, OWN.lock])
})

test('SY-7: the tray has a way back and a way out', () => {
  const [show, quit] = [vi.fn(), vi.fn()]
  const [open, , leave] = trayTemplate(TEXTS.en, show, quit)
  expect([open?.click, leave?.click]).toEqual([show, quit])
})

test.each(['linux', 'win32', 'darwin'] as const)(
  'UI-5: every entry of the menu bar and of the tray on %s is in German',
  (platform) => {
    const menu = menuTemplate({ ...OWN, texts: german, platform, devTools: true })
    const words = new Set([...Object.values(german.menu), ...Object.values(german.roles)])
    const shown = entries(menu).filter(({ type }) => type !== 'separator')
    // A Mac writes the name of the app over the app menu, whatever it is called here.
    expect(shown.filter(({ label, role }) => role !== 'appMenu' && !words.has(label ?? ''))).toEqual([])
    expect(menu.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Datei', 'Bearbeiten', 'Ansicht', 'Fenster']),
    )
    const tray = trayTemplate(german, vi.fn(), vi.fn())
    expect(tray.map(({ label }) => label)).toEqual(['TradeSphere Customers öffnen', undefined, 'Beenden'])
  },
)
