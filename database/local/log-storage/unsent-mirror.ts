import { Dexie } from 'dexie'
import { inTime } from '../in-time.ts'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import type { CollectionState } from './collection-state.ts'
import { LogDamagedError, LogLockedError, MirrorSilentError } from './log-errors.ts'
import type { LogFileOptions } from './log-file.ts'
import { countDocuments, type LogPart, parseRecord, type StoredDocument, type StoredRecord } from './log-record.ts'
import { codecOf, plainCodec } from './record-codec.ts'
import { splitParts } from './split-parts.ts'

/** Where a mirror lies, and what belongs into it. */
export interface MirrorPlace {
  /** Asked anew each time: what was refused may be given later. @throws what the platform throws */
  readonly open: () => Promise<IndexedDbApi>
  /** Whether what lies there may go into a log that is empty or damaged. */
  readonly counts: boolean
  /** The key of the log if it would go together with the log: it is kept here as well. */
  readonly key: CryptoKey | null
  /** Whether a document can ever wait to be sent, or to be looked at by a person. */
  readonly canWait: (collection: string, document: StoredDocument) => boolean
  /** Whether it does. */
  readonly waits: (collection: string, document: StoredDocument) => boolean
  /** Told when it could not be read or written; it goes on without, and tries again later. */
  readonly onFailure: (error: unknown) => void
}

/** What was put by one record, and its number: the log then stood there at least. */
export interface MirroredPuts {
  readonly seq: number
  readonly parts: readonly (LogPart & { readonly op: 'put' })[]
}

/** Reading or writing may take so much longer for each record; some hold thousands of documents. */
const RECORD_MS = 1_000

type Collections = ReadonlyMap<string, Pick<CollectionState, 'key' | 'documents'>>

/** The database of a mirror, not opened. */
export function mirrorDatabase({ indexedDB, IDBKeyRange }: IndexedDbApi, name: string): Dexie {
  const db = new Dexie(name, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'strict' })
  db.version(1).stores({ kept: '++', key: '' })
  return db
}

/** What a mirror says without being read: its key, how many documents it holds, and whether only a key opens them. */
export async function lookIntoMirror(
  api: IndexedDbApi,
  name: string,
): Promise<{ readonly key: CryptoKey | null; readonly documents: number; readonly isEncrypted: boolean }> {
  const db = mirrorDatabase(api, name)
  try {
    const key: CryptoKey | undefined = await inTime(db.table('key').get('key'))
    const kept = db.table('kept')
    let documents = 0
    let isEncrypted = false
    const look = kept.each((value) => {
      const record = parseRecord(value)
      documents += record?.n ?? 1
      isEncrypted ||= record?.checksum === undefined
    })
    await inTime(look, (await inTime(kept.count())) * RECORD_MS)
    return { key: key ?? null, documents, isEncrypted }
  } finally {
    db.close()
  }
}

/** Records are read so many at a time. */
const READ_RECORDS = 24
/** So few dead documents don't matter, however few wait. */
const FEW_DEAD = 1_000

/**
 * A second place for what waits to be sent, which the browser does not delete together with the log: the
 * log's own records, as far as they put or end something that waits. Empty when nothing waits. The log
 * is the truth: no write fails because of its mirror, and every start writes it anew from a sound log.
 */
export class UnsentMirror {
  readonly #place: MirrorPlace
  readonly #options: Pick<LogFileOptions, 'name' | 'key'>
  /** Ids that wait, by collection, when everything handed in is stored. */
  readonly #waiting = new Map<string, Set<string>>()
  #opening: Promise<Dexie> | null = null
  #tail: Promise<unknown> = Promise.resolve()
  /** How many documents lie there, dead ones included. */
  #documents = 0
  #failures = 0

  constructor(place: MirrorPlace, options: Pick<LogFileOptions, 'name' | 'key'>) {
    this.#place = place
    this.#options = options
  }

  /** Whether it may go into a log that is empty or damaged. */
  get counts(): boolean {
    return this.#place.counts
  }

  /** How often it has failed since it last held all that waits. */
  get failures(): number {
    return this.#failures
  }

  /** Whether it lies there longer than it is of use: to be written anew when nobody writes. */
  get isDue(): boolean {
    const waiting = [...this.#waiting.values()].reduce((sum, { size }) => sum + size, 0)
    if (this.#failures > 0 || this.#documents - waiting > Math.max(FEW_DEAD, waiting)) return true
    return this.#documents > 0 && waiting === 0
  }

  /**
   * What verifies of it by itself, in order, without documents that only shared a record.
   *
   * @throws MirrorSilentError when it could not be asked, or nothing of what it holds can be read: nobody must take
   * that for an empty one; LogLockedError where it may be the key, from elsewhere, of an empty log
   */
  async read(isLogEmpty: boolean): Promise<MirroredPuts[]> {
    const found: MirroredPuts[] = []
    let sealed = 0
    const kept = (await this.#ask(this.#open())).table('kept')
    const keys = await this.#ask(kept.toCollection().primaryKeys())
    const ask = (some: typeof keys) =>
      this.#ask(Promise.allSettled(some.map((key) => kept.get(key))), some.length * RECORD_MS)
    for (let start = 0; start < keys.length; start += READ_RECORDS) {
      const chunk = keys.slice(start, start + READ_RECORDS)
      const first = await ask(chunk)
      // A busy one may answer the second time; a damaged one must not hide the others.
      const again = await ask(chunk.filter((_, i) => first[i]?.status === 'rejected'))
      for (const one of [...first, ...again]) {
        if (one.status === 'rejected') continue
        const record = parseRecord(one.value)
        const puts = record && (await this.#decode(record))
        if (puts !== null) found.push(puts)
        else if (record?.iv !== undefined) sealed += 1
      }
    }
    found.sort((a, b) => a.seq - b.seq)
    // A log that holds anything was opened with the right one.
    if (sealed > 0 && sealed === keys.length && isLogEmpty && this.#place.key === null)
      throw new LogLockedError('its mirror needs another key')
    if (keys.length > 0 && found.length === 0) throw new MirrorSilentError('nothing in its mirror can be read')
    if (found.length < keys.length)
      this.#place.onFailure(new LogDamagedError('some records of its mirror can not be read'))
    return found
  }

  /** Stores those of the records that `parts` became (`splitParts`) which concern it. Never throws. */
  async add(parts: readonly LogPart[], records: readonly StoredRecord[]): Promise<void> {
    const splits = splitParts(parts)
    const concerned = records.filter((_, i) => this.#takeIn(splits[i] ?? []))
    if (concerned.length === 0) return
    // While it fails nobody waits. What it is tried again with may work, but the log releases its bytes before.
    const isFailing = this.#failures > 0
    const own = isFailing ? concerned.map((record) => ({ ...record, body: record.body.slice() })) : concerned
    const stored = this.#inTurn(async () => {
      if (this.#failures === 0) await this.#store(own)
    }).catch(() => undefined)
    if (!isFailing) await stored
  }

  /**
   * Writes it anew, from documents that are durable in a log that stands at `head`. No write may be under way
   * when it is called.
   *
   * @throws what IndexedDB throws; then older versions may be left
   */
  rewrite(collections: Collections, head: number): Promise<void> {
    this.#waiting.clear()
    const parts: LogPart[] = []
    for (const [collection, { key, documents }] of collections) {
      const waiting = [...documents.values()].filter((document) => this.#place.waits(collection, document))
      if (waiting.length === 0) continue
      this.#waiting.set(collection, new Set(waiting.map((document) => String(document[key]))))
      parts.push({ op: 'put', collection, key, documents: waiting })
    }
    return this.#inTurn(async () => {
      const { name, key } = this.#options
      await inTime(this.#open())
      const codec = codecOf(name, key)
      const records: StoredRecord[] = []
      for (const split of splitParts(parts)) {
        // Numbers that fit nowhere in a log: these records must not verify there.
        const place = { from: head + 1 + records.length, seq: head, n: countDocuments(split) }
        records.push(await codec.encode(place, split))
      }
      await this.#store(records, true)
      this.#failures = 0
    })
  }

  /** Deletes all of it, where it could not be written anew and must not stay. @throws what IndexedDB throws */
  drop(): Promise<void> {
    return this.#inTurn(async () => {
      this.#close()
      const { name } = this.#options
      await inTime(this.#place.open().then((api) => mirrorDatabase(api, name).delete()))
    })
  }

  /** Waits for what was handed in, and closes it. */
  async close(): Promise<void> {
    await this.#tail
    this.#close()
  }

  #close(): void {
    void this.#opening?.then(
      (db) => db.close(),
      () => undefined,
    )
    this.#opening = null
  }

  #open(): Promise<Dexie> {
    const open = async () => {
      const db = mirrorDatabase(await this.#place.open(), this.#options.name)
      await db.open()
      // Whatever closes it may have emptied it as well.
      db.on('close', () => {
        if (this.#opening !== opening) return
        this.#opening = null
        this.#failed(new Error('The second place of what waits was closed underneath.'))
      })
      return db
    }
    const opening = this.#opening ?? open()
    this.#opening = opening
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null
    })
    return opening
  }

  /** Notes what waits from now on. Returns whether the mirror has to hear of these parts. */
  #takeIn(parts: readonly LogPart[]): boolean {
    let concerns = false
    for (const part of parts) {
      // What is purged was put as deleted before.
      if (part.op !== 'put') continue
      const { collection } = part
      const waiting = this.#waiting.get(collection) ?? new Set()
      this.#waiting.set(collection, waiting)
      for (const document of part.documents) {
        const id = String(document[part.key])
        const waits = this.#place.waits(collection, document)
        if (waits) waiting.add(id)
        else if (!waiting.delete(id)) continue
        concerns = true
      }
    }
    return concerns
  }

  async #decode(record: StoredRecord): Promise<MirroredPuts | null> {
    const { name, key } = this.#options
    // One in the clear is from before there was a key.
    const codec = record.iv === undefined ? plainCodec(name) : codecOf(name, key)
    try {
      const puts = (await codec.decode(record)).filter((part) => part.op === 'put')
      const parts = puts.map((part) => {
        const documents = part.documents.filter((document) => this.#place.canWait(part.collection, document))
        return { ...part, documents }
      })
      return { seq: record.seq, parts }
    } catch (error) {
      if (error instanceof LogDamagedError) return null
      throw error
    }
  }

  async #ask<T>(answer: PromiseLike<T>, moreMs?: number): Promise<T> {
    try {
      return await inTime(answer, moreMs)
    } catch (error) {
      this.#failed(error)
      throw new MirrorSilentError('its mirror can not be asked')
    }
  }

  async #store(records: readonly StoredRecord[], anew = false): Promise<void> {
    const store = async () => {
      const db = await this.#open()
      const kept = db.table('kept')
      const keys = db.table('key')
      await db.transaction('rw', kept, keys, async () => {
        if (anew) {
          await kept.clear()
          if (this.#place.key === null) await keys.clear()
          else await keys.put(this.#place.key, 'key')
        }
        await Promise.all(records.map((record) => kept.add(record)))
      })
    }
    await inTime(store(), records.length * RECORD_MS)
    this.#documents = (anew ? 0 : this.#documents) + records.reduce((sum, { n }) => sum + n, 0)
  }

  #inTurn(run: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(run)
    this.#tail = done.catch((error: unknown) => this.#failed(error))
    return done
  }

  #failed(error: unknown): void {
    if (this.#failures === 0) this.#place.onFailure(error)
    this.#failures += 1
  }
}
