import type { MenuItemConstructorOptions } from 'electron'

/** For which machine and build the menu is, and what its own entries do. */
export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly devTools: boolean
  /** Lets the person choose a file to import. */
  readonly chooseFile: () => void
  readonly lock: () => void
}

/** The menu bar: the platform's own entries, with its own labels, translations and shortcuts. */
export function menuTemplate({ platform, devTools, chooseFile, lock }: MenuOptions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      role: 'fileMenu',
      submenu: [
        { label: 'Import a file…', accelerator: 'CmdOrCtrl+O', click: chooseFile },
        { label: 'Lock', accelerator: 'CmdOrCtrl+Shift+L', click: lock },
        { type: 'separator' },
        { role: mac ? 'close' : 'quit' },
      ],
    },
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
