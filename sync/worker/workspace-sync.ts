import type { SyncPhase } from '#shared/replica-api/sync-status.ts'
import type { AppError } from '#shared/util/result.ts'
import type { Device } from '../erasure/device.ts'
import { ErasureReceipts } from '../erasure/erasure-receipts.ts'
import { HintWatch, POLL_MS } from '../replication/hint-watch.ts'
import type { HintSource } from '../replication/hints.ts'
import { PullLoop } from '../replication/pull-loop.ts'
import { PushLoop } from '../replication/push-loop.ts'
import { RecordPushLoop } from '../replication/record-push-loop.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'
import { watchSleep } from '../replication/sleep-watch.ts'
import { startOver } from '../replication/start-over.ts'
import { SyncLoop } from '../replication/sync-loop.ts'
import type { Timing } from '../replication/timing.ts'
import type { Transport } from '../replication/transport.ts'

/** What the sync of a workspace needs from outside. */
export interface WorkspaceSyncDeps {
  readonly store: ReplicaStore
  readonly clock: ServerClock
  readonly companyId: string
  readonly transport: Transport
  readonly hints: HintSource
  readonly timing: Timing
  readonly newId: () => string
  readonly isOnline: () => boolean
  /** Asks the server who the user is there, before anything else. */
  readonly refreshWorkspace: () => Promise<void>
  readonly device: Device
  /** Told of erased customers before their erasure is acknowledged. */
  readonly onErased: (ids: readonly string[]) => void
  /** Told when phase or time of the last sync have changed. */
  readonly onStatus: () => void
  readonly reportBug: (error: unknown) => void
}

/** How often the time of the last sync is stored when nothing else is, in milliseconds. */
const LAST_SYNC_MS = 60_000

/** Keeps an open workspace in step with the server: one loop, woken by commands, hints, the network and sleep. */
export class WorkspaceSync {
  readonly #deps: WorkspaceSyncDeps
  readonly #receipts: ErasureReceipts
  readonly #loop: SyncLoop
  readonly #hints: HintWatch
  readonly #endSleepWatch: () => void
  #phase: SyncPhase = { kind: 'stopped' }
  #lastSyncAt: string | null
  #lastSyncStoredAt = 0
  #isRebuildAsked = false

  constructor(deps: WorkspaceSyncDeps) {
    this.#deps = deps
    const { store, hints: source, companyId, timing } = deps
    this.#lastSyncAt = store.state('lastSyncAt') ?? null
    this.#receipts = new ErasureReceipts(deps)
    this.#loop = this.#createLoop()
    this.#hints = new HintWatch({
      source,
      companyId,
      timing,
      onHint: () => this.#loop.nudge(),
      onOpen: () => this.#loop.restart(),
      onLost: () => this.#loop.hasten(POLL_MS),
    })
    this.#endSleepWatch = watchSleep(timing, () => this.networkChanged())
  }

  get phase(): SyncPhase {
    return this.#phase
  }

  /** When push and pull were last both done, in server time; null: never, the first sync is not done. */
  get lastSyncAt(): string | null {
    return this.#lastSyncAt
  }

  /** Starts, or goes on after the user signed in again. */
  start(): void {
    this.#receipts.signedIn()
    this.#loop.signedIn()
    this.#hints.start()
  }

  /** Stops because the storage failed. */
  failStop(error: AppError): void {
    this.#loop.failStop(error)
  }

  /** The user has changed something about the company on the server: asks for it, and what came of it, at once. */
  companyChanged(): void {
    this.#loop.signedIn()
  }

  /** A command was made: sends it as soon as the server allows. */
  nudge(): void {
    this.#loop.nudge()
  }

  /** Syncs at once, whatever failed before: the user asks, or looks at the app again. */
  syncNow(): void {
    this.#loop.restart()
    this.#hints.start()
  }

  /** The network came or went, or the machine woke up: connections may be dead without knowing it. */
  networkChanged(): void {
    this.#loop.restart()
    this.#hints.reconnect()
  }

  /** The user wants everything from the server again: with the next pull, as soon as the server has answered. */
  rebuild(): void {
    this.#isRebuildAsked = true
    this.#loop.restart()
  }

  /** Ends for good. */
  stop(): void {
    this.#endSleepWatch()
    this.#hints.stop()
    this.#loop.stop()
  }

  #setPhase(phase: SyncPhase): void {
    this.#phase = phase
    this.#deps.onStatus()
  }

  /** Before the first sync is done nothing that goes on may look like "up to date". */
  #truth(phase: SyncPhase): SyncPhase {
    if (phase.kind !== 'syncing' || this.#lastSyncAt !== null) return phase
    return { kind: 'firstSync', received: this.#deps.store.customers.size, total: null }
  }

  #createLoop(): SyncLoop {
    const { timing, newId, isOnline, reportBug, store, transport, clock, companyId } = this.#deps
    const { refreshWorkspace } = this.#deps
    const receipts = this.#receipts
    const common = { store, transport, clock, companyId, newId }
    const push = new PushLoop(common)
    const pushRecords = new RecordPushLoop(common)
    const pull = new PullLoop({
      ...common,
      now: () => timing.now(),
      onProgress: (progress) => this.#setPhase(progress),
    })
    return new SyncLoop({
      timing,
      isOnline,
      reportBug,
      hasWaiting: () => store.waiting().next().done !== true || store.records.waiting().next().done !== true,
      pollMs: () => this.#hints.pollMs(),
      onFoundByPoll: () => this.#hints.foundByPoll(),
      onPhase: (phase) => this.#setPhase(this.#truth(phase)),
      round: {
        refreshWorkspace,
        push: async (isStopped) => {
          const customers = await push.run(isStopped)
          const records = await pushRecords.run(isStopped)
          return {
            forbidden: customers.forbidden || records.forbidden,
            failure: customers.failure ?? records.failure,
          }
        },
        pull: async (isStopped) => {
          await receipts.register()
          await this.#startOverIfAsked()
          const news = await pull.run(isStopped)
          if (!isStopped()) await receipts.send()
          return news
        },
        finished: () => this.#finished(),
      },
    })
  }

  /** Between two pulls: one that is on its way would store the checkpoint of what it did not bring. */
  async #startOverIfAsked(): Promise<void> {
    const { store } = this.#deps
    if (!this.#isRebuildAsked) return
    await store.write(() => startOver(store.customers.values(), store.records.all()))
    this.#isRebuildAsked = false
  }

  async #finished(): Promise<void> {
    const { store, clock, timing } = this.#deps
    const at = clock.now()
    this.#lastSyncAt = at
    const now = timing.now()
    // The time moves every few seconds; the disk need not hear of each.
    if (now - this.#lastSyncStoredAt > LAST_SYNC_MS) {
      await store.write(() => ({ state: { lastSyncAt: at } }))
      this.#lastSyncStoredAt = now
    }
  }
}
