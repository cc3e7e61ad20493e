import { StorageError } from '#database/local/storage-error.ts'
import type { SyncPhase } from '#shared/replica-api/sync-status.ts'
import type { AppError } from '#shared/util/result.ts'
import type { PushOutcome } from './push-queue.ts'
import { SyncError } from './sync-error.ts'
import { backoffDelay, MAX_DELAY_MS, type Timing } from './timing.ts'

/** One round of work: each throws `SyncError` or `StorageError` when it fails. */
export interface SyncRound {
  /** Who the user is to the company now. */
  refreshWorkspace(): Promise<void>
  push(isStopped: () => boolean): Promise<PushOutcome>
  /** Resolves to the number of rows that were news. */
  pull(isStopped: () => boolean): Promise<number>
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
  /** Pause between rounds when all is well, in milliseconds. */
  readonly pollMs: () => number
  /** Told when a round that nobody asked for brought changes of others. */
  readonly onFoundByPoll: () => void
}

/** How often the role and the members are asked for again. */
const WORKSPACE_MS = 60_000

/**
 * Runs rounds (push, then pull: so a page can never bring back what a push has just changed) one
 * after the other: every few seconds, at once when woken, and after a failure with growing pauses.
 */
export class SyncLoop {
  readonly #deps: SyncLoopDeps
  /** For good: closed, or the storage is broken. */
  #stopped = false
  #isRunning = false
  #wokenWhileRunning = false
  #cancelTimer: () => void = () => undefined
  #failures = 0
  #isUpToDate = false
  #isPoll = false
  #workspaceAt = Number.NEGATIVE_INFINITY

  constructor(deps: SyncLoopDeps) {
    this.#deps = deps
  }

  /** Runs a round as soon as the one under way is over. After a command, on resume, on "sync now". */
  wake(): void {
    if (this.#stopped) return
    if (this.#isRunning) {
      this.#wokenWhileRunning = true
      return
    }
    this.#cancelTimer()
    this.#isRunning = true
    void this.#runRound().finally(() => {
      this.#isRunning = false
      if (!this.#wokenWhileRunning) return
      this.#wokenWhileRunning = false
      // While the server fails, commands don't hasten the next try.
      if (this.#failures === 0) this.wake()
    })
  }

  /** A command was made: sent at once when all is well, with the next try when the server fails. */
  nudge(): void {
    if (this.#failures === 0) this.wake()
  }

  /** The network came or went, or the user acted: earlier failures say nothing any more. */
  restart(): void {
    if (this.#stopped) return
    this.#failures = 0
    if (!this.#deps.isOnline()) {
      this.#isUpToDate = false
      this.#deps.onPhase({ kind: 'offline' })
    }
    this.wake()
  }

  /** As `restart`, and asks for the role anew: the user has signed in. */
  signedIn(): void {
    this.#workspaceAt = Number.NEGATIVE_INFINITY
    this.restart()
  }

  /** The next round must not come later than this, in milliseconds: nobody tells of changes any more. */
  hasten(ms: number): void {
    if (!this.#stopped && !this.#isRunning && this.#failures === 0) this.#schedule(ms)
  }

  /** Stops for good because the storage failed: syncing on would lose what can't be stored. */
  failStop(error: AppError): void {
    if (this.#stopped) return
    this.stop()
    this.#deps.onPhase({ kind: 'failed', error, retryAt: null })
  }

  /** Stops. A request under way is not waited for: what it brings is no longer looked at. */
  stop(): void {
    this.#stopped = true
    this.#cancelTimer()
  }

  async #runRound(): Promise<void> {
    const { round, timing, onPhase, hasWaiting, isOnline } = this.#deps
    // A poll that finds nothing shows nothing, and neither does the next try after a failure.
    if (isOnline() && this.#failures === 0 && (!this.#isUpToDate || hasWaiting())) onPhase({ kind: 'syncing' })
    const isStopped = () => this.#stopped
    const isPoll = this.#isPoll && !hasWaiting()
    this.#isPoll = false
    try {
      // `abs`: a clock that was set back must not put this off.
      if (Math.abs(timing.now() - this.#workspaceAt) > WORKSPACE_MS) {
        // Noted before the answer, which says nothing of what is to be asked since (`signedIn`).
        this.#workspaceAt = timing.now()
        await round.refreshWorkspace().catch((error: unknown) => {
          this.#workspaceAt = Number.NEGATIVE_INFINITY
          throw error
        })
      }
      const { forbidden, failure } = await round.push(isStopped)
      if (forbidden) this.#workspaceAt = Number.NEGATIVE_INFINITY
      const news = await round.pull(isStopped)
      if (this.#stopped) return
      if (isPoll && news > 0) this.#deps.onFoundByPoll()
      // Told only now: what others did must not wait for a change that the server can't digest.
      if (failure !== null) throw failure
      await round.finished()
      if (this.#stopped) return
      this.#failures = 0
      this.#isUpToDate = true
      onPhase({ kind: 'upToDate' })
      this.#schedule(this.#deps.pollMs())
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
      this.#deps.reportBug(error)
      this.failStop({ code: 'bug', message: BUG })
      return
    }
    const { timing, onPhase } = this.#deps
    this.#failures += 1
    // The companies say whether it is for good.
    if (error.kind === 'forbidden') this.#workspaceAt = Number.NEGATIVE_INFINITY
    const isUsersTurn = error.kind === 'auth'
    // Only the user can sign in; the slow tries are for a server that says so by mistake.
    const delay = isUsersTurn ? MAX_DELAY_MS : backoffDelay(this.#failures, timing.random())
    const retryAt = isUsersTurn ? null : new Date(timing.now() + delay).toISOString()
    if (error.kind === 'unreachable') onPhase({ kind: 'offline' })
    else onPhase({ kind: 'failed', error: error.toAppError(), retryAt })
    this.#schedule(delay)
  }

  #schedule(ms: number): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#deps.timing.after(ms, () => {
      this.#isPoll = true
      this.wake()
    })
  }
}

const BUG = 'Syncing stopped because of a fault in the app. Restart it; your changes are kept.'
