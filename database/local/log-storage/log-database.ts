import { Dexie } from 'dexie'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import { logFormatSchema } from './log-record.ts'

/** The database of a log, not opened: `log` holds the records, `meta` the head, the format and what was derived. */
export function logDatabase({ indexedDB, IDBKeyRange }: IndexedDbApi, name: string): Dexie {
  const db = new Dexie(name, {
    indexedDB,
    IDBKeyRange,
    // "Saved" must survive a power loss; Chromium's default only hands the write to the system.
    chromeTransactionDurability: 'strict',
    // A database deleted underneath must not come back empty.
    autoOpen: false,
  })
  db.version(1).stores({ log: 'seq', meta: 'key' })
  return db
}

/** Whether an existing log says that it is encrypted. */
export async function isEncryptedLog(api: IndexedDbApi, name: string): Promise<boolean> {
  const db = logDatabase(api, name)
  try {
    await db.open()
    return logFormatSchema.safeParse(await db.table('meta').get('format')).data?.cipher === 'aes-gcm'
  } finally {
    db.close()
  }
}
