import type { Table } from 'dexie'
import { z } from 'zod'
import type { Derived } from '../local-replica.ts'
import { type LogPart, parseRecord } from './log-record.ts'
import type { RecordCodec } from './record-codec.ts'

const derivedSchema = z.object({
  seq: z.number().int().nonnegative(),
  body: z.instanceof(Uint8Array),
  checksum: z.instanceof(Uint8Array).optional(),
  iv: z.instanceof(Uint8Array).optional(),
})

/** Where it lies among the log's own facts. */
const PREFIX = 'derived:'
/** So many later records are looked at; with more it is quicker to read everything. */
const MAX_LATER_RECORDS = 512

/**
 * What was computed from the documents (the first rows of the list, the search index) and is kept
 * beside the log, so that a start need not compute it again. Encrypted like the log and bound to a
 * record of it. Losing it costs time only, so nothing here throws.
 */
export class DerivedData {
  readonly #log: Table<unknown, number>
  readonly #meta: Table<unknown, string>
  readonly #codec: () => RecordCodec
  /** Grows with every `clear`: what was computed before it must not come back after it. */
  #cleared = 0

  constructor(log: Table<unknown, number>, meta: Table<unknown, string>, codec: () => RecordCodec) {
    this.#log = log
    this.#meta = meta
    this.#codec = codec
  }

  /** What was saved under a name; null: nothing, or it can't be read. */
  async read(name: string): Promise<Derived | null> {
    try {
      const stored = derivedSchema.safeParse(await this.#meta.get(PREFIX + name)).data
      if (stored === undefined) return null
      const { seq, ...sealed } = stored
      return { seq, bytes: await this.#codec().unseal(labelOf(name, seq), sealed) }
    } catch {
      return null
    }
  }

  /** Saves in place of what was there. Resolves to whether it did. */
  async save(name: string, { seq, bytes }: Derived): Promise<boolean> {
    const cleared = this.#cleared
    try {
      const sealed = await this.#codec().seal(labelOf(name, seq), bytes)
      if (cleared !== this.#cleared) return false
      await this.#meta.put({ key: PREFIX + name, seq, ...sealed })
      return true
    } catch {
      return false
    }
  }

  /** Removes all of it: when the log is written anew, or must not hold a trace of something. @throws what IndexedDB throws */
  async clear(): Promise<void> {
    this.#cleared += 1
    await this.#meta.where('key').startsWith(PREFIX).delete()
  }

  /** What the log says after a record; null: too much to be worth reading, or unreadable. */
  async partsAfter(seq: number): Promise<LogPart[] | null> {
    try {
      const later = await this.#log
        .where('seq')
        .above(seq)
        .limit(MAX_LATER_RECORDS + 1)
        .toArray()
      if (later.length > MAX_LATER_RECORDS) return null
      const records = later.map(parseRecord).filter((record) => record !== null)
      if (records.length < later.length) return null
      return (await Promise.all(records.map((record) => this.#codec().decode(record)))).flat()
    } catch {
      return null
    }
  }
}

function labelOf(name: string, seq: number): string {
  return `${PREFIX}${name}|${seq}`
}
