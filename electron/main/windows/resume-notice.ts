import type * as Electron from 'electron'
import { RESUME_CHANNEL } from '#shared/ipc/notices.ts'
import type { Log } from '../log/log.ts'

/** Tells every window when the machine woke up: connections that look alive are dead by then. */
export function noticeResume(
  powerMonitor: Pick<Electron.PowerMonitor, 'on'>,
  BrowserWindow: Pick<typeof Electron.BrowserWindow, 'getAllWindows'>,
  log: Log,
): void {
  powerMonitor.on('resume', () => {
    log.info('power.resumed')
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(RESUME_CHANNEL)
  })
}
