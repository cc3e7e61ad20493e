import {
  type ReplicaRecord,
  recordKey,
  STORED_COLLECTIONS,
  type StoredCollection,
} from '#database/local/replica-record.ts'
import type { ReplicaState } from '#database/local/replica-state.ts'
import type { Customer } from '#shared/domain/customer.ts'
import type { SyncPhase } from '#shared/replica-api/sync-status.ts'
import { type PullAllAnswer, SYNC_COLLECTIONS, type Tombstone } from '#shared/sync-protocol/collections.ts'
import { PULL_LIMIT } from '#shared/sync-protocol/pull.ts'
import { applyPulledRow } from '../conflict/apply-pulled-row.ts'
import { applyPulledRecord, type StoredRow } from '../conflict/record-rows.ts'
import { AdaptiveSize } from './adaptive-size.ts'
import { outOfWindow } from './prune-window.ts'
import type { ReplicaStore, StoreChange } from './replica-store.ts'
import type { ServerClock } from './server-clock.ts'
import { isFromServer, settleUnknown, startOver } from './start-over.ts'
import { SyncError } from './sync-error.ts'
import type { PullCheckpoints, Transport } from './transport.ts'

/** What the pull needs from outside. */
export interface PullDeps {
  readonly store: ReplicaStore
  readonly transport: Transport
  readonly clock: ServerClock
  readonly companyId: string
  readonly newId: () => string
  /** This machine's clock, in milliseconds. */
  readonly now: () => number
  /**
   * Told after each page of a first sync. Customers come first: rows so far and in all, where the
   * server said. When they are complete the list is whole, and what happened with them comes.
   */
  readonly onProgress: (progress: PullProgress) => void
}

/** Where a first sync stands. */
export type PullProgress = Extract<SyncPhase, { readonly kind: 'firstSync' | 'firstHistory' }>

/** How often the checkpoint of idle polls is stored, in milliseconds. */
const CHECKPOINT_MS = 60_000

/** How often rows that fell out of the sync window are looked for, in milliseconds; first with the first pull of a start. */
const PRUNE_MS = 6 * 3_600_000

/** Rows written at once. Between two writes a user's command gets its turn. */
const WRITE_ROWS = 1_000

/** Fetches what changed on the server, all collections in one page after the other, until nothing is left (SPEC SY-3). */
export class PullLoop {
  readonly #deps: PullDeps
  readonly #size = new AdaptiveSize(PULL_LIMIT, 50, 8)
  #storedAt = 0
  #prunedAt = Number.NEGATIVE_INFINITY

  constructor(deps: PullDeps) {
    this.#deps = deps
  }

  /**
   * Pulls until the server has no more; `isStopped` is asked between pages. Resolves to the number of
   * rows that were news.
   *
   * @throws SyncError when the server could not be asked; StorageError when a page could not be
   * stored, and then the checkpoints stay before that page.
   */
  async run(isStopped: () => boolean): Promise<number> {
    const { store, onProgress } = this.#deps
    let checkpoints = storedCheckpoints(store)
    await this.#dropUnfinished(checkpoints)
    // A first sync that was broken off goes on as one.
    const isFirst = checkpoints.customers === null || store.state('lastSyncAt') === undefined
    let received = store.customers.size
    let total: number | null = null
    let news = 0
    if (isFirst) onProgress({ kind: 'firstSync', received, total })
    let fetching = this.#fetch(checkpoints)
    while (!isStopped()) {
      const answer = await fetching
      if (SYNC_COLLECTIONS.some((name) => answer.pages[name]?.reset)) {
        if (SYNC_COLLECTIONS.every((name) => checkpoints[name] === null))
          throw new SyncError('protocol', 'The server asks to start over without end. Tell support.')
        // The rows leave before the checkpoints do: after a crash in between, the server says "start over" again.
        await store.write(() => startOver(store.customers.values(), store.records.all()))
        return this.run(isStopped)
      }
      const next = after(checkpoints, answer)
      // One page ahead: the next one travels while this one is written, never more than memory holds.
      const more = answer.more && !isStopped()
      if (more) fetching = this.#fetch(next)
      news += await this.#store(answer, next)
      checkpoints = next
      const { customers } = answer.pages
      total ??= customers?.total ?? null
      received += customers?.rows.length ?? 0
      if (!more) {
        if (!answer.more) {
          await this.#settle(answer)
          news += await this.#reread(isStopped)
        }
        break
      }
      const isWhole = customers?.more !== true
      if (isFirst) {
        onProgress(
          isWhole ? { kind: 'firstHistory', received: store.records.size } : { kind: 'firstSync', received, total },
        )
      }
    }
    return news
  }

  /**
   * Rows without a checkpoint are of a first page that was broken off. The page comes again, but it tells
   * neither of rows that were really deleted meanwhile nor of those that a restored server doesn't know.
   */
  async #dropUnfinished(checkpoints: PullCheckpoints): Promise<void> {
    const { store } = this.#deps
    // Looked for when it is their turn: an edit that is on its way to the disk is work, too.
    await store.write(() => {
      const customers = checkpoints.customers === null ? [...store.customers.values()].filter(isFromServer) : []
      const records = [...store.records.all()].filter(
        (held) => held.body !== null && checkpoints[held.collection] === null,
      )
      if (customers.length + records.length === 0) return null
      return { ...startOver(customers, records), state: { isStartingOver: true } }
    })
  }

  #fetch(checkpoints: PullCheckpoints): Promise<PullAllAnswer> {
    const answer = this.#ask(checkpoints)
    // It may fail while the page before is being written, or never be looked at.
    answer.catch(() => undefined)
    return answer
  }

  async #ask(checkpoints: PullCheckpoints): Promise<PullAllAnswer> {
    const { transport, companyId } = this.#deps
    try {
      const answer = await transport.pull(companyId, checkpoints, this.#size.value)
      this.#size.grow()
      return answer
    } catch (error) {
      if (error instanceof SyncError && error.timedOut) this.#size.shrink()
      throw error
    }
  }

  /**
   * Writes a page in parts, its checkpoints together with the last one: a crash in between repeats the
   * page. Resolves to the number of rows that were news.
   */
  async #store(answer: PullAllAnswer, checkpoints: PullCheckpoints): Promise<number> {
    const { store, clock } = this.#deps
    const serverClock = clock.observe(answer.serverTime)
    const parts = this.#partsOf(answer)
    const last = parts.pop()
    // An idle poll need not wear the disk: pulling from the older checkpoints again finds nothing either.
    if (last === undefined && store.state('checkpoint') != null && isComplete(store) && !this.#isDue()) return 0
    const news = await this.#writeParts(parts)
    const state = { ...toState(checkpoints), serverClock }
    return news + countOf(await store.write(() => ({ ...last?.(), state })))
  }

  /** Resolves to the number of rows that were news. */
  async #writeParts(parts: readonly (() => StoreChange)[]): Promise<number> {
    let news = 0
    for (const part of parts) {
      const written = await this.#deps.store.write(() => {
        const rows = part()
        return countOf(rows) === 0 ? null : rows
      })
      news += written === null ? 0 : countOf(written)
    }
    return news
  }

  /**
   * Walks again from the beginning where stored rows could not be read, beside the checkpoints: all
   * that could be read shows meanwhile. A walk that is broken off begins anew with the next round.
   * Resolves to the number of rows that were news.
   */
  async #reread(isStopped: () => boolean): Promise<number> {
    const { store } = this.#deps
    const collections = store.state('reread') ?? []
    let checkpoints: PullCheckpoints = Object.fromEntries(collections.map((name) => [name, null]))
    let news = 0
    for (let more = collections.length > 0; more; ) {
      const answer = await this.#ask(checkpoints)
      // Restored meanwhile: the next round starts over, and brings everything.
      if (isStopped() || collections.some((name) => answer.pages[name]?.reset)) return news
      news += await this.#writeParts(this.#partsOf(answer))
      checkpoints = after(checkpoints, answer)
      more = answer.more
    }
    if (collections.length > 0) await store.write(() => ({ state: { reread: [] } }))
    return news
  }

  /** The rows of a page in parts. What is news in one is known only when it is its turn to be written. */
  #partsOf({ pages }: PullAllAnswer): (() => StoreChange)[] {
    const { store } = this.#deps
    const customers = chunks(latestOf(pages.customers?.rows ?? [])).map((rows) => () => ({
      put: rows.flatMap((row) => this.#newCustomer(row)),
    }))
    const others = STORED_COLLECTIONS.flatMap((name) =>
      chunks(latestOf<StoredRow | Tombstone>(pages[name]?.rows ?? [])).map((rows) => () => ({
        records: changedRecords(store, name, rows),
      })),
    )
    return [...customers, ...others]
  }

  #newCustomer(row: Customer | Tombstone) {
    // Customers are never really deleted; a tombstone among them is of a server that we don't know.
    if ('gone' in row) return []
    const held = this.#deps.store.customers.get(row.id)
    return held !== undefined && isSameVersion(held, row) ? [] : [applyPulledRow(held, row)]
  }

  /** Everything was shown: what the server doesn't know, or no longer tells of, goes. */
  async #settle({ windowDays, serverTime }: PullAllAnswer): Promise<void> {
    const { store, clock, newId, now } = this.#deps
    if (store.state('isStartingOver') === true) {
      await store.write(() => settleUnknown(store.customers.values(), { newId, now: clock.now() }))
    }
    // `abs`: a clock that was set back must not put this off.
    if (windowDays === undefined || Math.abs(now() - this.#prunedAt) < PRUNE_MS) return
    this.#prunedAt = now()
    for (const keys of chunks(outOfWindow(store.records.all(), windowDays, Date.parse(serverTime)))) {
      await store.write(() => ({ records: { removed: keys.filter((key) => store.records.get(key)?.local === null) } }))
    }
  }

  #isDue(): boolean {
    const due = this.#deps.now() - this.#storedAt > CHECKPOINT_MS
    if (due) this.#storedAt = this.#deps.now()
    return due
  }
}

/** Where the pull stands after an answer. */
function after(checkpoints: PullCheckpoints, { pages }: PullAllAnswer): PullCheckpoints {
  const reached = Object.fromEntries(SYNC_COLLECTIONS.map((name) => [name, pages[name]?.checkpoint]))
  return { ...checkpoints, ...withoutMissing(reached) }
}

function storedCheckpoints(store: ReplicaStore): PullCheckpoints {
  const records = store.state('recordCheckpoints') ?? {}
  const of = (collection: StoredCollection) => [collection, records[collection] ?? null] as const
  return { customers: store.state('checkpoint') ?? null, ...Object.fromEntries(STORED_COLLECTIONS.map(of)) }
}

function toState({ customers = null, ...records }: PullCheckpoints): ReplicaState {
  return { checkpoint: customers, recordCheckpoints: withoutMissing(records) }
}

/** Whether every collection was pulled to its end at least once. */
function isComplete(store: ReplicaStore): boolean {
  const stored = store.state('recordCheckpoints') ?? {}
  return STORED_COLLECTIONS.every((name) => stored[name] !== undefined)
}

function withoutMissing<T extends object>(entries: { readonly [name: string]: T | null | undefined }) {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, T] => entry[1] != null))
}

function changedRecords(store: ReplicaStore, collection: StoredCollection, rows: readonly (StoredRow | Tombstone)[]) {
  const put: ReplicaRecord[] = []
  const removed: string[] = []
  for (const row of rows) {
    const held = store.records.get(recordKey(collection, row.id))
    const next = applyPulledRecord(held, collection, row)
    if (next !== null && next.body !== held?.body) put.push(next)
    if (next === null && held !== undefined) removed.push(held.key)
  }
  return { put, removed }
}

/** Our own writes come back with the next pull: what the verdict brought already need not be written again. */
function isSameVersion(held: Customer, row: Customer): boolean {
  // After a restore `rev` starts again, so it alone does not name a version.
  return held.rev === row.rev && held.updatedAt === row.updatedAt
}

/** The last version of each row: one write must not hold a key twice. */
function latestOf<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

function chunks<Row>(rows: readonly Row[]): (readonly Row[])[] {
  const starts = Array.from({ length: Math.ceil(rows.length / WRITE_ROWS) }, (_, n) => n * WRITE_ROWS)
  return starts.map((start) => rows.slice(start, start + WRITE_ROWS))
}

function countOf({ put = [], records = {} }: StoreChange): number {
  return put.length + (records.put?.length ?? 0) + (records.removed?.length ?? 0)
}
