import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'
import { writeFileAtomically } from '../files/atomic-file.ts'
import { readJsonFile } from '../files/read-json.ts'
import type { Log } from '../log/log.ts'

const windowStateSchema = z.object({
  position: z.object({ x: z.number().int(), y: z.number().int() }).nullable(),
  width: z.number().int().min(360).max(10_000),
  height: z.number().int().min(400).max(10_000),
  maximized: z.boolean(),
})
/** Where the window was, in device-independent pixels. Without a position it is centred. */
export type WindowState = z.output<typeof windowStateSchema>

export const FIRST_WINDOW: WindowState = { position: null, width: 1280, height: 800, maximized: false }

/** Pixels of the window that must lie on a screen, each way, so that one can grab it. */
const GRABBABLE = 80

/** The state to open with: the stored one, moved to the middle when its screen is gone. */
export function placeWindow(stored: WindowState, screens: readonly Rectangle[]): WindowState {
  if (stored.position === null) return stored
  const { width } = stored
  const { x, y } = stored.position
  const onScreen = screens.some((screen) => {
    const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
    // The title bar is at the top: its edge has to be on the screen, too.
    const titleBar = y >= screen.y && y <= screen.y + screen.height - GRABBABLE
    return across >= GRABBABLE && titleBar
  })
  return onScreen ? stored : { ...stored, position: null }
}

/** Reads the stored state; the first-start one where there is none or it makes no sense. */
export function readWindowState(file: string, log: Log): WindowState {
  const found = readJsonFile(file, windowStateSchema)
  if (found.kind === 'value') return found.value
  if (found.kind === 'unreadable') log.warn('window.state-unreadable', { error: found.error })
  return FIRST_WINDOW
}

/** Stores where a window is whenever it closes. */
export function keepWindowState(
  window: Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized'>,
  file: string,
  log: Log,
): void {
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds()
    const state: WindowState = { position: { x, y }, width, height, maximized: window.isMaximized() }
    try {
      writeFileAtomically(file, JSON.stringify(state))
    } catch (error) {
      log.warn('window.state-unsaved', { error })
    }
  })
}
