import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { StandinState } from './standin-state.ts'

/** Electron's `Notification`: what it would show is recorded. */
export class StandinNotification extends EventEmitter {
  readonly #state: StandinState
  readonly #options: Electron.NotificationConstructorOptions

  constructor(state: StandinState, options: Electron.NotificationConstructorOptions) {
    super()
    this.#state = state
    this.#options = options
  }

  show = (() => {
    const { title = '', body = '' } = this.#options
    this.#state.record.notifications.push({ title, body, click: () => this.emit('click', {}) })
  }) satisfies Electron.Notification['show']
}

/** Electron's `Tray`: its menus are recorded. */
export class StandinTray extends EventEmitter {
  readonly #state: StandinState

  constructor(state: StandinState) {
    super()
    this.#state = state
  }

  setToolTip = (() => {}) satisfies Electron.Tray['setToolTip']
  setContextMenu = ((menu) => {
    this.#state.record.trays.push((menu?.items ?? []) as unknown as Electron.MenuItemConstructorOptions[])
  }) satisfies Electron.Tray['setContextMenu']
}

/** What main constructs. */
export interface StandinNotices {
  readonly Notification: {
    new (options?: Electron.NotificationConstructorOptions): StandinNotification
    readonly isSupported: typeof Electron.Notification.isSupported
  }
  readonly Tray: { new (): StandinTray }
}

/** The `Notification` and the `Tray` of one launch. */
export function noticeClasses(state: StandinState): StandinNotices {
  return {
    Notification: class extends StandinNotification {
      constructor(options: Electron.NotificationConstructorOptions = {}) {
        super(state, options)
      }
      static isSupported = () => true
    },
    Tray: class extends StandinTray {
      constructor() {
        super(state)
      }
    },
  }
}
