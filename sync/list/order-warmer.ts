import { slices } from '#shared/util/let-others-run.ts'
import type { Timing } from '../replication/timing.ts'

/** So long nothing must have changed, in milliseconds: who is busy needs no order that nobody has asked for. */
const QUIET_MS = 2_000

/** Work of so many milliseconds goes on before the next key is heard. */
const SLICE_MS = 4

/** What a warmer works with. */
export interface OrderWarmerDeps {
  readonly timing: Timing
  /** The work, a few milliseconds a step; done again it finds only what is left. */
  readonly steps: () => Iterable<void>
  readonly reportBug: (error: unknown) => void
}

/** Makes the orders of the list while nobody waits, so that the first list in each is as fast as any later one. */
export class OrderWarmer {
  readonly #deps: OrderWarmerDeps
  #cancel: (() => void) | null = null
  #isWarming = false
  #stopped = false

  constructor(deps: OrderWarmerDeps) {
    this.#deps = deps
  }

  /** Customers are here, or have changed: warms when it has become quiet. */
  soon(): void {
    this.#cancel?.()
    if (this.#stopped) return
    this.#cancel = this.#deps.timing.after(QUIET_MS, () => void this.#warm().catch(this.#deps.reportBug))
  }

  /** Does nothing any more. */
  stop(): void {
    this.#stopped = true
    this.#cancel?.()
  }

  async #warm(): Promise<void> {
    if (this.#isWarming) return
    this.#isWarming = true
    try {
      const nextSlice = slices(SLICE_MS)
      for (const _ of this.#deps.steps()) {
        await nextSlice()
        if (this.#stopped) return
      }
    } finally {
      this.#isWarming = false
    }
  }
}
