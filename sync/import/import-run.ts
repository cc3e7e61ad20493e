import type { ImportProgress } from '#shared/replica-api/import.ts'
import type { AppError } from '#shared/util/result.ts'

/** Problems that are listed; all are counted. */
const MAX_PROBLEMS = 200
/** Shortest time between two progress notices, in milliseconds. */
const NOTICE_INTERVAL = 100

/** Keeps the counts of one import and tells its progress, at most ten times a second. */
export class ImportRun {
  readonly importId: string
  readonly #host: { notify(progress: ImportProgress): void; now(): number }
  #progress: ImportProgress
  #toldAt: number

  /** Tells at once that the import began, so that it can be cancelled. */
  constructor(
    importId: string,
    fileName: string,
    rows: number,
    host: { notify(progress: ImportProgress): void; now(): number },
  ) {
    this.importId = importId
    this.#host = host
    this.#progress = {
      importId,
      fileName,
      state: 'running',
      rows,
      done: 0,
      created: 0,
      invalid: 0,
      problems: [],
      error: null,
    }
    this.#toldAt = host.now()
    host.notify(this.#progress)
  }

  /** Counts a chunk: customers written, and rows that weren't customers. */
  chunkDone(created: number, problems: readonly { readonly row: number; readonly reason: string }[]): void {
    const before = this.#progress
    this.#progress = {
      ...before,
      done: before.done + created + problems.length,
      created: before.created + created,
      invalid: before.invalid + problems.length,
      problems: [...before.problems, ...problems.slice(0, MAX_PROBLEMS - before.problems.length)],
    }
    const now = this.#host.now()
    if (now - this.#toldAt < NOTICE_INTERVAL) return
    this.#toldAt = now
    this.#host.notify(this.#progress)
  }

  /** Ends the import, tells so and answers the final counts. */
  end(state: 'done' | 'cancelled' | 'failed', error: AppError | null = null): ImportProgress {
    this.#progress = { ...this.#progress, state, error }
    this.#host.notify(this.#progress)
    return this.#progress
  }
}
