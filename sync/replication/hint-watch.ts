import type { HintSource } from './hints.ts'
import { backoffDelay, type Timing } from './timing.ts'

/** What the watch needs from outside. */
export interface HintWatchDeps {
  readonly source: HintSource
  readonly companyId: string
  readonly timing: Timing
  /** Pull soon: something changed, or may have changed while nobody told. */
  readonly onHint: () => void
  /** The connection stands anew: whatever failed before, the server is there. */
  readonly onOpen: () => void
  /** The connection is lost: the next poll must come sooner. */
  readonly onLost: () => void
}

/** Pause between polls while nobody tells of changes, in milliseconds. */
export const POLL_MS = 3_000
/** The same while hints come: only for what a lost hint would have told. */
export const HINTED_POLL_MS = 30_000
/** Laptops that hear the same hint come back spread over so many milliseconds. */
const SPREAD_MS = 250
/** A poll that finds something without a hint around it, so many milliseconds, means that hints get lost. */
const GRACE_MS = 2_000
/** How long hints that got lost are not relied upon, in milliseconds. */
const DISTRUST_MS = 5 * 60_000

/** Keeps a connection for hints open, and says how far it can be relied upon. */
export class HintWatch {
  readonly #deps: HintWatchDeps
  #end: () => void = () => undefined
  #cancelTimer: () => void = () => undefined
  #isOpen = false
  #isStarted = false
  #failures = 0
  #hintAt = Number.NEGATIVE_INFINITY
  #distrustedUntil = Number.NEGATIVE_INFINITY

  constructor(deps: HintWatchDeps) {
    this.#deps = deps
  }

  /** How long to wait for the next poll, in milliseconds. */
  pollMs(): number {
    const { timing } = this.#deps
    const left = this.#distrustedUntil - timing.now()
    // A clock that was set back must not make the distrust last.
    const isDistrusted = left > 0 && left <= DISTRUST_MS
    if (!this.#isOpen || isDistrusted) return POLL_MS
    return HINTED_POLL_MS * (0.8 + 0.2 * timing.random())
  }

  /** Connects; or at once again, where a connection was lost. */
  start(): void {
    this.#isStarted = true
    if (!this.#isOpen) this.#connect()
  }

  /** The machine slept or the network changed: the connection may be dead without knowing it. */
  reconnect(): void {
    if (!this.#isStarted) return
    this.#failures = 0
    this.#connect()
  }

  stop(): void {
    this.#isStarted = false
    this.#isOpen = false
    this.#cancelTimer()
    this.#end()
  }

  /** A poll that nobody asked for found changes of others: were they told? */
  foundByPoll(): void {
    const { timing } = this.#deps
    const since = timing.now() - GRACE_MS
    if (!this.#isOpen) return
    timing.after(GRACE_MS, () => {
      if (this.#hintAt < since) this.#distrustedUntil = timing.now() + DISTRUST_MS
    })
  }

  #connect(): void {
    const { source, companyId } = this.#deps
    this.#cancelTimer()
    this.#end()
    this.#isOpen = false
    let isCurrent = true
    const close = source.open(companyId, {
      onHint: () => {
        if (isCurrent) this.#hinted()
      },
      onOpen: () => {
        if (!isCurrent) return
        this.#failures = 0
        this.#isOpen = true
        this.#deps.onOpen()
      },
      onEnd: () => {
        if (!isCurrent) return
        isCurrent = false
        this.#lost()
      },
    })
    this.#end = () => {
      isCurrent = false
      close()
      this.#end = () => undefined
    }
  }

  #hinted(): void {
    const { timing, onHint } = this.#deps
    this.#hintAt = timing.now()
    timing.after(SPREAD_MS * timing.random(), onHint)
  }

  #lost(): void {
    const { timing, onLost } = this.#deps
    const wasOpen = this.#isOpen
    this.#isOpen = false
    this.#failures += 1
    this.#cancelTimer = timing.after(backoffDelay(this.#failures, timing.random()), () => this.#connect())
    if (wasOpen) onLost()
  }
}
