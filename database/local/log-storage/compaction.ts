import { LogDamagedError } from './log-errors.ts'
import type { LogFile, RecordInfo } from './log-file.ts'
import type { LogPart, StoredDocument } from './log-record.ts'

/** What compaction works on. */
export interface CompactionDeps {
  readonly file: LogFile
  readonly idleMs: number
  readonly isIdle: () => boolean
  /** The durable document of an id, or undefined. */
  readonly find: (collection: string, id: string) => StoredDocument | undefined
  readonly countLive: () => number
}

/** So many small records make it worth while: a start reads each of them. */
const MANY_SMALL = 256
const SMALL_BYTES = 64 * 1024
/** So few dead documents don't matter, however few live. */
const FEW_DEAD = 1_000
/** One step reads, and holds in memory, about so much. */
const STEP_BYTES = 2 * 1024 * 1024
const STEP_RECORDS = 512

/**
 * Makes the log short again while nobody writes: a contiguous range of records becomes one, without
 * the documents that later records replace. Each step is one transaction, and never touches the
 * last record. The end of a run is fixed when it starts, or it would chase a busy writer for ever.
 */
export class Compaction {
  /** Resolves when a step finds that the log can't be read any more; there is no compaction from then on. */
  readonly damaged: Promise<LogDamagedError>
  readonly #deps: CompactionDeps
  readonly #tellDamaged: (error: LogDamagedError) => void
  #timer: ReturnType<typeof setTimeout> | null = null
  #running: Promise<void> | null = null
  #stopped = false

  constructor(deps: CompactionDeps) {
    this.#deps = deps
    const { promise, resolve } = Promise.withResolvers<LogDamagedError>()
    this.damaged = promise
    this.#tellDamaged = resolve
  }

  /** Starts a run after a while without writes, if one is worth while. */
  consider(): void {
    if (this.#stopped || this.#running !== null) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#startOfRun() === null) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.run()
    }, this.#deps.idleMs)
  }

  /**
   * Compacts now: from the record at that place on, or where it is worth while. Resolves when done, or
   * when a write came in between. Never throws.
   */
  run({ from = this.#startOfRun() }: { from?: number | null } = {}): Promise<void> {
    this.#running ??= this.#compact(from, this.#deps.isIdle)
      // Nothing is lost by a step that failed: its transaction changed nothing, and the next write leads to another try.
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#running = null
      })
    return this.#running
  }

  /**
   * Compacts everything but the last record, however busy the machine is: what was replaced or removed
   * before the last write is in the log no more.
   *
   * @throws what IndexedDB throws, LogDamagedError, and when the log is closed meanwhile; then older versions may be left.
   */
  async runWhole(): Promise<void> {
    while (this.#running !== null) await this.#running
    const whole = this.#compact(0, () => true)
    this.#running = whole
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#running = null
      })
    await whole
    if (this.#stopped) throw new Error('The log was closed or damaged before it was compacted.')
  }

  /** Starts nothing more, and waits for the step under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }

  /** What is damaged stays so until the next start, which repairs it. */
  #failed(error: unknown): void {
    if (!(error instanceof LogDamagedError)) return
    this.#stopped = true
    this.#tellDamaged(error)
  }

  /** Where to begin, or null when it isn't worth while. */
  #startOfRun(): number | null {
    const { records } = this.#deps.file
    const documents = records.reduce((sum, { n }) => sum + n, 0)
    const live = this.#deps.countLive()
    if (documents - live > Math.max(FEW_DEAD, live)) return 0
    let start = records.length - 1
    while (start > 0 && (records[start - 1]?.bytes ?? 0) < SMALL_BYTES) start -= 1
    return records.length - 1 - start >= MANY_SMALL ? start : null
  }

  async #compact(from: number | null, goesOn: () => boolean): Promise<void> {
    if (from === null) return
    const { file } = this.#deps
    let start = from
    const lastSeq = file.records.at(-1)?.seq ?? 0
    while (!this.#stopped && goesOn()) {
      const end = endOfStep(file.records, start, lastSeq)
      if (end <= start) return
      const parts = this.#merge(await file.read(start, end), start === 0)
      const before = file.records.slice(start, end).reduce((sum, { n }) => sum + n, 0)
      const after = parts.reduce((sum, part) => sum + (part.op === 'put' ? part.documents.length : 0), 0)
      if (end - start > 1 || after < before) await file.replace(start, end, parts)
      start += 1
    }
  }

  /** What the parts of a range still have to say. The first range of all need not delete anything. */
  #merge(parts: readonly LogPart[], isFirst: boolean): LogPart[] {
    const merged = new Map<string, { key: string; put: Map<string, StoredDocument>; gone: Set<string> }>()
    const dropped = new Set<string>()
    for (const part of parts) {
      if (part.op === 'drop') {
        merged.delete(part.collection)
        dropped.add(part.collection)
        continue
      }
      const { collection } = part
      const into = merged.get(collection) ?? { key: '', put: new Map(), gone: new Set() }
      merged.set(collection, into)
      if (part.op === 'purge') {
        for (const id of part.ids) {
          into.put.delete(id)
          into.gone.add(id)
        }
        continue
      }
      into.key = part.key
      for (const document of part.documents) {
        const id = String(document[part.key])
        into.put.delete(id)
        // Another revision in memory means that a later record holds it: this one is dead.
        if (this.#deps.find(collection, id)?._rev === document._rev) into.put.set(id, document)
      }
    }
    const result: LogPart[] = isFirst ? [] : [...dropped].map((collection) => ({ op: 'drop', collection }))
    for (const [collection, { key, put, gone }] of merged) {
      if (!isFirst && gone.size > 0) result.push({ op: 'purge', collection, ids: [...gone] })
      if (put.size > 0) result.push({ op: 'put', collection, key, documents: [...put.values()] })
    }
    return result
  }
}

/** The end (exclusive) of a range that one step can take, always before the last record of the log. */
function endOfStep(records: readonly RecordInfo[], start: number, lastSeq: number): number {
  let bytes = 0
  let end = start
  while (end < records.length - 1 && end - start < STEP_RECORDS) {
    const record = records[end]
    if (record === undefined || record.seq >= lastSeq) break
    bytes += record.bytes
    if (end > start && bytes > STEP_BYTES) break
    end += 1
  }
  return end
}
