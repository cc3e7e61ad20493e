import type * as Electron from 'electron'
import type { IpcInput } from '#shared/ipc/contract.ts'

/** What a notification needs of its surroundings. */
export interface NotifyParts {
  readonly Notification: Pick<typeof Electron.Notification, 'isSupported'> & {
    new (options: Electron.NotificationConstructorOptions): Pick<Electron.Notification, 'on' | 'show'>
  }
  readonly isWanted: () => boolean
  /** Whether somebody looks at the window: then the page itself says it. */
  readonly isWatched: () => boolean
  /** Shows the window and the screen that it is about. */
  readonly open: (screen: IpcInput<'crm:notify'>['screen']) => void
}

/** Has the system tell what happened while nobody looked; a click leads there. */
export function notifier({ Notification, isWanted, isWatched, open }: NotifyParts) {
  return ({ title, body, screen }: IpcInput<'crm:notify'>): void => {
    if (!isWanted() || isWatched() || !Notification.isSupported()) return
    const notification = new Notification({ title, body })
    notification.on('click', () => open(screen))
    notification.show()
  }
}
