import type { Dexie, Table } from 'dexie'
import { LogDamagedError } from './log-errors.ts'
import { logHeadSchema } from './log-record.ts'

/**
 * The number of a log's last record. It is stored in the transaction that writes the record, so that
 * a lost one is noticed, and so is a second owner.
 */
export class LogHead {
  /** As far as it is known here; 0 for an empty log. */
  seq = 0
  readonly #db: Dexie
  readonly #log: Table<unknown, number>
  readonly #meta: Table<unknown, string>

  constructor(db: Dexie, log: Table<unknown, number>, meta: Table<unknown, string>) {
    this.#db = db
    this.#log = log
    this.#meta = meta
  }

  /** Takes over the stored head, which must name the last record that was read. @throws LogDamagedError */
  async endsAt(last: number): Promise<void> {
    const head = await this.#read()
    if (head === undefined) throw new LogDamagedError('its head is missing')
    if (head.seq !== last) throw new LogDamagedError(`it ends at ${last} and should at ${head.seq}`)
    this.seq = head.seq
  }

  /**
   * Runs `write` and moves the head to `to` in one transaction, if it is still at `from`; null: wherever it is.
   *
   * @throws LogDamagedError when somebody else has moved it; what IndexedDB throws
   */
  async move(from: number | null, to: number, write: () => Promise<void>): Promise<void> {
    const token = crypto.randomUUID()
    try {
      await this.#db.transaction('rw', this.#log, this.#meta, async () => {
        const before = await this.#read()
        if (from !== null && before?.seq !== from) {
          throw new LogDamagedError(`its head is at ${before?.seq}, we left it at ${from}`)
        }
        await write()
        await this.#meta.put({ key: 'head', seq: to, token })
      })
    } catch (error) {
      // The answer may have been lost, not the write: our mark at the head says so.
      const head = await this.#read().catch(() => undefined)
      if (head?.token !== token) throw error
    }
    this.seq = to
  }

  async #read() {
    return logHeadSchema.safeParse(await this.#meta.get('head')).data
  }
}
