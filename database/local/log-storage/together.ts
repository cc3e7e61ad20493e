import { type BulkWriteCall, queueBulkWrites } from './bulk-write.ts'
import { LogStoppedError } from './log-errors.ts'
import type { QueuedWrite } from './write-queue.ts'

const PATTERN = /^together:([^:]+):(\d+)$/
/** The calls of one common write are made in the same breath; one that never comes is a bug. */
const PATIENCE_MS = 5_000

/**
 * The context that makes `count` calls of `bulkWrite`, on any collections of one database, one
 * atomic write. RxDB hands contexts through to the storage, so this needs no second way to write.
 */
export function togetherContext(count: number): string {
  return `together:${crypto.randomUUID()}:${count}`
}

/** Gathers the calls of common writes until they are complete. */
export class TogetherWrites {
  readonly #push: (write: QueuedWrite) => void
  readonly #open = new Map<string, { readonly calls: BulkWriteCall[]; readonly timer: ReturnType<typeof setTimeout> }>()

  constructor(push: (write: QueuedWrite) => void) {
    this.#push = push
  }

  /** Queues the call, by itself or when the last one of its common write has come. */
  add(call: BulkWriteCall): void {
    const [, id, count] = PATTERN.exec(call.context) ?? []
    if (id === undefined) {
      this.#push(queueBulkWrites([call], false))
      return
    }
    const group = this.#open.get(id) ?? { calls: [], timer: setTimeout(() => this.#giveUp(id), PATIENCE_MS) }
    this.#open.set(id, group)
    group.calls.push(call)
    if (group.calls.length < Number(count)) return
    clearTimeout(group.timer)
    this.#open.delete(id)
    this.#push(queueBulkWrites(group.calls, true))
  }

  #giveUp(id: string): void {
    const group = this.#open.get(id)
    this.#open.delete(id)
    const error = new LogStoppedError(new Error('A part of a common write never came.'))
    for (const call of group?.calls ?? []) call.reject(error)
  }
}
