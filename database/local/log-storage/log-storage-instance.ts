import {
  type BulkWriteRow,
  now,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorageBulkWriteResponse,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
} from 'rxdb'
import type { Observable } from 'rxjs'
import type { BulkWriteCall } from './bulk-write.ts'
import type { ChangeBulk, CollectionState } from './collection-state.ts'
import type { DocumentLog } from './document-log.ts'
import { countMatches, findDocuments } from './find-documents.ts'
import type { StoredDocument } from './log-record.ts'

/** What a storage instance shows of itself: its durable documents, deleted ones included. */
export interface LogInternals {
  readonly documents: ReadonlyMap<string, StoredDocument>
}

/** One collection of a log, in the shape that RxDB wants. Reads come from memory. */
export class LogStorageInstance<T> implements RxStorageInstance<T, LogInternals, object> {
  readonly databaseName: string
  readonly collectionName: string
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<T>>>
  readonly options: Readonly<object>
  readonly internals: LogInternals
  readonly #log: DocumentLog
  readonly #state: CollectionState
  readonly #add: (call: BulkWriteCall) => void
  #closed: Promise<void> | null = null

  constructor(
    params: RxStorageInstanceCreationParams<T, object>,
    log: DocumentLog,
    state: CollectionState,
    add: (call: BulkWriteCall) => void,
  ) {
    this.databaseName = params.databaseName
    this.collectionName = params.collectionName
    this.schema = params.schema
    this.options = params.options
    this.internals = state
    this.#log = log
    this.#state = state
    this.#add = add
  }

  /** Resolves when the rows are durable. @throws LogStoppedError, what IndexedDB threw */
  async bulkWrite(rows: BulkWriteRow<T>[], context: string): Promise<RxStorageBulkWriteResponse<T>> {
    this.#checkOpen()
    const response = await new Promise<RxStorageBulkWriteResponse<Record<string, unknown>>>((resolve, reject) => {
      this.#add({
        instance: this as unknown as BulkWriteCall['instance'],
        state: this.#state,
        rows: rows as unknown as BulkWriteCall['rows'],
        context,
        resolve,
        reject,
      })
    })
    return response as unknown as RxStorageBulkWriteResponse<T>
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<T>[]> {
    this.#checkOpen()
    return ids.flatMap((id) => {
      const document = this.#documents.get(id)
      return document === undefined || (document._deleted && !withDeleted) ? [] : [document]
    })
  }

  async query(query: PreparedQuery<T>): Promise<{ documents: RxDocumentData<T>[] }> {
    this.#checkOpen()
    return { documents: findDocuments<T>(this.schema, this.#documents.values(), query) }
  }

  async count(query: PreparedQuery<T>): Promise<{ count: number; mode: 'fast' }> {
    this.#checkOpen()
    return { count: countMatches<T>(this.schema, this.#documents.values(), query), mode: 'fast' }
  }

  changeStream(): Observable<never> {
    this.#checkOpen()
    return this.#state.changes.asObservable() as Observable<ChangeBulk> as Observable<never>
  }

  /** Forgets, durably, documents that were deleted so long ago (in milliseconds). */
  async cleanup(minimumDeletedMs: number): Promise<boolean> {
    this.#checkOpen()
    const latest = now() - minimumDeletedMs
    let ids: string[] = []
    await this.#write(
      () => {
        ids = [...this.#state.upcoming()]
          .filter(({ _deleted, _meta }) => _deleted && _meta.lwt <= latest)
          .map((document) => String(document[this.#state.key]))
        for (const id of ids) this.#state.plan(id, null)
        return ids.length === 0 ? [] : [{ op: 'purge', collection: this.#state.name, ids }]
      },
      () => {
        for (const id of ids) this.#state.apply(id, null)
      },
    )
    return true
  }

  async getAttachmentData(): Promise<never> {
    throw new Error('The log storage keeps no attachments.')
  }

  /** Deletes the collection, durably. Other instances of it hold nothing from then on. */
  async remove(): Promise<void> {
    this.#checkOpen()
    await this.#write(
      () => [{ op: 'drop', collection: this.#state.name }],
      () => this.#log.forgetCollection(this.#state),
    )
    await this.close()
  }

  /** Waits for writes under way, then closes. */
  close(): Promise<void> {
    this.#closed ??= this.#log.closeCollection(this.#state)
    return this.#closed
  }

  get #documents(): ReadonlyMap<string, RxDocumentData<T>> {
    return this.#state.documents as ReadonlyMap<string, unknown> as ReadonlyMap<string, RxDocumentData<T>>
  }

  #write(plan: () => ReturnType<Parameters<DocumentLog['push']>[0]['plan']>, apply: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#log.push({ size: 1, plan, apply, done: resolve, fail: reject })
    })
  }

  #checkOpen(): void {
    if (this.#closed !== null) throw new Error(`The collection ${this.collectionName} is closed.`)
    if (this.#state.isRemoved) throw new Error(`The collection ${this.collectionName} was removed.`)
  }
}
