import { type Preferences, preferencesSchema } from '#shared/ipc/desktop.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { writeFileAtomically } from '../files/atomic-file.ts'
import { readJsonFile } from '../files/read-json.ts'
import type { Log } from '../log/log.ts'

const FIRST: Preferences = { keepSyncing: false, notifications: true }

/** The choices of this computer's user, kept in a file. */
export interface PreferenceStore {
  readonly get: () => Preferences
  /** Keeps them. Fails with `not_saved`; then the old ones stay. */
  readonly set: (preferences: Preferences) => Result<null>
}

/** Opens the file; where there is none, or nonsense in it, the first-start choices hold. */
export function openPreferences(file: string, log: Log): PreferenceStore {
  const found = readJsonFile(file, preferencesSchema)
  if (found.kind === 'unreadable') log.warn('preferences.unreadable', { error: found.error })
  let current = found.kind === 'value' ? found.value : FIRST
  return {
    get: () => current,
    set: (preferences) => {
      try {
        writeFileAtomically(file, JSON.stringify(preferences))
        current = preferences
        return ok(null)
      } catch (error) {
        log.warn('preferences.unsaved', { error })
        return fail('not_saved', 'Your choice could not be saved on this computer. Check that its disk has space.')
      }
    },
  }
}
