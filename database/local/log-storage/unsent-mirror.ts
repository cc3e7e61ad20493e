import { Dexie, type Table } from 'dexie'
import type { IndexedDbApi } from '../indexed-db-api.ts'
import type { CollectionState } from './collection-state.ts'
import { LogLockedError } from './log-errors.ts'
import type { LogFileOptions } from './log-file.ts'
import { countDocuments, type LogPart, parseRecord, type StoredDocument, type StoredRecord } from './log-record.ts'
import { codecOf, type RecordCodec } from './record-codec.ts'
import { splitParts } from './split-parts.ts'

/** Where a mirror lies, and what belongs into it. */
export interface MirrorPlace extends IndexedDbApi {
  /** Whether a document can ever wait to be sent, or to be looked at by a person. */
  readonly canWait: (collection: string, document: StoredDocument) => boolean
  /** Whether it does. */
  readonly waits: (collection: string, document: StoredDocument) => boolean
  /** Told when it could not be read or written; it goes on without, and tries again when nothing is written. */
  readonly onFailure: (error: unknown) => void
}

type Collections = ReadonlyMap<string, Pick<CollectionState, 'key' | 'documents'>>

function mirrorDatabase({ indexedDB, IDBKeyRange }: IndexedDbApi, name: string): Dexie {
  const db = new Dexie(name, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'strict' })
  db.version(1).stores({ kept: '++' })
  return db
}

/** Whether a mirror holds what only a key opens. Where it can't be read, it holds nothing. */
export async function isEncryptedMirror(api: IndexedDbApi, name: string): Promise<boolean> {
  const db = mirrorDatabase(api, name)
  try {
    return parseRecord(await db.table('kept').toCollection().first())?.iv !== undefined
  } catch {
    return false
  } finally {
    db.close()
  }
}

/** So few dead documents don't matter, however few wait. */
const FEW_DEAD = 1_000

/**
 * A second place for what waits to be sent, which the browser does not delete together with the log: the
 * log's own records, as far as they put or end something that waits. Empty when nothing waits. The log
 * is the truth: no write fails because of its mirror, and every start writes it anew from a sound log.
 */
export class UnsentMirror {
  readonly #place: MirrorPlace
  readonly #db: Dexie
  readonly #kept: Table<StoredRecord, number>
  readonly #codec: RecordCodec
  /** Ids that wait, by collection, when everything handed in is stored. */
  readonly #waiting = new Map<string, Set<string>>()
  #tail: Promise<unknown> = Promise.resolve()
  /** How many documents lie there, dead ones included. */
  #documents = 0
  /** Whether it holds all that waits. */
  #isWhole = true

  constructor(place: MirrorPlace, { name, key }: Pick<LogFileOptions, 'name' | 'key'>) {
    this.#place = place
    this.#db = mirrorDatabase(place, name)
    this.#kept = this.#db.table('kept')
    this.#codec = codecOf(name, key)
  }

  /** Whether it lies there longer than it is of use: to be written anew when nobody writes. */
  get isDue(): boolean {
    const waiting = [...this.#waiting.values()].reduce((sum, { size }) => sum + size, 0)
    if (!this.#isWhole || this.#documents - waiting > Math.max(FEW_DEAD, waiting)) return true
    return this.#documents > 0 && waiting === 0
  }

  /**
   * What verifies of it by itself, in order, without documents that only shared a record; nothing where it
   * can't be read.
   *
   * @throws LogLockedError when it needs a key
   */
  async read(): Promise<LogPart[]> {
    const stored = await this.#kept.toArray().catch((error: unknown) => {
      this.#failed(error)
      return []
    })
    const parts = stored.map(async (value) => {
      const record = parseRecord(value)
      if (record === null) return []
      return this.#codec.decode(record).catch((error: unknown) => {
        if (error instanceof LogLockedError) throw error
        return []
      })
    })
    return (await Promise.all(parts)).flat().map((part) => {
      if (part.op !== 'put') return part
      return { ...part, documents: part.documents.filter((document) => this.#place.canWait(part.collection, document)) }
    })
  }

  /** Stores the records that `parts` became, if it concerns them. Never throws. */
  async add(parts: readonly LogPart[], records: readonly StoredRecord[]): Promise<void> {
    if (!this.#takeIn(parts)) return
    await this.#inTurn(async () => {
      if (this.#isWhole) await this.#store(records)
    }).catch(() => undefined)
  }

  /**
   * Writes it anew, from documents that are durable. No write may be under way when it is called.
   *
   * @throws what IndexedDB throws; then older versions may be left
   */
  rewrite(collections: Collections): Promise<void> {
    this.#waiting.clear()
    const parts: LogPart[] = []
    for (const [collection, { key, documents }] of collections) {
      const waiting = [...documents.values()].filter((document) => this.#place.waits(collection, document))
      if (waiting.length === 0) continue
      this.#waiting.set(collection, new Set(waiting.map((document) => String(document[key]))))
      parts.push({ op: 'put', collection, key, documents: waiting })
    }
    return this.#inTurn(async () => {
      // Numbers that fit nowhere in a log: these records must not verify there.
      const records: StoredRecord[] = []
      for (const split of splitParts(parts)) {
        records.push(await this.#codec.encode({ from: records.length + 2, seq: 1, n: countDocuments(split) }, split))
      }
      await this.#store(records, true)
      this.#isWhole = true
    })
  }

  /** Waits for what was handed in, and closes it. */
  async close(): Promise<void> {
    await this.#tail
    this.#db.close()
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

  async #store(records: readonly StoredRecord[], anew = false): Promise<void> {
    // After a failure it does not open by itself again.
    await this.#db.open()
    await this.#db.transaction('rw', this.#kept, async () => {
      if (anew && (await this.#kept.count()) > 0) await this.#kept.clear()
      await Promise.all(records.map((record) => this.#kept.add(record)))
    })
    this.#documents = (anew ? 0 : this.#documents) + records.reduce((sum, { n }) => sum + n, 0)
  }

  #inTurn(run: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(run)
    this.#tail = done.catch((error: unknown) => this.#failed(error))
    return done
  }

  #failed(error: unknown): void {
    if (this.#isWhole) this.#place.onFailure(error)
    this.#isWhole = false
  }
}
