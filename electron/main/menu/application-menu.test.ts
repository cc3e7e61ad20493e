import { expect, test, vi } from 'vitest'
import { menuTemplate } from './application-menu.ts'

const OWN = { chooseFile: vi.fn(), lock: vi.fn() }
const roles = (options: Pick<Parameters<typeof menuTemplate>[0], 'platform' | 'devTools'>): unknown[] =>
  menuTemplate({ ...OWN, ...options }).flatMap(({ role, submenu }) => [
    role,
    ...(Array.isArray(submenu) ? submenu.map((e) => e.role) : []),
  ])

test('EL-2: the menu has the platform’s own entries, and the app menu on a Mac', () => {
  expect(roles({ platform: 'linux', devTools: true })).toEqual(
    expect.arrayContaining(['fileMenu', 'editMenu', 'windowMenu', 'reload', 'zoomIn', 'togglefullscreen']),
  )
  expect(roles({ platform: 'linux', devTools: true })).not.toContain('appMenu')
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
