import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import {
  type FilledMangoQuery,
  fillWithDefaultSettings,
  normalizeMangoQuery,
  prepareQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
  type RxStorageInstance,
} from 'rxdb'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import { DocumentLog, type DocumentLogOptions } from '../log-storage/document-log.ts'
import { getRxStorageLog } from '../log-storage/log-storage.ts'

/** A document of the tests. */
export interface Item {
  readonly key: string
  readonly value: string
}
export type ItemData = RxDocumentData<Item>
export type ItemInstance = RxStorageInstance<Item, unknown, object>

/** A disk of its own, in memory. */
export function freshDisk(): IndexedDbApi {
  return { indexedDB: new IDBFactory(), IDBKeyRange }
}

/** Opens logs of that disk. The last opened one is `log()`. */
export function logStorageOn(disk: IndexedDbApi, options: Partial<DocumentLogOptions> = {}) {
  let opened: DocumentLog | null = null
  const storage = getRxStorageLog(async (name) => {
    opened = await DocumentLog.open({ ...disk, name, key: null, idleMs: 60_000, ...options })
    return opened
  })
  const log = (): DocumentLog => {
    if (opened === null) throw new Error('No log is open')
    return opened
  }
  return { storage, log }
}

const schemaOf = (version: number): RxJsonSchema<ItemData> =>
  fillWithDefaultSettings<Item>({
    version,
    primaryKey: 'key',
    type: 'object',
    properties: { key: { type: 'string', maxLength: 100 }, value: { type: 'string' } },
    required: ['key', 'value'],
  })

/** Opens a collection as RxDB would. */
export function openCollection(
  storage: RxStorage<unknown, object>,
  more: { database?: string; collection?: string; version?: number; schema?: object; multiInstance?: boolean } = {},
): Promise<ItemInstance> {
  return storage.createStorageInstance<Item>({
    databaseInstanceToken: crypto.randomUUID(),
    databaseName: more.database ?? 'db',
    collectionName: more.collection ?? 'items',
    schema: { ...schemaOf(more.version ?? 0), ...more.schema },
    options: {},
    multiInstance: more.multiInstance ?? false,
    devMode: false,
  })
}

let clock = 1_000

/** A document at a revision, written a moment after the one before. */
export function item(key: string, value = 'v', height = 1, more: Partial<ItemData> = {}): ItemData {
  clock += 1
  return { key, value, _deleted: false, _attachments: {}, _meta: { lwt: clock }, _rev: `${height}-token`, ...more }
}

/** The next revision of a document. */
export function next(previous: ItemData, value: string, more: Partial<ItemData> = {}) {
  const height = Number(previous._rev.split('-')[0]) + 1
  return { previous, document: item(previous.key, value, height, more) }
}

/** A query as RxDB would prepare it. */
export function prepared(instance: ItemInstance, query: Partial<FilledMangoQuery<Item>> = {}) {
  const filled = normalizeMangoQuery<Item>(instance.schema, { selector: {}, sort: [{ key: 'asc' }], ...query } as never)
  return prepareQuery<Item>(instance.schema, filled)
}

/** Keys and values of everything in a collection, sorted. */
export async function contents(instance: ItemInstance): Promise<Record<string, string>> {
  const { documents } = await instance.query(prepared(instance, { selector: { _deleted: { $eq: false } } as never }))
  return Object.fromEntries(documents.map(({ key, value }) => [key, value]))
}
