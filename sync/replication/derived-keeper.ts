import type { DerivedStore } from '#database/local/local-replica.ts'
import { inSlices, type Steps } from '#shared/util/in-steps.ts'
import { slices } from '#shared/util/let-others-run.ts'
import type { Timing } from './timing.ts'

/** What is kept with. */
export interface DerivedKeeperDeps {
  readonly timing: Timing
  /** Null where nothing can be kept. */
  readonly derived: DerivedStore | null
  /** Runs something while memory and disk are the same, and nothing is on its way to the disk. */
  readonly atRest: (work: () => void) => Promise<unknown>
}

/** It is saved when nothing has changed for so long, in milliseconds, and so much has before. */
const QUIET_MS = 4_000
const MANY_CHANGES = 500
const MANY_WRITES = 200
/** Longest stretch of work at a time, in milliseconds. */
const SLICE_MS = 8

/** Keeps what was computed from the customers for the next start, which then looks at what has changed since only. */
export class DerivedKeeper {
  readonly #name: string
  readonly #deps: DerivedKeeperDeps
  readonly #encode: () => Steps<Uint8Array<ArrayBuffer> | null> | null
  #changes = 0
  #writes = 0
  #isOver = false
  #cancel: (() => void) | null = null

  /** `encode`: as it is now, or null where it is not worth keeping; its steps come to null when it has changed meanwhile. */
  constructor(name: string, deps: DerivedKeeperDeps, encode: () => Steps<Uint8Array<ArrayBuffer> | null> | null) {
    this.#name = name
    this.#deps = deps
    this.#encode = encode
  }

  /** What was saved, and who has changed since; null: nothing that could be brought up to date. */
  async load(): Promise<{ readonly bytes: Uint8Array; readonly changed: ReadonlySet<string> } | null> {
    const { derived } = this.#deps
    const saved = (await derived?.read(this.#name)) ?? null
    const changed = saved && ((await derived?.changedAfter(saved.seq)) ?? null)
    return changed && { bytes: saved.bytes, changed }
  }

  /** What was saved is in use, and so many customers are others than in it. */
  loaded(customers: number): void {
    this.#changes = customers
  }

  /** So many customers are others than in what is saved; left out: all of it was made anew. */
  changed(customers = MANY_CHANGES): void {
    this.#changes += customers
  }

  /** Something was written: saving waits until that has ended. */
  written(): void {
    this.#writes += 1
    this.saveSoon()
  }

  /** Saves when it is worth it, and nothing has changed for a while. */
  saveSoon(): void {
    this.#cancel?.()
    if (this.#isOver || this.#deps.derived === null) return
    if (this.#changes < MANY_CHANGES && this.#writes < MANY_WRITES) return
    // What can't be saved is computed again.
    this.#cancel = this.#deps.timing.after(QUIET_MS, () => void this.#save().catch(() => undefined))
  }

  /** Saves nothing any more. */
  stop(): void {
    this.#isOver = true
    this.#cancel?.()
  }

  async #save(): Promise<void> {
    const { derived, atRest } = this.#deps
    if (derived === null) return
    let begun = null as { readonly seq: number; readonly steps: Steps<Uint8Array<ArrayBuffer> | null> } | null
    const [changes, writes] = [this.#changes, this.#writes]
    await atRest(() => {
      const steps = this.#isOver ? null : this.#encode()
      if (steps !== null) begun = { seq: derived.head(), steps }
    })
    if (begun === null) return
    const bytes = await inSlices(begun.steps, slices(SLICE_MS), () => this.#isOver)
    if (bytes === null) return
    this.#changes -= changes
    this.#writes -= writes
    await derived.save(this.#name, { seq: begun.seq, bytes })
  }
}
