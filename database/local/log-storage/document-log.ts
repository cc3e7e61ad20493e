import { CollectionState } from './collection-state.ts'
import { Compaction } from './compaction.ts'
import type { DerivedData } from './derived-data.ts'
import { LogDamagedError, LogStoppedError } from './log-errors.ts'
import { LogFile, type LogFileOptions } from './log-file.ts'
import type { LogPart, StoredDocument } from './log-record.ts'
import { type MirrorPlace, UnsentMirror } from './unsent-mirror.ts'
import { type QueuedWrite, WriteQueue } from './write-queue.ts'

/** Which log to open, and what to do when it is damaged. */
export interface DocumentLogOptions extends LogFileOptions {
  /**
   * Says as what a document of a damaged log is worth keeping, because it can't be had again
   * elsewhere; null: it goes. Without it a damaged log is refused.
   */
  readonly salvage?: (collection: string, document: StoredDocument) => StoredDocument | null
  /** Where what waits to be sent is kept a second time; what lies there is laid into a log that is empty or damaged. */
  readonly mirror?: MirrorPlace | null
  /** Calls back when the machine has had nothing to write for a while; 0: at once. Default: 2 seconds. */
  readonly idleMs?: number
}

const IDLE_MS = 2_000
/** A mirror that keeps failing is tried ever more seldom, at last after `IDLE_MS` doubled so often. */
const MOST_DOUBLED = 8

/** All collections of one database in memory, with the log that makes them durable. */
export class DocumentLog {
  /** What was wrong with the log when it was opened, or null. What `salvage` and the mirror kept is there, the rest is gone. */
  readonly damage: string | null
  /** Whether nothing at all was stored in it when it was opened. */
  readonly wasEmpty: boolean
  readonly compaction: Compaction
  readonly #file: LogFile
  readonly #queue: WriteQueue
  readonly #mirror: UnsentMirror | null
  readonly #idleMs: number
  #mirrorTimer: ReturnType<typeof setTimeout> | undefined
  readonly #collections: Map<string, CollectionState>
  #instances = 0
  #onClose: () => void = () => undefined

  private constructor(
    file: LogFile,
    collections: Map<string, CollectionState>,
    options: Found & { readonly idleMs: number; readonly mirror: UnsentMirror | null },
  ) {
    this.#file = file
    this.#collections = collections
    this.damage = options.damage
    this.wasEmpty = options.wasEmpty
    this.#idleMs = options.idleMs
    this.#mirror = options.mirror
    this.compaction = new Compaction({
      file,
      idleMs: options.idleMs,
      isIdle: () => this.#queue.isIdle,
      find: (collection, id) => this.#collections.get(collection)?.documents.get(id),
      countLive: () => [...this.#collections.values()].reduce((sum, { documents }) => sum + documents.size, 0),
    })
    this.#queue = new WriteQueue(
      async (parts) => {
        await file.append(parts, async (records) => this.#mirror?.add(parts, records))
        this.#tidyMirrorLater()
      },
      () => this.#afterGroup(),
    )
    this.compaction.consider()
    this.#mirror?.rewrite(collections, file.head).catch(() => undefined)
  }

  /**
   * Reads a log into memory. A damaged one is salvaged and written anew, in one transaction; one in
   * the clear is encrypted when there is a key.
   *
   * @throws LogLockedError, MirrorSilentError, LogDamagedError (without `salvage`), what IndexedDB throws
   */
  static async open(options: DocumentLogOptions): Promise<DocumentLog> {
    const file = await LogFile.open(options)
    const mirror = options.mirror ? new UnsentMirror(options.mirror, options) : null
    try {
      const { collections, ...found } = await readCollections(file, options, mirror)
      if (found.damage === null && options.key !== null && !file.isEncrypted)
        await file.rewrite(allParts(collections), options.key)
      return new DocumentLog(file, collections, { ...found, idleMs: options.idleMs ?? IDLE_MS, mirror })
    } catch (error) {
      file.close()
      await mirror?.close()
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
    clearTimeout(this.#mirrorTimer)
    await this.#mirror?.close()
    this.#file.close()
    this.#onClose()
  }

  /**
   * Takes out of the mirror what is dead, however busy the machine is; `must`: deletes all of it where that fails.
   *
   * @throws what IndexedDB throws, LogStoppedError
   */
  rewriteMirror(must = false): Promise<void> {
    const mirror = this.#mirror
    if (mirror === null) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const nothing = () => undefined
      // Its turn in the queue is when memory holds everything that the mirror was told of.
      const plan = () => {
        // What the log has lost since may be in the mirror only.
        if (this.#file.stopped !== null) throw new LogStoppedError(this.#file.stopped)
        const rewritten = mirror.rewrite(this.#collections, this.#file.head)
        rewritten.catch((error: unknown) => (must ? mirror.drop() : Promise.reject(error))).then(resolve, reject)
        return null
      }
      this.#queue.push({ size: 0, plan, apply: nothing, done: nothing, fail: reject })
    })
  }

  #afterGroup(): void {
    for (const state of this.#collections.values()) state.forgetPlans()
    this.compaction.consider()
  }

  #tidyMirrorLater(): void {
    // Who writes on must not put off what waits for the next try for ever.
    if (this.#mirrorTimer !== undefined && this.#mirror?.failures) return
    clearTimeout(this.#mirrorTimer)
    this.#mirrorTimer = undefined
    if (!this.#mirror?.isDue) return
    this.#mirrorTimer = setTimeout(
      () => {
        this.#mirrorTimer = undefined
        this.rewriteMirror().catch(() => undefined)
      },
      this.#idleMs * 2 ** Math.min(this.#mirror.failures, MOST_DOUBLED),
    )
  }
}

/** How a log was found. */
interface Found {
  readonly damage: string | null
  readonly wasEmpty: boolean
}

async function readCollections(
  file: LogFile,
  { salvage, key }: DocumentLogOptions,
  mirror: UnsentMirror | null,
): Promise<Found & { readonly collections: Map<string, CollectionState> }> {
  const collections = new Map<string, CollectionState>()
  /** Which record of the log spoke last of a document. */
  const spoken = new Map<string, number>()
  let damage: string | null = null
  try {
    await file.replay((parts) => applyParts(collections, parts))
    if (file.head > 0 || salvage === undefined) return { collections, damage, wasEmpty: file.head === 0 }
  } catch (error) {
    if (!(error instanceof LogDamagedError) || salvage === undefined) throw error
    damage = error.message
    collections.clear()
    await file.salvage((parts, seq) => {
      applyParts(collections, parts)
      for (const name of namesIn(parts)) spoken.set(name, seq)
    })
  }
  // It is damaged, has vanished or was never used.
  const wasEmpty = damage === null
  const mirrored = mirror?.counts ? await mirror.read(wasEmpty) : []
  for (const { seq, parts } of mirrored) {
    for (const part of parts) {
      // A mirror that had failed may be older than what the log still says.
      const documents = part.documents.filter((document) => (spoken.get(nameIn(part, document[part.key])) ?? 0) < seq)
      applyParts(collections, [{ ...part, documents }])
    }
  }
  for (const { name, documents } of collections.values()) {
    for (const [id, document] of documents) {
      const kept = salvage(name, document)
      if (kept === null) documents.delete(id)
      else documents.set(id, kept)
    }
  }
  if ([...collections.values()].some(({ documents }) => documents.size > 0)) damage ??= 'The log has vanished.'
  // Above all numbers of the mirror: should it stay as it is, it must be older than what is written from now on.
  const above = mirrored.reduce((most, { seq }) => Math.max(most, seq), 0)
  if (damage !== null || mirrored.length > 0) await file.rewrite(allParts(collections), key, above)
  return { collections, damage, wasEmpty }
}

function namesIn(parts: readonly LogPart[]): string[] {
  return parts.flatMap((part) => {
    if (part.op === 'drop') return []
    const ids = part.op === 'purge' ? part.ids : part.documents.map((document) => document[part.key])
    return ids.map((id) => nameIn(part, id))
  })
}

function nameIn({ collection }: LogPart, id: unknown): string {
  return `${collection} ${String(id)}`
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
