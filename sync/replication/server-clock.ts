import type { ReplicaState } from '#database/local/replica-state.ts'

type StoredClock = NonNullable<ReplicaState['serverClock']>

/**
 * The server's time as far as this machine knows it, so that the times of edits made here compare
 * with those of others although laptops' clocks are wrong. It never goes below the latest server
 * time seen: a clock that was set back must not make a new edit look older than what it edits.
 */
export class ServerClock {
  readonly #now: () => number
  #offsetMs: number
  #latest: number
  #last = 0

  /** `now`: this machine's clock in milliseconds since 1970. */
  constructor(now: () => number, stored: StoredClock | undefined) {
    this.#now = now
    this.#offsetMs = stored?.offsetMs ?? 0
    this.#latest = stored?.latest ? Date.parse(stored.latest) : 0
  }

  /** The time now (ISO, UTC). It never goes back while the app runs. */
  now(): string {
    this.#last = Math.max(this.#now() + this.#offsetMs, this.#latest, this.#last)
    return new Date(this.#last).toISOString()
  }

  /** Takes note of the server's time in an answer. The way there and back is below what edits compare. */
  observe(serverTime: string): StoredClock {
    const server = Date.parse(serverTime)
    this.#offsetMs = server - this.#now()
    this.#latest = Math.max(this.#latest, server)
    return { offsetMs: this.#offsetMs, latest: new Date(this.#latest).toISOString() }
  }
}
