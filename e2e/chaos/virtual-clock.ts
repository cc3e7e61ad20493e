import type { Timing } from '#sync/replication/timing.ts'

interface Timer {
  readonly due: number
  readonly run: () => void
}

/**
 * The clock of one laptop: it stands still until it is told to go on. What is on the wall can be
 * wrong, and jumps; timers count what has passed while the machine was awake.
 */
export class VirtualClock {
  readonly #random: () => number
  #awake = 0
  #wall: number
  #timers: Timer[] = []

  constructor(startsAt: number, random: () => number) {
    this.#wall = startsAt
    this.#random = random
  }

  /** The worker's view of it. Timers of a worker that was killed never fire. */
  timing(): { readonly timing: Timing; readonly stop: () => void } {
    let isStopped = false
    const timing: Timing = {
      now: () => this.#wall,
      after: (ms, run) => {
        const timer = { due: this.#awake + ms, run: () => (isStopped ? undefined : run()) }
        this.#timers.push(timer)
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer)
        }
      },
      random: this.#random,
    }
    return {
      timing,
      stop: () => {
        isStopped = true
      },
    }
  }

  /** Time passes: whatever is due fires in its order. */
  advance(ms: number): void {
    const end = this.#awake + ms
    for (;;) {
      const next = this.#timers.reduce<Timer | null>(
        (first, timer) => (timer.due <= end && (first === null || timer.due < first.due) ? timer : first),
        null,
      )
      if (next === null) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#pass(Math.max(0, next.due - this.#awake))
      next.run()
    }
    this.#pass(end - this.#awake)
  }

  /** The wall jumps while no timer runs: sleep, or somebody sets the clock. */
  jump(ms: number): void {
    this.#wall += ms
  }

  #pass(ms: number): void {
    this.#awake += ms
    this.#wall += ms
  }
}
