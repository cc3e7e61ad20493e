import type { MenuItemConstructorOptions } from 'electron'

/** For which machine and build the menu is. */
export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly devTools: boolean
}

/** The menu bar: the platform's own entries, with its own labels, translations and shortcuts. */
export function menuTemplate({ platform, devTools }: MenuOptions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        ...(devTools ? [{ role: 'toggleDevTools' } as const] : []),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ]
}
