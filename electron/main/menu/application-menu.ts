import type { MenuItemConstructorOptions } from 'electron'
import type { MainTexts } from '../texts/texts.ts'

/** For which machine and build the menu is, in which language, and what its own entries do. */
export interface MenuOptions {
  readonly texts: MainTexts
  readonly platform: NodeJS.Platform
  readonly devTools: boolean
  /** Lets the person choose a file to import. */
  readonly chooseFile: () => void
  readonly lock: () => void
}

/** The menu bar: the platform's own entries with its own shortcuts, in the language of the app. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { texts, platform, devTools, chooseFile, lock } = options
  const words = texts.menu
  const mac = platform === 'darwin'
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const does = (...roles: (keyof MainTexts['roles'])[]): MenuItemConstructorOptions[] =>
    roles.map((role) => ({ role, label: texts.roles[role] }))
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      ...does('about'),
      line,
      ...does('services'),
      line,
      ...does('hide', 'hideOthers', 'unhide'),
      line,
      ...does('quit'),
    ],
  }
  const editing = mac
    ? [
        ...does('pasteAndMatchStyle', 'delete', 'selectAll'),
        line,
        {
          label: words.substitutions,
          submenu: [
            ...does('showSubstitutions'),
            line,
            ...does('toggleSmartQuotes', 'toggleSmartDashes', 'toggleTextReplacement'),
          ],
        },
        { label: words.speech, submenu: does('startSpeaking', 'stopSpeaking') },
      ]
    : [...does('delete'), line, ...does('selectAll')]
  return [
    ...(mac ? [appMenu] : []),
    {
      role: 'fileMenu',
      label: words.file,
      submenu: [
        { label: words.importFile, accelerator: 'CmdOrCtrl+O', click: chooseFile },
        { label: words.lock, accelerator: 'CmdOrCtrl+Shift+L', click: lock },
        line,
        ...does(mac ? 'close' : 'quit'),
      ],
    },
    {
      role: 'editMenu',
      label: words.edit,
      submenu: [...does('undo', 'redo'), line, ...does('cut', 'copy', 'paste'), ...editing],
    },
    {
      label: words.view,
      submenu: [
        ...does('reload'),
        ...(devTools ? does('toggleDevTools') : []),
        line,
        ...does('resetZoom', 'zoomIn', 'zoomOut'),
        line,
        ...does('togglefullscreen'),
      ],
    },
    {
      role: 'windowMenu',
      label: words.window,
      submenu: [...does('minimize', 'zoom'), ...(mac ? [line, ...does('front')] : does('close'))],
    },
  ]
}

/** The menu of the icon in the tray. */
export function trayTemplate({ tray }: MainTexts, show: () => void, quit: () => void): MenuItemConstructorOptions[] {
  return [{ label: tray.open, click: show }, { type: 'separator' }, { label: tray.quit, click: quit }]
}
