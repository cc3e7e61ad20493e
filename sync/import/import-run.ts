import type { ImportProgress } from '#shared/replica-api/import.ts'
import { type AppError, fail, type Result } from '#shared/util/result.ts'
import type { ImportPosition } from './import-journal.ts'

/** How an import is written. */
export interface RunHost {
  /** Writes the rows behind a position and the position after them, in one piece. */
  readonly step: (position: ImportPosition, upTo: number) => Promise<Result<ImportPosition>>
  /** Notes that it stands where it stands, in another state. */
  readonly settle: (position: ImportPosition) => Promise<Result<null>>
  readonly notify: (progress: ImportProgress) => void
  /** Milliseconds. */
  readonly now: () => number
  readonly reportBug: (error: unknown) => void
}

/** Rows that one durable write holds: between two of them the worker answers what else is asked. */
const CHUNK = 1_000
const NOTICE_MS = 200

/** Writes a planned import chunk by chunk. Each chunk is there whole with its place in the journal, or not at all. */
export class ImportRun {
  readonly importId: string
  readonly #fileName: string
  readonly #rows: number
  readonly #host: RunHost
  #position: ImportPosition
  #wanted: 'run' | 'pause' | 'cancel' = 'run'
  /** Rows, or a state, are being written. */
  #isBusy = false
  #error: AppError | null = null
  #toldAt = Number.NEGATIVE_INFINITY
  #ended: Promise<void> = Promise.resolve()

  constructor(
    of: { readonly importId: string; readonly fileName: string; readonly rows: number },
    position: ImportPosition,
    host: RunHost,
  ) {
    this.importId = of.importId
    this.#fileName = of.fileName
    this.#rows = of.rows
    this.#position = position
    this.#host = host
  }

  progress(): ImportProgress {
    const { state, done, counts } = this.#position
    const { importId } = this
    const error = this.#error
    return { importId, fileName: this.#fileName, stage: 'import', state, rows: this.#rows, done, counts, error }
  }

  /** Resolves when nothing is being written any more. */
  get ended(): Promise<void> {
    return this.#ended
  }

  /** Starts, or goes on. A run under way stays as it is, but for a pause that was asked for. */
  start(): void {
    if (this.#isBusy) {
      if (this.#wanted === 'pause') this.#wanted = 'run'
      return
    }
    this.#wanted = 'run'
    void this.#busyWith(() => this.#run())
  }

  /** After the chunk under way. */
  pause(): void {
    this.#wanted = 'pause'
  }

  /** After the chunk under way, for good; what was written stays. */
  async cancel(): Promise<void> {
    this.#wanted = 'cancel'
    await this.#ended
    // Somebody else has cancelled it too, and is first.
    if (this.#isBusy) return this.#ended
    const { state } = this.#position
    if (state === 'paused' || state === 'failed') await this.#busyWith(() => this.#end('cancelled'))
  }

  #busyWith(work: () => Promise<void>): Promise<void> {
    this.#isBusy = true
    this.#ended = work().finally(() => {
      this.#isBusy = false
    })
    return this.#ended
  }

  async #run(): Promise<void> {
    // Somebody may go on while the pause is being written.
    do {
      this.#error = null
      this.#become('running')
      await this.#writeRows()
    } while (this.#wanted === 'run' && this.#position.state === 'paused')
  }

  async #writeRows(): Promise<void> {
    while (this.#wanted === 'run' && this.#position.done < this.#rows) {
      const upTo = Math.min(this.#rows, this.#position.done + CHUNK)
      const stepped = await this.#guarded(() => this.#host.step(this.#position, upTo))
      if (!stepped.ok) {
        // What can't be noted is seen at the next start: an import that has not ended.
        await this.#guarded(() => this.#host.settle({ ...this.#position, state: 'failed', error: stepped.error }))
        this.#error = stepped.error
        this.#become('failed')
        return
      }
      this.#position = stepped.value
      this.#tell()
      // Promises alone would not let the next message in.
      await new Promise((resolve) => setTimeout(resolve))
    }
    if (this.#position.done >= this.#rows) await this.#end('done')
    else await this.#end(this.#wanted === 'cancel' ? 'cancelled' : 'paused')
  }

  async #end(state: 'done' | 'cancelled' | 'paused'): Promise<void> {
    const settled = await this.#guarded(() => this.#host.settle({ ...this.#position, state, error: null }))
    if (!settled.ok) this.#error = settled.error
    this.#become(settled.ok ? state : 'failed')
  }

  /** A bug ends an import like a full disk does, instead of leaving it running for ever. */
  async #guarded<T>(write: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await write()
    } catch (bug) {
      this.#host.reportBug(bug)
      return fail(
        'bug',
        'The app had a problem of its own. What was written stays. Try to go on, or cancel the import.',
      )
    }
  }

  #become(state: ImportPosition['state']): void {
    this.#position = { ...this.#position, state }
    this.#toldAt = Number.NEGATIVE_INFINITY
    this.#tell()
  }

  #tell(): void {
    const now = this.#host.now()
    if (now - this.#toldAt < NOTICE_MS) return
    this.#toldAt = now
    this.#host.notify(this.progress())
  }
}
