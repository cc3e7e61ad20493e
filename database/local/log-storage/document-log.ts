import { CollectionState } from './collection-state.ts'
import { Compaction } from './compaction.ts'
import type { DerivedData } from './derived-data.ts'
import { LogDamagedError } from './log-errors.ts'
import { LogFile, type LogFileOptions } from './log-file.ts'
import type { LogPart, StoredDocument } from './log-record.ts'
import { type QueuedWrite, WriteQueue } from './write-queue.ts'

/** Which log to open, and what to do when it is damaged. */
export interface DocumentLogOptions extends LogFileOptions {
  /**
   * Says as what a document of a damaged log is worth keeping, because it can't be had again
   * elsewhere; null: it goes. Without it a damaged log is refused.
   */
  readonly salvage?: (collection: string, document: StoredDocument) => StoredDocument | null
  /** Calls back when the machine has had nothing to write for a while; 0: at once. Default: 2 seconds. */
  readonly idleMs?: number
}

const IDLE_MS = 2_000

/** All collections of one database in memory, with the log that makes them durable. */
export class DocumentLog {
  /** What was wrong with the log when it was opened, or null. What `salvage` kept is there, the rest is gone. */
  readonly damage: string | null
  readonly compaction: Compaction
  readonly #file: LogFile
  readonly #queue: WriteQueue
  readonly #collections: Map<string, CollectionState>
  #instances = 0
  #onClose: () => void = () => undefined

  private constructor(
    file: LogFile,
    collections: Map<string, CollectionState>,
    options: { readonly damage: string | null; readonly idleMs: number },
  ) {
    this.#file = file
    this.#collections = collections
    this.damage = options.damage
    this.compaction = new Compaction({
      file,
      idleMs: options.idleMs,
      isIdle: () => this.#queue.isIdle,
      find: (collection, id) => this.#collections.get(collection)?.documents.get(id),
      countLive: () => [...this.#collections.values()].reduce((sum, { documents }) => sum + documents.size, 0),
    })
    this.#queue = new WriteQueue(
      (parts) => file.append(parts),
      () => this.#afterGroup(),
    )
    this.compaction.consider()
  }

  /**
   * Reads a log into memory. A damaged one is salvaged and written anew, in one transaction; one in
   * the clear is encrypted when there is a key.
   *
   * @throws LogLockedError, LogDamagedError (without `salvage`), what IndexedDB throws
   */
  static async open(options: DocumentLogOptions): Promise<DocumentLog> {
    const file = await LogFile.open(options)
    try {
      const { collections, damage } = await readCollections(file, options)
      if (damage === null && options.key !== null && !file.isEncrypted)
        await file.rewrite(allParts(collections), options.key)
      return new DocumentLog(file, collections, { damage, idleMs: options.idleMs ?? IDLE_MS })
    } catch (error) {
      file.close()
      throw error
    }
  }

  /** The records of the log: how many, and how many bytes they take. */
  get size(): { readonly records: number; readonly bytes: number } {
    return { records: this.#file.records.length, bytes: this.#file.records.reduce((sum, { bytes }) => sum + bytes, 0) }
  }

  /** What was computed from the documents and is kept with them. */
  get derived(): DerivedData {
    return this.#file.derived
  }

  /** The number of the last record. */
  get head(): number {
    return this.#file.head
  }

  /** Opens a collection for one more instance. */
  openCollection(name: string, key: string): CollectionState {
    const state = this.#collections.get(name) ?? new CollectionState(name, key, new Map())
    this.#collections.set(name, state)
    state.instances += 1
    this.#instances += 1
    return state
  }

  /** Takes a collection out of memory; the log has been told. */
  forgetCollection(state: CollectionState): void {
    state.isRemoved = true
    state.documents.clear()
    if (this.#collections.get(state.name) === state) this.#collections.delete(state.name)
  }

  /** Ends one instance of a collection; with the last one of all, the log is closed. */
  async closeCollection(state: CollectionState): Promise<void> {
    await this.#queue.settled()
    state.instances -= 1
    this.#instances -= 1
    if (this.#instances === 0) await this.close()
  }

  /** Calls back when the log is closed. */
  onClose(listener: () => void): void {
    this.#onClose = listener
  }

  /** Queues a write. After a failed one the log has stopped, and every further one fails. */
  push(write: QueuedWrite): void {
    this.#queue.push(write)
  }

  /** Waits for what is queued, then closes the log. */
  async close(): Promise<void> {
    await this.#queue.settled()
    await this.compaction.stop()
    this.#file.close()
    this.#onClose()
  }

  #afterGroup(): void {
    for (const state of this.#collections.values()) state.forgetPlans()
    this.compaction.consider()
  }
}

async function readCollections(
  file: LogFile,
  { salvage, key }: DocumentLogOptions,
): Promise<{ collections: Map<string, CollectionState>; damage: string | null }> {
  const collections = new Map<string, CollectionState>()
  try {
    await file.replay((parts) => applyParts(collections, parts))
    return { collections, damage: null }
  } catch (error) {
    if (!(error instanceof LogDamagedError) || salvage === undefined) throw error
    collections.clear()
    await file.salvage((parts) => applyParts(collections, parts))
    for (const { name, documents } of collections.values()) {
      for (const [id, document] of documents) {
        const kept = salvage(name, document)
        if (kept === null) documents.delete(id)
        else documents.set(id, kept)
      }
    }
    await file.rewrite(allParts(collections), key)
    return { collections, damage: error.message }
  }
}

function applyParts(collections: Map<string, CollectionState>, parts: readonly LogPart[]): void {
  for (const part of parts) {
    if (part.op === 'drop') {
      collections.delete(part.collection)
    } else if (part.op === 'purge') {
      for (const id of part.ids) collections.get(part.collection)?.documents.delete(id)
    } else {
      let state = collections.get(part.collection)
      if (state === undefined) {
        state = new CollectionState(part.collection, part.key, new Map())
        collections.set(part.collection, state)
      }
      for (const document of part.documents) state.documents.set(String(document[part.key]), document)
    }
  }
}

function allParts(collections: ReadonlyMap<string, CollectionState>): LogPart[] {
  return [...collections.values()].map(({ name, key, documents }) => ({
    op: 'put',
    collection: name,
    key,
    documents: [...documents.values()],
  }))
}
