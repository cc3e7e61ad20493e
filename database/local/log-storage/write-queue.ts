import type { LogPart } from './log-record.ts'

/** One write that waits for its turn. */
export interface QueuedWrite {
  /** Documents it is about; decides how many writes share a transaction. */
  readonly size: number
  /** Judges the write by what is in memory and in flight, and says what to store; null: nothing. */
  readonly plan: () => readonly LogPart[] | null
  /** Changes memory; called when the parts are durable. */
  readonly apply: () => void
  /** Tells the listeners and the caller; called when all writes of its transaction are applied. */
  readonly done: () => void
  readonly fail: (error: unknown) => void
}

/** Writes that share a transaction hold about so many documents at most. */
const GROUP_DOCUMENTS = 10_000

/**
 * One queue for all writes of a database. What arrived while a transaction was under way goes out
 * together in the next one (group commit). Persist, then apply: memory never shows what the disk
 * may not have.
 */
export class WriteQueue {
  readonly #append: (parts: readonly LogPart[]) => Promise<void>
  readonly #afterGroup: () => void
  readonly #waiting: QueuedWrite[] = []
  #running: Promise<void> | null = null

  /** `append` makes parts durable, all or none. `afterGroup` is called when a group has settled. */
  constructor(append: (parts: readonly LogPart[]) => Promise<void>, afterGroup: () => void) {
    this.#append = append
    this.#afterGroup = afterGroup
  }

  /** Whether nothing waits and nothing is under way. */
  get isIdle(): boolean {
    return this.#running === null
  }

  push(write: QueuedWrite): void {
    this.#waiting.push(write)
    this.#running ??= this.#run()
  }

  /** Resolves when everything pushed so far has settled. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #run(): Promise<void> {
    // One turn of the event loop's microtasks: what is pushed in the same breath shares a transaction.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      await this.#commit(this.#takeGroup())
      this.#afterGroup()
    }
    this.#running = null
  }

  #takeGroup(): QueuedWrite[] {
    let size = 0
    const end = this.#waiting.findIndex((write, i) => {
      size += write.size
      return i > 0 && size > GROUP_DOCUMENTS
    })
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end)
  }

  async #commit(group: readonly QueuedWrite[]): Promise<void> {
    const planned: QueuedWrite[] = []
    const parts: LogPart[] = []
    for (const write of group) {
      try {
        const plan = write.plan()
        if (plan === null) continue
        parts.push(...plan)
        planned.push(write)
      } catch (error) {
        write.fail(error)
      }
    }
    try {
      if (parts.length > 0) await this.#append(parts)
    } catch (error) {
      for (const write of planned) write.fail(error)
      return
    }
    for (const write of planned) write.apply()
    for (const write of planned) write.done()
  }
}
