import { expect, test } from 'vitest'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import { type Role, roleSchema } from '#shared/domain/role.ts'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { routes, SETTINGS_SECTIONS } from '../lib/routes.ts'
import { type PaletteContext, paletteCommands } from './palette-commands.ts'
import { PLACES } from './places.ts'

const ME = '00000000-0000-4000-8000-000000000001'
const CUSTOMER: CustomerRow = {
  id: '00000000-0000-4000-8000-000000000002',
  name: 'Anna Berger',
  ...NO_FIELDS,
  source: 'manual',
  createdByUserId: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  lastSeenAt: null,
  phoneText: null,
  conversationCount: 0,
  waiting: false,
  attention: false,
  duplicate: false,
  match: null,
}

function offered(role: Role, more: Partial<PaletteContext> = {}) {
  const calls: string[] = []
  const call = (name: string) => (value?: unknown) => {
    calls.push(value === undefined ? name : `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  }
  const groups = paletteCommands({
    actor: { userId: ME, role },
    customer: null,
    chosen: 0,
    companies: [],
    savedFilters: [],
    go: call('go'),
    showList: call('list'),
    deleteCustomer: call('delete'),
    clearChosen: call('clear'),
    switchTo: call('switch'),
    applyFilter: call('filter'),
    setScheme: call('scheme'),
    setLanguage: call('language'),
    syncNow: call('sync'),
    showShortcuts: call('help'),
    signOut: call('sign out'),
    ...more,
  })
  const commands = groups.flatMap(({ actions }) => actions)
  return { commands, ids: commands.map(({ id }) => id), calls }
}

/** Every screen that needs no id, the parts of the settings among them. */
const SCREENS = [
  ...Object.values(routes).filter((route) => typeof route === 'string'),
  ...SETTINGS_SECTIONS.map(routes.settingsSection),
]

test('UI-6: every screen is in the palette and goes where it says, and has a letter of its own after G', () => {
  const { commands, ids, calls } = offered('owner')
  expect(ids).toEqual(expect.arrayContaining(SCREENS))
  for (const screen of SCREENS) commands.find(({ id }) => id === screen)?.onClick()
  expect(calls).toEqual(SCREENS.map((screen) => `go ${screen}`))
  expect(PLACES.map(({ href }) => href).toSorted()).toEqual(
    Object.values(routes)
      .filter((route) => typeof route === 'string' && route !== routes.newCustomer)
      .toSorted(),
  )
  expect(new Set(PLACES.map(({ key }) => key)).size).toBe(PLACES.length)
})

test('UI-6: no command stands in the palette twice', () => {
  const { ids } = offered('owner', { customer: CUSTOMER, chosen: 3 })
  expect(new Set(ids).size).toBe(ids.length)
})

test('R-1: the palette offers what the role may do, and nothing else', () => {
  const missing = (role: Role) => SCREENS.filter((screen) => !offered(role).ids.includes(screen))
  expect(roleSchema.options.map((role) => [role, missing(role)])).toEqual([
    ['owner', []],
    ['manager', []],
    ['sales', [routes.export, routes.settingsSection('privacy'), routes.settingsSection('log')]],
    ['analyst', [routes.newCustomer, routes.import, routes.settingsSection('log')]],
  ])
  const about = (role: Role, ownerId: string | null) => {
    const customer = { ...CUSTOMER, ownerId }
    const none = offered(role).ids
    return offered(role, { customer, chosen: 2 }).ids.filter((id) => !none.includes(id))
  }
  const edit = routes.editCustomer(CUSTOMER.id)
  const merge = routes.merge([CUSTOMER.id])
  expect(about('owner', null)).toEqual([edit, merge, 'delete', 'export-chosen', 'clear-chosen'])
  expect(about('manager', null)).toEqual([edit, merge, 'export-chosen', 'clear-chosen'])
  expect(about('sales', null)).toEqual(['clear-chosen'])
  expect(about('sales', ME)).toEqual([edit, 'clear-chosen'])
  expect(about('analyst', ME)).toEqual(['export-chosen', 'clear-chosen'])
})

test('UI-6: other companies, languages and saved filters are a command each', () => {
  const company = { companyId: CUSTOMER.id, companyName: 'Other Ltd', unsent: 0, isOpen: false }
  const open = { ...company, companyId: ME, isOpen: true }
  const { commands, ids, calls } = offered('sales', { companies: [open, company] })
  expect(ids).not.toContain(ME)
  for (const id of [CUSTOMER.id, 'language-de', 'scheme-dark', 'view-mine', 'sync', 'help', 'sign-out']) {
    commands.find((command) => command.id === id)?.onClick()
  }
  expect(calls).toEqual([
    `switch ${CUSTOMER.id}`,
    'language de',
    'scheme dark',
    'list mine',
    'sync',
    'help',
    'sign out',
  ])
})
