import type { Customer } from '#shared/domain/customer.ts'
import { type Checkpoint, PULL_LIMIT, type PullPage } from '#shared/sync-protocol/pull.ts'
import { applyPulledRow } from '../conflict/apply-pulled-row.ts'
import { AdaptiveSize } from './adaptive-size.ts'
import type { ReplicaStore } from './replica-store.ts'
import type { ServerClock } from './server-clock.ts'
import { SyncError } from './sync-error.ts'
import type { Transport } from './transport.ts'

/** What the pull needs from outside. */
export interface PullDeps {
  readonly store: ReplicaStore
  readonly transport: Transport
  readonly clock: ServerClock
  readonly companyId: string
  /** This machine's clock, in milliseconds. */
  readonly now: () => number
  /** Told after each page of a first sync: rows so far and rows in all, where the server said. */
  readonly onProgress: (received: number, total: number | null) => void
}

/** How often the checkpoint of idle polls is stored, in milliseconds. */
const CHECKPOINT_MS = 60_000

/** Rows written at once. Between two writes a user's command gets its turn. */
const WRITE_ROWS = 500

/** Fetches what changed on the server, page by page, until nothing is left (SPEC SY-3). */
export class PullLoop {
  readonly #deps: PullDeps
  readonly #size = new AdaptiveSize(PULL_LIMIT, 50, 8)
  #storedAt = 0

  constructor(deps: PullDeps) {
    this.#deps = deps
  }

  /**
   * Pulls until the server has no more; `isStopped` is asked between pages.
   *
   * @throws SyncError when the server could not be asked; StorageError when a page could not be
   * stored, and then the checkpoint stays before that page.
   */
  async run(isStopped: () => boolean): Promise<void> {
    const { store, onProgress } = this.#deps
    let checkpoint = store.state('checkpoint') ?? null
    // A first sync that was broken off goes on as one.
    const isFirst = checkpoint === null || store.state('lastSyncAt') === undefined
    let received = store.customers.size
    let total: number | null = null
    if (isFirst) onProgress(received, null)
    let fetching = this.#fetch(checkpoint)
    while (!isStopped()) {
      const page = await fetching
      if (page.reset) {
        if (checkpoint === null)
          throw new SyncError('protocol', 'The server asks to start over without end. Tell support.')
        await this.#startOver()
        return this.run(isStopped)
      }
      total ??= page.total
      // One page ahead: the next one travels while this one is written, never more than memory holds.
      const more = page.more && !isStopped()
      if (more) fetching = this.#fetch(page.checkpoint)
      await this.#store(page)
      checkpoint = page.checkpoint
      received += page.rows.length
      if (isFirst) onProgress(received, total)
      if (!more) return
    }
  }

  #fetch(checkpoint: Checkpoint | null): Promise<PullPage> {
    const page = this.#ask(checkpoint)
    // It may fail while the page before is being written, or never be looked at.
    page.catch(() => undefined)
    return page
  }

  async #ask(checkpoint: Checkpoint | null): Promise<PullPage> {
    const { transport, companyId } = this.#deps
    try {
      const page = await transport.pull(companyId, checkpoint, this.#size.value)
      this.#size.grow()
      return page
    } catch (error) {
      if (error instanceof SyncError && error.timedOut) this.#size.shrink()
      throw error
    }
  }

  /** Rows first, the checkpoint only when all of them are durable: a crash in between repeats the page. */
  async #store(page: PullPage): Promise<void> {
    const { store, clock } = this.#deps
    for (let start = 0; start < page.rows.length; start += WRITE_ROWS) {
      const rows = latestOf(page.rows.slice(start, start + WRITE_ROWS))
      await store.write(() => {
        const put = rows.flatMap((row) => {
          const held = store.customers.get(row.id)
          return held !== undefined && isSameVersion(held, row) ? [] : [applyPulledRow(held, row)]
        })
        return put.length === 0 ? null : { put }
      })
    }
    const serverClock = clock.observe(page.serverTime)
    // An idle poll need not wear the disk: pulling from the older checkpoint again finds nothing either.
    if (page.rows.length === 0 && store.state('checkpoint') != null && !this.#isDue()) return
    await store.write(() => ({ state: { checkpoint: page.checkpoint, serverClock } }))
  }

  #isDue(): boolean {
    const due = this.#deps.now() - this.#storedAt > CHECKPOINT_MS
    if (due) this.#storedAt = this.#deps.now()
    return due
  }

  /** The server was restored from a backup: drop what came from it, keep what only this machine has. */
  async #startOver(): Promise<void> {
    const { store } = this.#deps
    // The customers leave before the checkpoint does: after a crash in between, the server says "start over" again.
    await store.write(() => ({
      removed: [...store.customers.values()].filter((held) => held.local === null).map((held) => held.id),
      state: { checkpoint: null },
    }))
  }
}

/** Our own writes come back with the next pull: what the verdict brought already need not be written again. */
function isSameVersion(held: Customer, row: Customer): boolean {
  // After a restore `rev` starts again, so it alone does not name a version.
  return held.rev === row.rev && held.updatedAt === row.updatedAt
}

/** The last version of each customer: one write must not hold a key twice. */
function latestOf(rows: readonly Customer[]): Customer[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
