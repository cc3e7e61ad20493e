import type { BackendConfig } from '#shared/domain/backend-config.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { writeFileAtomically } from '../files/atomic-file.ts'
import type { Log } from '../log/log.ts'
import { checkConnection, type Fetch } from './check-connection.ts'

/** Which server the app belongs to. */
export interface ServerChoice {
  readonly get: () => BackendConfig | null
  /**
   * Connects the app, for good: a link must never lead it, and what waits to be sent, to another
   * server. Fails with `already_connected`, what the checks found, or `not_saved`.
   */
  readonly connect: (config: BackendConfig) => Promise<Result<null>>
}

/** The choice as it was configured, kept in `file` when it is made. */
export function openServerChoice(
  configured: BackendConfig | null,
  {
    file,
    fetch,
    changed,
    log,
  }: { readonly file: string; readonly fetch: Fetch; readonly changed: () => void; readonly log: Log },
): ServerChoice {
  let current = configured
  return {
    get: () => current,
    connect: async (config) => {
      if (current !== null) {
        return fail('already_connected', 'This app belongs to a server already. Your administrator can change that.')
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
      log.info('config.saved')
      changed()
      return ok(null)
    },
  }
}
