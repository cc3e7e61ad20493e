import type { HintListener, HintSource } from '../replication/hints.ts'

/** Hints of the fake server. Down unless a test turns them on. */
export class FakeHints implements HintSource {
  /** How often somebody tried to connect. */
  tries = 0
  #isUp = false
  /** While true, connections stand but nothing is told: hints get lost. */
  isDumb = false
  readonly #listeners = new Set<HintListener>()

  open(_companyId: string, listener: HintListener): () => void {
    this.tries += 1
    queueMicrotask(() => {
      if (!this.#isUp) return listener.onEnd()
      this.#listeners.add(listener)
      listener.onOpen()
    })
    return () => void this.#listeners.delete(listener)
  }

  get connections(): number {
    return this.#listeners.size
  }

  /** Turns the service on, or off with all its connections. */
  set(isUp: boolean): void {
    this.#isUp = isUp
    if (isUp) return
    const lost = [...this.#listeners]
    this.#listeners.clear()
    for (const listener of lost) listener.onEnd()
  }

  tell(): void {
    if (!this.isDumb) for (const listener of this.#listeners) listener.onHint()
  }
}
