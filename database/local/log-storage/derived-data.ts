import type { Table } from 'dexie'
import { z } from 'zod'
import { atOnce } from '#shared/util/in-steps.ts'
import { joinBytes } from '#shared/util/join-bytes.ts'
import { slices } from '#shared/util/let-others-run.ts'
import type { Derived } from '../local-replica.ts'
import { type LogPart, parseRecord } from './log-record.ts'
import type { RecordCodec, SealedBytes } from './record-codec.ts'

const pieceSchema = z.object({
  seq: z.number().int().nonnegative(),
  pieces: z.number().int().positive(),
  body: z.instanceof(Uint8Array),
  checksum: z.instanceof(Uint8Array).optional(),
  iv: z.instanceof(Uint8Array).optional(),
})

/** Where it lies among the log's own facts. */
const PREFIX = 'derived:'
/**
 * Bytes that are sealed and stored at once: either takes a few milliseconds, in which a worker hears
 * nobody. The index of 100,000 customers is 22 MB.
 */
const PIECE_BYTES = 1 << 20
/** Work of so many milliseconds goes on before the next key is heard. */
const SLICE_MS = 8
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
      const first = pieceSchema.parse(await this.#meta.get(keyOf(name, 0)))
      const others = Array.from({ length: first.pieces - 1 }, (_, n) => keyOf(name, n + 1))
      const stored = [first, ...z.array(pieceSchema).parse(await this.#meta.bulkGet(others))]
      const opened = await Promise.all(stored.map((sealed, n) => this.#codec().unseal(labelOf(name, first, n), sealed)))
      return { seq: first.seq, bytes: atOnce(joinBytes(opened)) }
    } catch {
      return null
    }
  }

  /** Saves in place of what was there. Resolves to whether it did. */
  async save(name: string, { seq, bytes }: Derived): Promise<boolean> {
    const cleared = this.#cleared
    const pieces = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES))
    try {
      const sealed: SealedBytes[] = []
      const nextSlice = slices(SLICE_MS)
      for (let n = 0; n < pieces; n += 1) {
        // In a worker, sealing ends before the promise is handed out: waiting for it lets nobody else run.
        await nextSlice()
        const piece = bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES)
        sealed.push(await this.#codec().seal(labelOf(name, { seq, pieces }, n), piece))
      }
      if (cleared !== this.#cleared) return false
      const meta = this.#meta
      await meta.db.transaction('rw', meta, async () => {
        await meta.where('key').startsWith(keyOf(name, '')).delete()
        // One by one: each is copied while it is handed over.
        for (const [n, piece] of sealed.entries()) await meta.put({ key: keyOf(name, n), seq, pieces, ...piece })
      })
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

function keyOf(name: string, piece: number | ''): string {
  return `${PREFIX}${name}|${piece}`
}

/** Pieces of another time, or in another order, must not verify. */
function labelOf(
  name: string,
  { seq, pieces }: { readonly seq: number; readonly pieces: number },
  piece: number,
): string {
  return `${PREFIX}${name}|${seq}|${piece} of ${pieces}`
}
