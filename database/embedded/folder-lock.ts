import { join } from 'node:path'
// biome-ignore lint/correctness/noUnresolvedImports: Biome's list of Node's modules lacks node:sqlite.
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '#shared/util/result.ts'

/** Held until released, or until the process is gone, however it went. */
export interface FolderLock {
  readonly release: () => void
}

export const LOCK_FILE = 'lock.sqlite'

/** Longest that a backend which is being stopped takes to leave, in milliseconds: whoever starts it again at once waits. */
const LEAVING_MS = 5_000

/**
 * Keeps a second process (or a second start in this one) out of a data folder. SQLite's exclusive
 * lock is used because the operating system takes it back when the holder dies, on every platform;
 * a file with a process id goes stale and its id is given to somebody else.
 * Fails with `folder_in_use`.
 */
export function lockFolder(folder: string): Result<FolderLock> {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(join(folder, LOCK_FILE), { timeout: LEAVING_MS })
    database.exec('begin exclusive')
  } catch (error) {
    database?.close()
    const message = error instanceof Error ? error.message : String(error)
    if (/locked|busy/i.test(message)) {
      return fail(
        'folder_in_use',
        `Another backend is using the data folder ${folder}. Stop it first, or choose another folder with --data.`,
      )
    }
    return fail('folder_not_writable', `The data folder ${folder} can't be written. Choose another one with --data.`)
  }
  const held = database
  return ok({ release: () => held.close() })
}
