import type { AppUpdater } from 'electron-updater'
import type { UpdateState } from '#shared/ipc/desktop.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { Log } from '../log/log.ts'

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'checkForUpdates' | 'quitAndInstall'
> & {
  on(event: 'update-downloaded', listener: (info: { readonly version: string }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** The update as the app knows it. */
export interface Updates {
  readonly state: () => UpdateState
  /** How many changes wait to be sent: an update stays away while there are any. */
  readonly unsent: (count: number) => void
  /** Call it when the app is about to quit: decides whether the update goes in. */
  readonly quitting: () => void
  /** Restarts into the update. Fails with `no_update`, or `unsent` while changes wait. */
  readonly install: () => Result<null>
}

/** What the updates need of their surroundings. */
export interface UpdateParts {
  /** Null: this build looks for no updates. */
  readonly updater: Updater | null
  readonly platform: NodeJS.Platform
  readonly changed: () => void
  readonly log: Log
}

const EVERY_MS = 4 * 60 * 60_000

/**
 * Looks for updates at the start and every four hours, and downloads them (which of the laptops get
 * one yet, the feed's `stagingPercentage` says). They are installed when the app quits, or when the
 * person asks for it, and never while changes wait to be sent: until the page has said that none do,
 * some may.
 */
export function keepUpdated({ updater, platform, changed, log }: UpdateParts): Updates {
  let version: string | null = null
  let waiting = Number.POSITIVE_INFINITY
  /** On a Mac the system installs what is staged whatever happens after: only by asking for it, there. */
  const installsOnQuit = platform !== 'darwin'

  if (updater !== null) {
    const look = (): void => {
      updater
        .checkForUpdates()
        // The download goes on by itself, and what goes wrong there is nobody else's to catch.
        .then((found) => found?.downloadPromise)
        .catch((error: unknown) => log.warn('update.failed', { error }))
    }
    updater.autoDownload = true
    // electron-updater hooks itself to the quit right after a download, if this is on then, and asks
    // again when the app quits: whether it may, `quitting` says.
    updater.autoInstallOnAppQuit = installsOnQuit
    updater.on('error', (error) => log.warn('update.failed', { error }))
    updater.on('update-downloaded', (info) => {
      version = info.version
      log.info('update.ready')
      changed()
    })
    look()
    setInterval(look, EVERY_MS).unref()
  }

  return {
    state: () =>
      version === null ? { kind: 'none' } : { kind: 'ready', version, isHeld: waiting > 0, onQuit: installsOnQuit },
    unsent: (count) => {
      const wasHeld = waiting > 0
      waiting = count
      if (version !== null && wasHeld !== count > 0) changed()
    },
    quitting: () => {
      if (updater !== null) updater.autoInstallOnAppQuit = installsOnQuit && waiting === 0
    },
    install: () => {
      if (updater === null || version === null) return fail('no_update', 'There is no update to install.')
      if (waiting > 0) return fail('unsent', 'Changes wait to be sent. Go online, then install the update.')
      updater.quitAndInstall()
      return ok(null)
    },
  }
}
