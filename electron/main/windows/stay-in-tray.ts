import type { App, BrowserWindow } from 'electron'

/** The tray, as far as it is used. */
export interface TrayParts {
  /** Whether closing the window leaves the app there. */
  readonly isWanted: () => boolean
  /** Puts the app's icon into the tray, with a way back and a way out. */
  readonly putIcon: () => void
}

/**
 * Lets the sync go on while the window is closed, where the user wants that: closing hides the
 * window. Quitting (menu, tray, log-off, update) always quits.
 */
export function stayInTray(app: Pick<App, 'on'>, { isWanted, putIcon }: TrayParts) {
  let isQuitting = false
  let hasIcon = false
  app.on('before-quit', () => {
    isQuitting = true
  })
  return (window: Pick<BrowserWindow, 'on' | 'hide'>): void => {
    window.on('close', (event) => {
      if (isQuitting || !isWanted()) return
      event.preventDefault()
      window.hide()
      if (hasIcon) return
      hasIcon = true
      putIcon()
    })
  }
}
