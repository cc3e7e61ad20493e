import { StorageError } from '#database/local/storage-error.ts'
import type { SyncPhase } from '#shared/replica-api/sync-status.ts'
import type { AppError } from '#shared/util/result.ts'
import { SyncError } from './sync-error.ts'
import { backoffDelay, type Timing } from './timing.ts'

/** One round of work: each throws `SyncError` or `StorageError` when it fails. */
export interface SyncRound {
  /** Who the user is to the company now. */
  refreshWorkspace(): Promise<void>
  push(isStopped: () => boolean): Promise<{ readonly forbidden: boolean }>
  pull(isStopped: () => boolean): Promise<void>
  /** Called when push and pull were both done. */
  finished(): Promise<void>
}

/** What the loop needs from outside. */
export interface SyncLoopDeps {
  readonly round: SyncRound
  readonly timing: Timing
  readonly onPhase: (phase: SyncPhase) => void
  /** Told about faults in the app, which no user can do anything about. */
  readonly reportBug: (error: unknown) => void
  /** Whether changes wait to be sent. */
  readonly hasWaiting: () => boolean
  /** Whether there is a network, as far as the platform knows: a hint for the status, never a reason not to try. */
  readonly isOnline: () => boolean
}

/** Pause between rounds when all is well, in milliseconds. */
export const POLL_MS = 3_000
/** How often the role and the members are asked for again. */
const WORKSPACE_MS = 60_000

/**
 * Runs rounds (push, then pull: so a page can never bring back what a push has just changed) one
 * after the other: every 3 s, at once when woken, and after a failure with growing pauses.
 */
export class SyncLoop {
  readonly #deps: SyncLoopDeps
  #stopped = false
  /** The user must act (sign in again, update), or the storage is broken: waking does not help. */
  #blocked = false
  #running: Promise<void> | null = null
  #wokenWhileRunning = false
  #cancelTimer: () => void = () => undefined
  #failures = 0
  #isUpToDate = false
  #workspaceAt = Number.NEGATIVE_INFINITY

  constructor(deps: SyncLoopDeps) {
    this.#deps = deps
  }

  /** Runs a round as soon as the one under way is over. After a command, on resume, on "sync now". */
  wake(): void {
    if (this.#stopped || this.#blocked) return
    if (this.#running !== null) {
      this.#wokenWhileRunning = true
      return
    }
    this.#cancelTimer()
    this.#running = this.#runRound().finally(() => {
      this.#running = null
      if (this.#wokenWhileRunning) {
        this.#wokenWhileRunning = false
        this.wake()
      }
    })
  }

  /** The network came back, or the machine woke up: earlier failures say nothing any more. */
  networkChanged(): void {
    this.#failures = 0
    if (!this.#deps.isOnline() && !this.#blocked) {
      this.#isUpToDate = false
      this.#deps.onPhase({ kind: 'offline' })
    }
    this.wake()
  }

  /** The user has acted (signed in again): go on where a failure had blocked the loop. */
  unblock(): void {
    this.#blocked = false
    this.#workspaceAt = Number.NEGATIVE_INFINITY
    this.networkChanged()
  }

  /** Stops for good because the storage failed: syncing on would lose what can't be stored. */
  failStop(error: AppError): void {
    this.#blocked = true
    this.#cancelTimer()
    this.#deps.onPhase({ kind: 'failed', error, retryAt: null })
  }

  /** Stops, and resolves when the round under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelTimer()
    await this.#running
  }

  async #runRound(): Promise<void> {
    const { round, timing, onPhase, hasWaiting, isOnline } = this.#deps
    // A poll that finds nothing shows nothing, and neither does the next try after a failure.
    if (isOnline() && this.#failures === 0 && (!this.#isUpToDate || hasWaiting())) onPhase({ kind: 'syncing' })
    const isStopped = () => this.#stopped || this.#blocked
    try {
      if (timing.now() - this.#workspaceAt > WORKSPACE_MS) {
        await round.refreshWorkspace()
        this.#workspaceAt = timing.now()
      }
      const { forbidden } = await round.push(isStopped)
      if (forbidden) this.#workspaceAt = Number.NEGATIVE_INFINITY
      await round.pull(isStopped)
      if (isStopped()) return
      await round.finished()
      this.#failures = 0
      this.#isUpToDate = true
      onPhase({ kind: 'upToDate' })
      this.#schedule(POLL_MS)
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    if (this.#stopped) return
    this.#isUpToDate = false
    if (error instanceof StorageError) {
      this.failStop({ code: error.code, message: error.message })
      return
    }
    if (!(error instanceof SyncError)) {
      this.failStop({
        code: 'bug',
        message: 'Syncing stopped because of a fault in the app. Restart it; your changes are kept.',
      })
      this.#deps.reportBug(error)
      return
    }
    const { timing, onPhase } = this.#deps
    this.#failures += 1
    if (error.kind === 'auth') {
      this.#blocked = true
      onPhase({ kind: 'failed', error: error.toAppError(), retryAt: null })
      return
    }
    const delay = backoffDelay(this.#failures, timing.random())
    if (error.kind === 'unreachable') onPhase({ kind: 'offline' })
    else onPhase({ kind: 'failed', error: error.toAppError(), retryAt: new Date(timing.now() + delay).toISOString() })
    this.#schedule(delay)
  }

  #schedule(ms: number): void {
    if (this.#stopped) return
    this.#cancelTimer()
    this.#cancelTimer = this.#deps.timing.after(ms, () => this.wake())
  }
}
