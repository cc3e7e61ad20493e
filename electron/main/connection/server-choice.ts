import { rmSync } from 'node:fs'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { writeFileAtomically } from '../files/atomic-file.ts'
import type { Log } from '../log/log.ts'
import { checkConnection, type Fetch } from './check-connection.ts'

/** Which server the app belongs to. */
export interface ServerChoice {
  readonly get: () => BackendConfig | null
  /**
   * Connects the app. A link must never lead it, and what waits to be sent, to another server: fails
   * with `already_connected`, what the checks found, or `not_saved`.
   */
  readonly connect: (config: BackendConfig) => Promise<Result<null>>
  /** Forgets the server. Fails with `managed` (it isn't the user's choice) or `signed_in`. */
  readonly disconnect: () => Result<null>
}

/** What the choice needs of its surroundings. */
export interface ServerChoiceParts {
  /** The user's own `config.json`. */
  readonly file: string
  /** Whether what was configured came from that file, and not from an administrator. */
  readonly isOwn: boolean
  readonly isSignedIn: () => boolean
  readonly fetch: Fetch
  readonly changed: () => void
  readonly log: Log
}

/** The choice as it was configured, kept in `file` when it is made. */
export function openServerChoice(configured: BackendConfig | null, parts: ServerChoiceParts): ServerChoice {
  const { file, isSignedIn, fetch, changed, log } = parts
  let current = configured
  let isOwn = parts.isOwn
  return {
    get: () => current,
    connect: async (config) => {
      if (current !== null) {
        return fail('already_connected', 'This app belongs to a server already. Sign out to choose another one.')
      }
      const checked = await checkConnection(config, fetch)
      if (!checked.ok) return checked
      try {
        writeFileAtomically(file, JSON.stringify(config))
      } catch (error) {
        log.warn('config.unsaved', { error })
        return fail('not_saved', 'The server could not be remembered on this computer. Check that its disk has space.')
      }
      current = config
      isOwn = true
      log.info('config.saved')
      changed()
      return ok(null)
    },
    disconnect: () => {
      if (!isOwn) return fail('managed', 'Your administrator has chosen the server of this computer.')
      if (isSignedIn()) return fail('signed_in', 'Sign out first.')
      rmSync(file, { force: true })
      current = null
      changed()
      return ok(null)
    },
  }
}
