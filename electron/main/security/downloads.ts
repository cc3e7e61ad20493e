import type { Session } from 'electron'
import type { Log } from '../log/log.ts'

/** No page puts files on the disk by itself: what the app saves goes through the system's dialog (`saved-files.ts`). */
export function refuseDownloads(session: Pick<Session, 'on'>, log: Log): void {
  session.on('will-download', (event) => {
    event.preventDefault()
    log.warn('download.refused')
  })
}
