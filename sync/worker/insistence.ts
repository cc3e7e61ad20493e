import { StorageError } from '#database/local/storage-error.ts'
import type { AppError } from '#shared/util/result.ts'
import type { Timing } from '../replication/timing.ts'

/** What insisting needs from outside. */
export interface InsistenceDeps {
  readonly timing: Timing
  /** Runs something when all requests before it are done. */
  readonly inTurn: (run: () => Promise<void>) => Promise<void>
  readonly reportBug: (error: unknown) => void
  /** Told after each try. */
  readonly onTried: () => void
}

/** After so long, in milliseconds, the storage is asked again for what it has refused. */
export const RETRY_MS = 15_000

/** Does what the session can't go on without, again and again while the storage refuses it. One thing at a time. */
export class Insistence {
  readonly #deps: InsistenceDeps
  #refused: AppError | null = null
  #undone: (() => Promise<unknown>) | null = null
  #cancelRetry: () => void = () => undefined

  constructor(deps: InsistenceDeps) {
    this.#deps = deps
  }

  /** Why it is not done yet; null: it is, or there is nothing to be done. */
  get refused(): AppError | null {
    return this.#refused
  }

  /** Does it, and tells what came of it. Whatever `work` throws but a `StorageError` ends it. */
  async run(work: () => Promise<unknown>): Promise<void> {
    const { timing, inTurn, reportBug, onTried } = this.#deps
    this.end()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      this.#refused = { code: error.code, message: error.message }
      this.#undone = work
      this.#cancelRetry = timing.after(RETRY_MS, () => void inTurn(() => this.#retry(work)).catch(reportBug))
    }
    onTried()
  }

  /** Does at once what is not done yet, before the session goes on elsewhere. Where it throws, it is tried again as before. */
  async finish(): Promise<void> {
    await this.#undone?.()
    this.end()
  }

  /** The session has gone on in another way, or is over. */
  end(): void {
    this.#cancelRetry()
    this.#refused = null
    this.#undone = null
  }

  async #retry(work: () => Promise<unknown>): Promise<void> {
    // Whatever had its turn before may have done it, or have gone on elsewhere.
    if (this.#undone === work) await this.run(work)
  }
}
