import { Dexie } from 'dexie'
import type { IndexedDbApi } from './indexed-db-api.ts'

const PASSING = 'tradesphere-passing'

/**
 * Makes Chromium begin a new journal for all databases of this origin; elsewhere it does nothing of note.
 *
 * A killed browser may leave half a record at the end of its journal. LevelDB skips that, but writes on
 * behind it (google/leveldb#1287), and the start after the next takes the whole for damage: Chromium then
 * deletes everything of the origin. A database that is deleted is the one thing which makes it put what
 * the journal holds into a table and begin another, so it has to come before the first write of a start.
 * Never throws: without it nothing is worse than it was.
 */
export async function beginFreshJournal(api: IndexedDbApi): Promise<void> {
  const passing = new Dexie(PASSING, { ...api })
  passing.version(1).stores({})
  try {
    await passing.open()
    await passing.delete()
  } catch {
    passing.close()
  }
}
