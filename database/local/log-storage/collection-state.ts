import type { EventBulk, RxStorageChangeEvent, RxStorageDefaultCheckpoint } from 'rxdb'
import { Subject } from 'rxjs'
import type { StoredDocument } from './log-record.ts'

export type ChangeBulk = EventBulk<RxStorageChangeEvent<StoredDocument>, RxStorageDefaultCheckpoint>

/**
 * One collection in memory: what is durable, and in front of it what is planned but not yet durable.
 * Reads see the durable part only; conflicts are judged by both.
 */
export class CollectionState {
  readonly name: string
  readonly key: string
  readonly documents: Map<string, StoredDocument>
  readonly changes = new Subject<ChangeBulk>()
  readonly #planned = new Map<string, StoredDocument | null>()
  /** Open storage instances of this collection. */
  instances = 0
  isRemoved = false

  constructor(name: string, key: string, documents: Map<string, StoredDocument>) {
    this.name = name
    this.key = key
    this.documents = documents
  }

  /** How many documents there may be, for callers that ask whether there are any. */
  get size(): number {
    return this.documents.size + this.#planned.size
  }

  /** The document as it will be when everything planned so far is durable. */
  get(id: string): StoredDocument | undefined {
    const planned = this.#planned.get(id)
    if (planned === undefined) return this.documents.get(id)
    return planned ?? undefined
  }

  /** Remembers what is on its way to the disk; null: the document goes. */
  plan(id: string, document: StoredDocument | null): void {
    this.#planned.set(id, document)
  }

  /** All documents as they will be when everything planned so far is durable. */
  *upcoming(): Generator<StoredDocument> {
    for (const [id, document] of this.documents) if (!this.#planned.has(id)) yield document
    for (const document of this.#planned.values()) if (document !== null) yield document
  }

  /** Takes in what has become durable. */
  apply(id: string, document: StoredDocument | null): void {
    if (document === null) this.documents.delete(id)
    else this.documents.set(id, document)
  }

  /** Nothing is in flight any more: all of it was applied, or the log has stopped. */
  forgetPlans(): void {
    this.#planned.clear()
  }
}
