import type { LocalReplica } from '#database/local/open-replica.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import { StorageError } from '#database/local/storage-error.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { NoticeBody, NoticeName } from '#shared/replica-api/contract.ts'
import type { AttentionItem } from '#shared/replica-api/detail.ts'
import type { ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import type { SyncPhase, SyncStatus } from '#shared/replica-api/sync-status.ts'
import { type AppError, fail, ok, type Result } from '#shared/util/result.ts'
import type { HandoverContents } from '../handover/handover-contents.ts'
import { type Requeued, requeue } from '../handover/requeue.ts'
import { attentionItems } from '../outbox/attention.ts'
import { mergeTarget } from '../outbox/merged-away.ts'
import { HintWatch, POLL_MS } from '../replication/hint-watch.ts'
import type { HintSource } from '../replication/hints.ts'
import { PullLoop } from '../replication/pull-loop.ts'
import { PushLoop } from '../replication/push-loop.ts'
import { RecordPushLoop } from '../replication/record-push-loop.ts'
import { ReplicaStore } from '../replication/replica-store.ts'
import { ServerClock } from '../replication/server-clock.ts'
import { watchSleep } from '../replication/sleep-watch.ts'
import { SyncError } from '../replication/sync-error.ts'
import { SyncLoop } from '../replication/sync-loop.ts'
import type { Timing } from '../replication/timing.ts'
import type { Transport } from '../replication/transport.ts'
import { createChangeNotices } from '../status/change-notices.ts'
import { computeSyncStatus } from '../status/sync-status.ts'
import { throttle } from '../status/throttle.ts'
import { checkAccess } from './access-check.ts'
import { CustomerCommands } from './customer-commands.ts'
import { type CustomerSearch, CustomerTable } from './customer-table.ts'
import { RecordCommands, withFirst } from './record-commands.ts'

/** Tells the UI something unasked. */
export type Notify = <N extends NoticeName>(name: N, body: NoticeBody<N>) => void

/** What an open workspace works with. */
export interface WorkspaceDeps {
  readonly replica: LocalReplica
  readonly user: { readonly id: string; readonly name: string }
  /** The workspace as the server has just told it, or null to use the stored one. */
  readonly workspace: Workspace | null
  readonly transport: () => Transport | null
  /** Null while the backend's address is not known. */
  readonly hints: () => HintSource | null
  readonly timing: Timing
  readonly newId: () => string
  readonly isOnline: () => boolean
  readonly search: CustomerSearch
  readonly notify: Notify
  readonly onWorkspace: (workspace: Workspace) => void
  /** Told all companies of the user each time the server tells them. */
  readonly onCompanies: (companies: readonly Workspace[]) => void
  /** Told when the user has lost this company for certain: the replica is to go. */
  readonly onAccessLost: (companies: readonly Workspace[]) => void
  /** Changes that wait in other companies of the user. */
  readonly elsewhere: number
  readonly reportBug: (error: unknown) => void
}

/** How often the time of the last sync is stored when nothing else is, in milliseconds. */
const LAST_SYNC_MS = 60_000
/** So long a company must be missing before it counts as lost: an administrator may be moving things. */
const SURE_MS = 5_000

/** A user's replica of a company at work: memory, commands, sync and notices around one store. */
export class OpenWorkspace {
  readonly commands: CustomerCommands
  readonly records: RecordCommands
  readonly #deps: WorkspaceDeps
  readonly #store: ReplicaStore
  readonly #table: CustomerTable
  readonly #loop: SyncLoop
  readonly #hints: HintWatch
  readonly #endSleepWatch: () => void
  readonly #clock: ServerClock
  readonly #tellStatus: () => void
  #workspace: Workspace
  #phase: SyncPhase = { kind: 'stopped' }
  #lastSyncAt: string | null
  #lastSyncStoredAt = 0
  #closed = false
  /** When the company was first missing among those of the user. */
  #missedAt: number | null = null

  private constructor(deps: WorkspaceDeps, store: ReplicaStore, workspace: Workspace) {
    this.#deps = deps
    this.#store = store
    this.#workspace = workspace
    this.#lastSyncAt = store.state('lastSyncAt') ?? null
    const { timing, newId, user, notify } = deps
    this.#clock = new ServerClock(() => timing.now(), store.state('serverClock'))
    this.#table = new CustomerTable(deps.search, user.id)
    this.#table.apply({ put: [...store.customers.values()], removed: [] })
    this.#table.setRecent(store.state('recent') ?? [])
    const common = { store, clock: this.#clock, newId, user, workspace: () => this.#workspace }
    this.commands = new CustomerCommands(common)
    this.records = new RecordCommands(common)
    this.#tellStatus = throttle(timing, () => {
      if (!this.#closed) notify('sync.status', this.status())
    })
    const tellChanged = createChangeNotices(timing, (ids) => {
      if (!this.#closed) notify('customers.changed', { ids })
    })
    store.listen((change) => {
      this.#table.apply(change)
      const { put, before } = change.records
      this.#seenElsewhere(put, before)
      const ofRecords = [...put, ...before].flatMap((record) => record.customerId ?? [])
      tellChanged(new Set([...change.put.map((held) => held.id), ...change.removed, ...ofRecords]))
      this.#tellStatus()
    })
    this.#loop = this.#createLoop()
    this.#hints = new HintWatch({
      source: { open: (...args) => (deps.hints() ?? SILENT).open(...args) },
      companyId: workspace.companyId,
      timing,
      onHint: () => this.#loop.nudge(),
      onOpen: () => this.#loop.restart(),
      onLost: () => this.#loop.hasten(POLL_MS),
    })
    this.#endSleepWatch = watchSleep(timing, () => this.networkChanged())
  }

  /**
   * Opens the workspace from what is stored. Null: nothing says which company this is; sign in again.
   *
   * @throws StorageError
   */
  static async open(deps: WorkspaceDeps): Promise<OpenWorkspace | null> {
    let opened: OpenWorkspace | null = null
    const store = await ReplicaStore.load(deps.replica, ({ code, message }) => opened?.failStop({ code, message }))
    const workspace = deps.workspace ?? store.state('workspace') ?? null
    if (workspace === null) return null
    if (deps.workspace !== null) await store.write(() => ({ state: { workspace } }))
    opened = new OpenWorkspace(deps, store, workspace)
    return opened
  }

  get workspace(): Workspace {
    return this.#workspace
  }

  /** Starts syncing, or goes on with it after the user signed in again. */
  startSync(): void {
    this.#loop.signedIn()
    this.#hints.start()
  }

  /** Stops syncing because the storage failed. */
  failStop(error: AppError): void {
    this.#loop.failStop(error)
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

  /** Rows of a query, with the time it took. */
  window(query: ListQuery, offset: number, limit: number): ListWindow {
    const started = performance.now()
    const found = this.#table.window(query, offset, limit)
    return { ...found, tookMs: performance.now() - started }
  }

  /** Where a customer stands in a query. */
  position(query: ListQuery, id: string): number | null {
    return this.#table.position(query, id)
  }

  /** Remembers that a customer was opened. Nobody waits for it: losing one on a crash does no harm. */
  viewed(id: string): void {
    this.#table.setRecent(withFirst(this.#store.state('recent') ?? [], id))
    this.records
      .viewed(id)
      // A failed write stops the loop and shows there; the view itself is not worth an error.
      .catch(() => undefined)
  }

  /** Refused writes and open conflicts, the newest last. */
  attention(): AttentionItem[] {
    const find = (id: string) => this.#store.customers.get(id)
    return [...this.#store.attention()].flatMap((held) => attentionItems(held, mergeTarget(held, find)))
  }

  /** The truth about sync. */
  status(): SyncStatus {
    const store = this.#store
    const { waiting, attention } = { waiting: store.waiting(), attention: store.attention() }
    const common = { phase: this.#phase, waiting, attention, lastSyncAt: this.#lastSyncAt }
    return computeSyncStatus({ ...common, records: store.records, elsewhere: this.#deps.elsewhere })
  }

  /** Writes that exist on this machine only: waiting ones, refused ones, and those set aside as unreadable. */
  unsent(): number {
    let refused = 0
    for (const held of this.#store.attention()) if (held.local?.rejected) refused += 1
    refused += [...this.#store.records.refused()].length
    return this.status().waiting + refused + (this.#store.state('quarantine')?.length ?? 0)
  }

  /** Puts the work of a hand-over back into the outbox. Fails while the first sync is not done. */
  async requeue(contents: HandoverContents): Promise<Result<Requeued>> {
    if (this.#lastSyncAt === null) {
      return fail('first_sync', 'Your customers are still on their way to this computer. Try again in a moment.')
    }
    try {
      const { customers, records } = this.#store
      const present = { customer: (id: string) => customers.get(id), record: (key: string) => records.get(key) }
      let requeued: Requeued | null = null
      await this.#store.write(() => {
        requeued = requeue(contents, present)
        return { put: requeued.customers, records: { put: requeued.records } }
      })
      if (requeued === null) throw new Error('The write was never computed')
      this.nudge()
      return ok(requeued)
    } catch (error) {
      if (error instanceof StorageError) return fail(error.code, error.message)
      throw error
    }
  }

  /** Stops sync and closes the replica, keeping it. */
  async close(): Promise<void> {
    this.#stop()
    await this.#store.close()
  }

  /**
   * Stops sync and deletes the replica, where `agree` says so when the last command before it is done.
   * Resolves to what it said.
   */
  remove(agree: () => Promise<boolean>): Promise<boolean> {
    return this.#store.remove(async () => {
      const agreed = await agree()
      if (agreed) this.#stop()
      return agreed
    })
  }

  /** Views that came from another machine of this user are recent here, too. */
  #seenElsewhere(put: readonly ReplicaRecord[], before: readonly ReplicaRecord[]): void {
    const recent = this.#store.state('recent') ?? []
    const next = this.records.withViewsOfElsewhere(recent, put, before)
    if (next === recent) return
    this.#table.setRecent(next)
    this.#store.write(() => ({ state: { recent: next } })).catch(() => undefined)
  }

  #stop(): void {
    this.#closed = true
    this.#endSleepWatch()
    this.#hints.stop()
    this.#loop.stop()
  }

  #setPhase(phase: SyncPhase): void {
    this.#phase = phase
    this.#tellStatus()
  }

  /** Before the first sync is done nothing that goes on may look like "up to date". */
  #truth(phase: SyncPhase): SyncPhase {
    if (phase.kind !== 'syncing' || this.#lastSyncAt !== null) return phase
    return { kind: 'firstSync', received: this.#store.customers.size, total: null }
  }

  #createLoop(): SyncLoop {
    const { timing, newId, isOnline, transport, reportBug } = this.#deps
    const store = this.#store
    const common = {
      store,
      transport: lateTransport(transport),
      clock: this.#clock,
      companyId: this.#workspace.companyId,
    }
    const push = new PushLoop({ ...common, newId })
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
        refreshWorkspace: () => this.#refreshWorkspace(common.transport),
        push: async (isStopped) => {
          const customers = await push.run(isStopped)
          const records = await pushRecords.run(isStopped)
          return {
            forbidden: customers.forbidden || records.forbidden,
            failure: customers.failure ?? records.failure,
          }
        },
        pull: (isStopped) => pull.run(isStopped),
        finished: () => this.#finished(),
      },
    })
  }

  async #refreshWorkspace(transport: Transport): Promise<void> {
    const companies = await transport.companies()
    const current = companies.find((company) => company.companyId === this.#workspace.companyId)
    if (current === undefined) {
      await this.#missed(transport)
      throw new SyncError('forbidden', 'You no longer have access to this company. Ask an owner of the company.')
    }
    this.#missedAt = null
    this.#deps.onCompanies(companies)
    if (JSON.stringify(current) === JSON.stringify(this.#workspace)) return
    await this.#store.write(() => ({ state: { workspace: current } }))
    this.#workspace = current
    this.#deps.onWorkspace(current)
  }

  /** The company was missing among the user's: asked again after a while before anything is done about it. */
  async #missed(transport: Transport): Promise<void> {
    const now = this.#deps.timing.now()
    this.#missedAt ??= now
    // `abs`: a clock that was set back must not put this off.
    if (Math.abs(now - this.#missedAt) < SURE_MS) return
    // Whatever comes of it, the next time begins anew.
    this.#missedAt = null
    const access = await checkAccess(transport, this.#workspace.companyId)
    if (access.kind === 'lost' && !this.#closed) this.#deps.onAccessLost(access.companies)
  }

  async #finished(): Promise<void> {
    const at = this.#clock.now()
    this.#lastSyncAt = at
    const now = this.#deps.timing.now()
    // The time moves every few seconds; the disk need not hear of each.
    if (now - this.#lastSyncStoredAt > LAST_SYNC_MS) {
      await this.#store.write(() => ({ state: { lastSyncAt: at } }))
      this.#lastSyncStoredAt = now
    }
  }
}

/** Nobody tells anything: the address of the backend is not known yet. */
const SILENT: HintSource = {
  open: (_companyId, { onEnd }) => {
    onEnd()
    return () => undefined
  },
}

/** The address of the backend may become known only later: until then nobody answers. */
function lateTransport(transport: () => Transport | null): Transport {
  const get = (): Transport => {
    const present = transport()
    if (present === null) {
      throw new SyncError(
        'unreachable',
        'The address of the server is not known yet. Open the app once with a network.',
      )
    }
    return present
  }
  return {
    pull: async (...args) => get().pull(...args),
    push: async (...args) => get().push(...args),
    pushRecords: async (...args) => get().pushRecords(...args),
    companies: async () => get().companies(),
  }
}
