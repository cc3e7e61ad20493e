import type { Dexie, Table } from 'dexie'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import { DerivedData } from './derived-data.ts'
import { logDatabase } from './log-database.ts'
import { LogDamagedError, LogLockedError, LogStoppedError } from './log-errors.ts'
import { LogHead } from './log-head.ts'
import {
  countDocuments,
  type LogFormat,
  type LogPart,
  logFormatSchema,
  parseRecord,
  type RecordPlace,
  type StoredRecord,
} from './log-record.ts'
import { codecOf, plainCodec, type RecordCodec } from './record-codec.ts'
import { release } from './release.ts'
import { splitParts } from './split-parts.ts'

/** Which log, where, and the key that opens it; null: in the clear. */
export interface LogFileOptions extends IndexedDbApi {
  readonly name: string
  readonly key: CryptoKey | null
}

/** What is known of a record without reading it. */
export interface RecordInfo extends RecordPlace {
  readonly bytes: number
}

/** Records are read and checked so many at a time: enough to keep disk and processor busy, bounded in memory. */
const READ_RECORDS = 24

/**
 * The append-only log of one database in IndexedDB: `log` holds the records, `meta` the head and the
 * format. Every change is one transaction that survives a power loss, so there is nothing to roll
 * back: a record is there whole and counted by the head, or it never was.
 */
export class LogFile {
  readonly #db: Dexie
  readonly #log: Table<unknown, number>
  readonly #meta: Table<unknown, string>
  readonly #name: string
  #codec: RecordCodec
  #format: LogFormat | null = null
  readonly #head: LogHead
  #stopped: unknown = null
  /** What the log consists of, in order. Compaction replaces ranges of it, `append` adds at its end. */
  readonly records: RecordInfo[] = []
  /** What was computed from it and is kept beside it. */
  readonly derived: DerivedData

  private constructor(options: LogFileOptions) {
    this.#name = options.name
    this.#codec = codecOf(options.name, options.key)
    this.#db = logDatabase(options, options.name)
    this.#log = this.#db.table('log')
    this.#meta = this.#db.table('meta')
    this.#head = new LogHead(this.#db, this.#log, this.#meta)
    this.derived = new DerivedData(this.#log, this.#meta, () => this.#codec)
  }

  /**
   * Opens the log, or makes it.
   *
   * @throws LogLockedError when it is encrypted and the key is not the right one; what IndexedDB throws
   */
  static async open(options: LogFileOptions): Promise<LogFile> {
    const file = new LogFile(options)
    await file.#db.open()
    file.#db.on('close', () => file.stop(new Error('The database was closed underneath.')))
    try {
      await file.#readFormat()
      return file
    } catch (error) {
      file.#db.close()
      throw error
    }
  }

  /** The number of the last record, 0 for an empty log. */
  get head(): number {
    return this.#head.seq
  }

  /** Whether bodies are encrypted. */
  get isEncrypted(): boolean {
    return this.#format?.cipher === 'aes-gcm'
  }

  /** Why no more writes are taken, or null. */
  get stopped(): unknown {
    return this.#stopped
  }

  /**
   * Reads everything in order, and checks it: each record by itself, each against the one before,
   * the last one against the head.
   *
   * @throws LogDamagedError at the first thing that is wrong
   */
  async replay(apply: (parts: readonly LogPart[]) => void): Promise<void> {
    this.records.length = 0
    let next = 1
    for await (const stored of this.#chunks()) {
      const records = stored.map((value) => {
        const record = parseRecord(value)
        if (record === null) throw new LogDamagedError('a record has lost its shape')
        return record
      })
      const decoded = await Promise.all(records.map((record) => this.#codec.decode(record)))
      for (const [i, record] of records.entries()) {
        if (record.from !== next) throw new LogDamagedError(`${next} is missing, ${record.from} follows`)
        next = record.seq + 1
        this.records.push(infoOf(record))
        apply(decoded[i] ?? [])
      }
    }
    await this.#head.endsAt(next - 1)
    if (this.#format === null) throw new LogDamagedError('its format is missing')
  }

  /** Reads in order whatever verifies by itself. Only `rewrite` may follow. */
  async salvage(apply: (parts: readonly LogPart[], seq: number) => void): Promise<void> {
    for await (const stored of this.#chunks()) {
      for (const value of stored) {
        const record = parseRecord(value)
        if (record === null) continue
        this.#head.seq = Math.max(this.#head.seq, record.seq)
        const parts = await this.#codec.decode(record).catch((error: unknown) => {
          if (error instanceof LogLockedError) throw error
          return null
        })
        if (parts !== null) apply(parts, record.seq)
      }
    }
  }

  /**
   * Adds the parts durably, all or none. `beside` gets the records, and is waited for, while they are written.
   *
   * @throws what IndexedDB threw; from then on the log takes no more writes (LogStoppedError)
   */
  async append(parts: readonly LogPart[], beside?: (records: readonly StoredRecord[]) => Promise<void>): Promise<void> {
    if (this.#stopped !== null) throw new LogStoppedError(this.#stopped)
    const base = this.#head.seq
    try {
      // Before the transaction opens: IndexedDB would close it while anything else is awaited.
      const records = await encodeAll(this.#codec, parts, base + 1, base + 1)
      const besides = beside?.(records)
      await this.#head.move(base, base + records.length, async () => {
        await Promise.all(records.map((record) => this.#log.add(record)))
      })
      await besides
      for (const record of records) {
        this.records.push(infoOf(record))
        release(record.body)
      }
    } catch (error) {
      this.stop(error)
      throw error
    }
  }

  /**
   * Replaces everything by the given parts, in one transaction; encrypted from then on if there is a key. What is
   * written gets numbers above `above`, too.
   *
   * @throws what IndexedDB threw; the log is as it was
   */
  rewrite(parts: readonly LogPart[], key: CryptoKey | null, above = 0): Promise<void> {
    this.#head.seq = Math.max(this.#head.seq, above)
    return this.#replaceAll(parts, codecOf(this.#name, key))
  }

  /** Reads the records at the places `start` to `end` (exclusive). @throws LogDamagedError */
  async read(start: number, end: number): Promise<LogPart[]> {
    const first = this.records[start]
    const last = this.records[end - 1]
    if (first === undefined || last === undefined) return []
    const stored = await this.#log.where('seq').between(first.seq, last.seq, true, true).toArray()
    const decoded = await Promise.all(
      stored.map((value) => {
        const record = parseRecord(value)
        if (record === null) throw new LogDamagedError('a record has lost its shape')
        return this.#codec.decode(record)
      }),
    )
    return decoded.flat()
  }

  /**
   * Replaces the records at the places `start` to `end` (exclusive) by one, in one transaction. The
   * last record of the log is never among them: the head speaks about it.
   *
   * @throws when the range is not what this log knows; nothing is changed then
   */
  async replace(start: number, end: number, parts: readonly LogPart[]): Promise<void> {
    const first = this.records[start]
    const last = this.records[end - 1]
    if (first === undefined || last === undefined || end >= this.records.length) throw new RangeError('No such range')
    const place = { from: first.from, seq: last.seq, n: countDocuments(parts) }
    const record = await this.#codec.encode(place, parts)
    await this.#db.transaction('rw', this.#log, async () => {
      const range = this.#log.where('seq').between(first.seq, last.seq, true, true)
      if ((await range.count()) !== end - start) throw new LogDamagedError('somebody else has changed it')
      await range.delete()
      await this.#log.add(record)
    })
    this.records.splice(start, end - start, infoOf(record))
    release(record.body)
  }

  /** Takes no more writes, for the given reason. The first reason stays. */
  stop(reason: unknown): void {
    this.#stopped ??= reason
  }

  /** Closes it; later writes are refused. */
  close(): void {
    this.stop(new Error('The log is closed.'))
    this.#db.close()
  }

  async #readFormat(): Promise<void> {
    const stored = await this.#meta.get('format')
    if (stored === undefined) {
      // Without a format and with records it is damaged: `replay` says so.
      if ((await this.#log.count()) === 0 && (await this.#meta.count()) === 0) await this.#replaceAll([], this.#codec)
      return
    }
    const format = logFormatSchema.safeParse(stored).data
    if (format === undefined) throw new LogLockedError('a later version of the app has written it')
    this.#format = format
    if (format.cipher === 'none') this.#codec = plainCodec(this.#name)
    else if (!(await this.#codec.opens(format))) throw new LogLockedError('it needs another key')
  }

  async #replaceAll(parts: readonly LogPart[], codec: RecordCodec): Promise<void> {
    const base = this.#head.seq
    const records = await encodeAll(codec, parts, 1, base + 1)
    const format = await codec.format()
    await this.#head.move(null, base + records.length, async () => {
      await this.#log.clear()
      await this.derived.clear()
      await Promise.all(records.map((record) => this.#log.add(record)))
      await this.#meta.put({ key: 'format', ...format })
    })
    this.#codec = codec
    this.#format = format
    this.records.splice(0, this.records.length, ...records.map(infoOf))
  }

  /** All stored values in order, the next ones being read while the caller works on these. */
  async *#chunks(): AsyncGenerator<unknown[]> {
    const readAfter = (seq: number) => this.#log.where('seq').above(seq).limit(READ_RECORDS).toArray()
    let reading = readAfter(0)
    for (;;) {
      const chunk = await reading
      const last = chunk.at(-1)
      if (last === undefined) return
      // IndexedDB keeps `seq` as the key, so it is there whatever else was altered.
      reading = readAfter((last as { readonly seq: number }).seq)
      reading.catch(() => undefined)
      yield chunk
    }
  }
}

async function encodeAll(
  codec: RecordCodec,
  parts: readonly LogPart[],
  from: number,
  seq: number,
): Promise<StoredRecord[]> {
  const splits = splitParts(parts)
  // A head above 0 needs a record: without one the next start would miss it.
  if (splits.length === 0 && seq > from) splits.push([])
  return Promise.all(
    splits.map((split, i) =>
      codec.encode({ from: i === 0 ? from : seq + i, seq: seq + i, n: countDocuments(split) }, split),
    ),
  )
}

function infoOf({ from, seq, n, body }: StoredRecord): RecordInfo {
  return { from, seq, n, bytes: body.length }
}
