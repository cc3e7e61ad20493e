import { expect, test } from 'vitest'
import { menuTemplate } from './application-menu.ts'

const roles = (options: Parameters<typeof menuTemplate>[0]): unknown[] =>
  menuTemplate(options).flatMap(({ role, submenu }) => [
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
