import type { LocalReplica } from '#database/local/open-replica.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { NoticeBody, NoticeName } from '#shared/replica-api/contract.ts'
import type { AttentionItem } from '#shared/replica-api/detail.ts'
import type { ImportProgress } from '#shared/replica-api/import.ts'
import type { ListFacets, ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { Dismissals } from '../duplicates/dismissals.ts'
import { DuplicateFinder } from '../duplicates/duplicate-finder.ts'
import { DuplicateReads } from '../duplicates/duplicate-reads.ts'
import type { Device } from '../erasure/device.ts'
import { ExportService } from '../export/export-service.ts'
import type { HandoverContents } from '../handover/handover-contents.ts'
import { type Requeued, requeue } from '../handover/requeue.ts'
import { createImports, type Imports } from '../import/imports.ts'
import { type AskedOrder, CustomerTable } from '../list/customer-table.ts'
import { OrderWarmer } from '../list/order-warmer.ts'
import { PreviewKeeper } from '../list/preview-keeper.ts'
import { attentionItems } from '../outbox/attention.ts'
import { mergeTarget } from '../outbox/merged-away.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { HintSource } from '../replication/hints.ts'
import { lateHints, lateTransport } from '../replication/late-transport.ts'
import { ReplicaStore, type StoreListener } from '../replication/replica-store.ts'
import { ServerClock } from '../replication/server-clock.ts'
import type { Timing } from '../replication/timing.ts'
import type { Transport } from '../replication/transport.ts'
import { BackgroundSearch } from '../search/background-search.ts'
import { createChangeNotices } from '../status/change-notices.ts'
import { computeSyncStatus } from '../status/sync-status.ts'
import { throttle } from '../status/throttle.ts'
import { CustomerCommands } from './customer-commands.ts'
import { Membership, type MembershipDeps } from './membership.ts'
import { OnlineCommands } from './online-commands.ts'
import { RecordCommands, withFirst } from './record-commands.ts'
import { StorageTroubles } from './storage-troubles.ts'
import { WorkspaceSync } from './workspace-sync.ts'

/** Tells the UI something unasked. */
export type Notify = <N extends NoticeName>(name: N, body: NoticeBody<N>) => void

/** What an open workspace works with. */
export interface WorkspaceDeps extends Pick<MembershipDeps, 'onWorkspace' | 'onCompanies' | 'onAccessLost'> {
  readonly replica: LocalReplica
  readonly user: { readonly id: string; readonly name: string }
  /** The workspace as the server has just told it, or null to use the stored one. */
  readonly workspace: Workspace | null
  /** What is known of the replica from outside, for the case that it has lost that itself. */
  readonly known: { readonly workspace: Workspace | null; readonly unsent: number }
  readonly device: Device
  readonly transport: () => Transport | null
  /** Null while the backend's address is not known. */
  readonly hints: () => HintSource | null
  readonly timing: Timing
  readonly newId: () => string
  readonly isOnline: () => boolean
  readonly notify: Notify
  /** Changes that wait in other companies of the user. */
  readonly elsewhere: number
  /** The number of writes that exist on this machine only is another one. */
  readonly onUnsent: () => void
  readonly reportBug: (error: unknown) => void
}

/** Customers up to which the search is waited for when the workspace opens: 30 ms. */
const AWAITED_CUSTOMERS = 2_000

/** A user's replica of a company at work: memory, commands, sync and notices around one store. */
export class OpenWorkspace {
  readonly commands: CustomerCommands
  readonly records: RecordCommands
  readonly imports: Imports
  readonly exports: ExportService
  readonly online: OnlineCommands
  readonly sync: WorkspaceSync
  readonly troubles: StorageTroubles
  readonly duplicates: DuplicateReads
  readonly #deps: WorkspaceDeps
  readonly #store: ReplicaStore
  readonly #table: CustomerTable
  readonly #search: BackgroundSearch
  readonly #warmer: OrderWarmer
  readonly #preview: PreviewKeeper
  readonly #dismissals: Dismissals
  readonly #finder: DuplicateFinder
  #listedGroups: DuplicateFinder['groups'] = []
  readonly #membership: Membership
  readonly #tellStatus: () => void
  #closed = false

  private constructor(deps: WorkspaceDeps, store: ReplicaStore, workspace: Workspace) {
    this.#deps = deps
    this.#store = store
    const { timing, newId, user, notify, onAccessLost } = deps
    const atRest = (work: () => void) =>
      store.write(() => {
        work()
        return null
      })
    const derived = deps.replica.derived
    this.#search = new BackgroundSearch({
      timing,
      derived,
      atRest,
      onReady: () => {
        this.#table.searchGrew()
        if (!this.#closed) notify('customers.changed', { ids: null })
      },
    })
    this.#table = new CustomerTable(this.#search, user.id, () => timing.now())
    this.#table.apply({ put: [...store.shown.all()], removed: [] })
    this.#warmer = new OrderWarmer({ timing, steps: () => this.#table.warm(), reportBug: deps.reportBug })
    this.#preview = new PreviewKeeper({ timing, derived, atRest, window: (...asked) => this.#table.window(...asked) })
    this.#table.setRecent(store.state('recent') ?? [])
    this.#dismissals = new Dismissals(
      store.records.of('duplicateDismissals'),
      (id) => store.shown.get(id),
      () => ({ companyId: workspace.companyId, user }),
    )
    const tellDuplicates = throttle(timing, () => {
      if (!this.#closed) notify('duplicates.changed', this.#finder.status())
      this.#listDuplicates()
    })
    this.#finder = new DuplicateFinder({
      timing,
      derived,
      atRest,
      shown: store.shown,
      markedApart: this.#dismissals.areApart,
      isSynced: () => this.sync.lastSyncAt !== null,
      onChange: tellDuplicates,
      reportBug: deps.reportBug,
    })
    this.duplicates = new DuplicateReads(store, this.#finder)
    this.#membership = new Membership(
      {
        ...deps,
        store,
        now: () => timing.now(),
        onAccessLost: (companies) => {
          if (!this.#closed) onAccessLost(companies)
        },
      },
      workspace,
    )
    const clock = new ServerClock(() => timing.now(), store.state('serverClock'))
    const common = { store, clock, newId, user, workspace: () => this.workspace }
    this.commands = new CustomerCommands(common)
    this.records = new RecordCommands({ ...common, dismissals: this.#dismissals })
    const ofImports = {
      ...common,
      derived,
      notify: (progress: ImportProgress) => {
        if (!this.#closed) notify('import.progress', progress)
      },
      nudge: () => this.sync.nudge(),
      now: () => timing.now(),
      reportBug: deps.reportBug,
    }
    this.imports = createImports(ofImports, () => this.records.list('importBatches'))
    let counted: number | null = null
    this.#tellStatus = throttle(timing, () => {
      if (this.#closed) return
      notify('sync.status', this.status())
      const unsent = this.unsent()
      if (unsent !== counted) deps.onUnsent()
      counted = unsent
    })
    this.troubles = new StorageTroubles(store, () => this.#tellStatus())
    this.#tellChanges()
    const transport = lateTransport(deps.transport)
    this.online = new OnlineCommands({ transport, user, workspace: () => this.workspace })
    this.exports = new ExportService({
      customer: (id) => this.commands.get(id)?.customer,
      ids: (query) => this.#table.ids(query),
      record: (format, rows) => this.online.recordExport(format, rows),
      newId,
    })
    this.sync = new WorkspaceSync({
      ...deps,
      store,
      clock,
      transport,
      companyId: workspace.companyId,
      hints: lateHints(deps.hints),
      refreshWorkspace: () => this.#membership.refresh(transport),
      onErased: (ids) => notify('customers.erased', { ids: [...ids] }),
      onStatus: () => this.#tellStatus(),
    })
  }

  /**
   * Opens the workspace from what is stored. Null: nothing says which company this is; sign in again.
   *
   * @throws StorageError
   */
  static async open(deps: WorkspaceDeps): Promise<OpenWorkspace | null> {
    let opened: OpenWorkspace | null = null
    const store = await ReplicaStore.load(deps.replica, ({ code, message }) => opened?.sync.failStop({ code, message }))
    const workspace = deps.workspace ?? store.state('workspace') ?? deps.known.workspace
    if (workspace === null) return null
    if (workspace !== store.state('workspace')) await store.write(() => ({ state: { workspace } }))
    const made = new OpenWorkspace(deps, store, workspace)
    opened = made
    const indexed = made.#search.start(store.shown.onTop()).then(() => made.#warmer.soon(), deps.reportBug)
    try {
      // So few are indexed before anybody asks.
      if (store.customers.size <= AWAITED_CUSTOMERS) await indexed
      await made.#noteCondition()
    } catch (error) {
      made.#stop()
      throw error
    }
    made.#watchDamage()
    made.#finder.start()
    return made
  }

  get workspace(): Workspace {
    return this.#membership.workspace
  }

  /** Rows of a query, with the time it took. */
  window(query: ListQuery, offset: number, limit: number, order: AskedOrder): ListWindow {
    const started = performance.now()
    const found = this.#table.window(query, offset, limit, order)
    const tookMs = performance.now() - started
    const indexing = query.search.trim() === '' ? null : this.#search.indexing
    if (indexing === null) this.#preview.showed(query, found.offset, limit)
    return { ...found, tookMs, ...(indexing !== null && { indexing }) }
  }

  /** Where a customer stands in a query. */
  position(query: ListQuery, id: string, version?: number): number | null {
    return this.#table.position(query, id, version)
  }

  /** How many customers each value of each filter would show. */
  facets(query: ListQuery): ListFacets {
    return this.#table.facets(query)
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
    const { phase, lastSyncAt } = this.sync
    const common = { phase, waiting, attention, lastSyncAt }
    const { incident } = this.troubles
    const unreadable = store.state('quarantine')?.length ?? 0
    return computeSyncStatus({
      ...common,
      records: store.records,
      elsewhere: this.#deps.elsewhere,
      incident,
      unreadable,
    })
  }

  /** What exists on this machine only: changes that wait or were refused, open conflicts, what was set aside as unreadable. */
  unsent(): number {
    const { waiting, attention } = this.status()
    return waiting + attention
  }

  /** Puts the work of a hand-over back into the outbox. Fails while the first sync is not done. */
  async requeue(contents: HandoverContents): Promise<Result<Requeued>> {
    if (this.sync.lastSyncAt === null) {
      return fail('first_sync', 'Your customers are still on their way to this computer. Try again in a moment.')
    }
    const { customers, records } = this.#store
    const present = { customer: (id: string) => customers.get(id), record: (key: string) => records.get(key) }
    return guardStorage(async () => {
      let requeued: Requeued | null = null
      await this.#store.write(() => {
        requeued = requeue(contents, present)
        return { put: requeued.customers, records: { put: requeued.records } }
      })
      if (requeued === null) throw new Error('The write was never computed')
      this.sync.nudge()
      return ok(requeued)
    })
  }

  /** Stops sync and closes the replica, keeping it. */
  async close(): Promise<void> {
    this.#stop()
    await this.imports.writer.stop()
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

  /** What has become of the replica is known at this start only. */
  async #noteCondition(): Promise<void> {
    const { replica, timing, known } = this.#deps
    if (replica.condition === 'sound') return
    const unsent = replica.condition === 'vanished' ? known.unsent : this.unsent()
    await this.troubles.note({ kind: replica.condition, at: new Date(timing.now()).toISOString(), unsent })
  }

  #watchDamage(): void {
    const { replica, timing, reportBug } = this.#deps
    void replica.damaged.then((error) => {
      this.troubles.damagedNow(new Date(timing.now()).toISOString())
      reportBug(error)
    })
  }

  #tellChanges(): void {
    const { timing, notify } = this.#deps
    const tellChanged = createChangeNotices(timing, (ids) => {
      if (!this.#closed) notify('customers.changed', { ids })
    })
    this.#store.listen((change) => {
      this.#table.apply(change)
      this.#search.written()
      const customers = change.put.length + change.removed.length > 0
      this.#lookForDuplicates(change)
      this.#preview.changed({ customers })
      if (customers) this.#warmer.soon()
      const { put, before } = change.records
      this.#seenElsewhere(put, before)
      const ofRecords = [...put, ...before].flatMap((record) => record.customerId ?? [])
      tellChanged(new Set([...change.put.map((held) => held.id), ...change.removed, ...ofRecords]))
      if ([...put, ...before].some((record) => record.collection === 'savedFilters')) notify('filters.changed', null)
      this.#tellStatus()
    })
  }

  #lookForDuplicates({ put, removed, records }: Parameters<StoreListener>[0]): void {
    const ids = [...put.map(({ id }) => id), ...removed]
    if (ids.length > 0) {
      this.#dismissals.customersChanged()
      this.#finder.changed(ids)
    }
    const remarked = this.#dismissals.apply(records.put, records.before)
    if (remarked.length > 0) this.#finder.remarked(remarked)
    this.#finder.written()
  }

  /** Lists that show duplicates only show those of now. */
  #listDuplicates(): void {
    const { groups } = this.#finder
    if (this.#closed || groups === this.#listedGroups) return
    this.#listedGroups = groups
    if (this.#table.setDuplicates(groups.flatMap(({ members }) => members)))
      this.#deps.notify('customers.changed', { ids: [] })
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
    this.sync.stop()
    this.#search.stop()
    this.#preview.stop()
    this.#warmer.stop()
    this.#finder.stop()
  }
}
