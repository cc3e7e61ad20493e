import { AdaptiveSize } from './adaptive-size.ts'
import { SyncError } from './sync-error.ts'

/** What waits to be sent, and how it is sent. */
export interface PushQueueDeps<Item> {
  /** Most that one request carries. */
  readonly limit: number
  /** Everything that waits now, oldest first. */
  readonly waiting: () => Iterable<Item>
  readonly idOf: (item: Item) => string
  /** Takes what fits into the next request from the front, at least one while there is one. */
  readonly batch: (items: Iterable<Item>, limit: number) => Item[]
  /** Sends a batch and stores the verdicts. Resolves to whether anything was refused for lack of rights. */
  readonly send: (batch: readonly Item[]) => Promise<boolean>
}

/** What a round of pushing came to. */
export interface PushOutcome {
  /** Whether any write was refused for lack of rights, which may mean that the user's role changed. */
  readonly forbidden: boolean
  /** What the server said to mutations that it fails at even alone; all others were tried. Null: there are none. */
  readonly failure: SyncError | null
}

/** So many mutations that fail alone mean that the server fails, not they. */
const MAX_STUCK = 3
/** Verdicts on one item in a round. An edit that meets a new conflict each time waits for the next round. */
const MAX_SENDS = 8

/** Sends what waits in batches; what the server stumbles over is found by halves and delays no other. */
export class PushQueue<Item> {
  readonly #deps: PushQueueDeps<Item>
  readonly #size: AdaptiveSize
  /** Items whose mutation made the server fail even alone when it was last sent. */
  readonly #stuck = new Set<string>()

  constructor(deps: PushQueueDeps<Item>) {
    this.#deps = deps
    this.#size = new AdaptiveSize(deps.limit, 1, 2)
  }

  /**
   * Sends everything that waits; `isStopped` is asked between batches.
   *
   * @throws SyncError when the server could not be asked; StorageError when an answer could not be stored.
   */
  async run(isStopped: () => boolean): Promise<PushOutcome> {
    const { idOf, batch: take, send } = this.#deps
    const stuck = new Set<string>()
    const sends = new Map<string, number>()
    const isDone = (item: Item) => stuck.has(idOf(item)) || (sends.get(idOf(item)) ?? 0) >= MAX_SENDS
    let failure: SyncError | null = null
    let forbidden = false
    while (!isStopped()) {
      const batch = take(without(this.#inOrder(), isDone), this.#size.value)
      if (batch.length === 0) break
      try {
        const refused = await send(batch)
        for (const id of batch.map(idOf)) {
          sends.set(id, (sends.get(id) ?? 0) + 1)
          this.#stuck.delete(id)
        }
        forbidden ||= refused
        this.#size.grow()
      } catch (error) {
        if (!(error instanceof SyncError)) throw error
        if (error.timedOut) this.#size.shrink()
        if (error.kind !== 'bad_request') throw error
        // One row may be what the server stumbles over. Find it by halves, so that it delays no other.
        failure = error
        if (batch.length > 1) this.#size.shrink()
        else for (const item of batch) stuck.add(idOf(item))
        if (stuck.size >= MAX_STUCK) break
      }
    }
    for (const id of stuck) this.#stuck.add(id)
    return { forbidden, failure: stuck.size > 0 ? failure : null }
  }

  /** What waits, those last that failed alone before: however many they are, all others get their turn. */
  *#inOrder(): Generator<Item> {
    const { waiting, idOf } = this.#deps
    for (const item of waiting()) if (!this.#stuck.has(idOf(item))) yield item
    for (const item of waiting()) if (this.#stuck.has(idOf(item))) yield item
  }
}

function* without<Item>(items: Iterable<Item>, isDone: (item: Item) => boolean): Generator<Item> {
  for (const item of items) if (!isDone(item)) yield item
}
