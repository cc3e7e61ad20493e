import {
  ensureRxStorageInstanceParamsAreCorrect,
  getPrimaryFieldOfPrimaryKey,
  RXDB_VERSION,
  type RxStorage,
  type RxStorageInstanceCreationParams,
} from 'rxdb'
import type { DocumentLog } from './document-log.ts'
import { type LogInternals, LogStorageInstance } from './log-storage-instance.ts'
import { TogetherWrites } from './together.ts'

/** Opens the log of a database, by its name. */
export type OpenLog = (databaseName: string) => Promise<DocumentLog>

interface OpenDatabase {
  readonly log: DocumentLog
  readonly together: TogetherWrites
}

/**
 * The `RxStorage` of this project: reads from memory, writes to one append-only log for all
 * collections of a database (docs/storage.md). One process at a time may open a database.
 */
export function getRxStorageLog(open: OpenLog): RxStorage<LogInternals, object> {
  const databases = new Map<string, Promise<OpenDatabase>>()

  async function openDatabase(name: string): Promise<OpenDatabase> {
    const log = await open(name)
    log.onClose(() => void databases.delete(name))
    return { log, together: new TogetherWrites((write) => log.push(write)) }
  }

  return {
    name: 'log',
    rxdbVersion: RXDB_VERSION,
    createStorageInstance: async <T>(params: RxStorageInstanceCreationParams<T, object>) => {
      checkParams(params)
      const { databaseName, collectionName, schema } = params
      let database = databases.get(databaseName)
      if (database === undefined) {
        database = openDatabase(databaseName)
        databases.set(databaseName, database)
        database.catch(() => databases.delete(databaseName))
      }
      const { log, together } = await database
      const key = getPrimaryFieldOfPrimaryKey(schema.primaryKey)
      const state = log.openCollection(`${collectionName}|${schema.version}`, String(key))
      return new LogStorageInstance<T>(params, log, state, (call) => together.add(call))
    },
  }
}

/** Refuses at once what would only show as lost data later. */
function checkParams<T>(params: RxStorageInstanceCreationParams<T, object>): void {
  ensureRxStorageInstanceParamsAreCorrect(params)
  if (params.schema.attachments !== undefined) {
    throw new Error(`The log storage keeps no attachments: take them out of the schema of ${params.collectionName}.`)
  }
  if (params.multiInstance) {
    throw new Error('The log storage has one owner at a time: open the database with multiInstance: false.')
  }
}
