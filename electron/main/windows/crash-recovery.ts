import type { WebContents } from 'electron'
import type { Log } from '../log/log.ts'

/** A second crash within this time is not helped by loading again. */
const AGAIN_MS = 60_000

/** What the recovery of a window needs of its surroundings. */
export interface RecoveryParts {
  readonly now: () => number
  /** Says that the window broke twice. */
  readonly giveUp: () => void
  readonly log: Log
}

/** Loads a window again whose process died: once, then it says so instead of flickering for ever. */
export function recoverOnce(contents: Pick<WebContents, 'on' | 'reload'>, { now, giveUp, log }: RecoveryParts): void {
  let last = Number.NEGATIVE_INFINITY
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.warn('process.gone', { exitCode })
    if (reason === 'clean-exit') return
    const isSecond = now() - last < AGAIN_MS
    last = now()
    if (isSecond) {
      giveUp()
      return
    }
    log.info('window.reloaded')
    contents.reload()
  })
}
