/** What of a storage can let go of documents that were removed from it. */
export interface Cleanable {
  /** Forgets, durably, what was removed so long ago (in milliseconds). Resolves to whether that is all. */
  cleanup(minimumDeletedMs: number): Promise<boolean>
}

/** So long nothing may have been written, in milliseconds. */
const IDLE_MS = 2_000

/**
 * A storage of RxDB keeps a mark of every document that was removed, for replications that ask what
 * is gone. Ours never asks, so the marks leave when nothing was written for a while, and so do those
 * that were left when the app ended.
 */
export class RemovedDocuments {
  readonly #all: readonly Cleanable[]
  readonly #marked: Set<Cleanable>
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(all: readonly Cleanable[]) {
    this.#all = all
    this.#marked = new Set(all)
    this.written([])
  }

  /** Something was written, and removed from these. */
  written(removedFrom: readonly Cleanable[]): void {
    for (const storage of removedFrom) this.#marked.add(storage)
    this.stop()
    if (this.#marked.size === 0) return
    this.#timer = setTimeout(() => {
      // A log that refuses a write has stopped: the next commit says so.
      this.#forget([...this.#marked]).catch(() => undefined)
    }, IDLE_MS)
  }

  /** Forgets all of them now. @throws what the storage throws */
  forgetNow(): Promise<void> {
    return this.#forget(this.#all)
  }

  /** Starts nothing more by itself. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  async #forget(storages: readonly Cleanable[]): Promise<void> {
    for (const storage of storages) {
      this.#marked.delete(storage)
      while (!(await storage.cleanup(0)));
    }
  }
}
