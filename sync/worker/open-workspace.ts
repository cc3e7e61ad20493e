import type { LocalReplica } from '#database/local/open-replica.ts'
import type { ReplicaKeys } from '#database/local/replica-keys.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { NoticeBody, NoticeName } from '#shared/replica-api/contract.ts'
import type { ImportProgress } from '#shared/replica-api/import.ts'
import type { Result } from '#shared/util/result.ts'
import { BulkEdits } from '../bulk/bulk-edits.ts'
import { DashboardReads } from '../dashboard/dashboard-reads.ts'
import type { DuplicateReads } from '../duplicates/duplicate-reads.ts'
import type { Device } from '../erasure/device.ts'
import { ExportService } from '../export/export-service.ts'
import type { HandoverContents } from '../handover/handover-contents.ts'
import type { Requeued } from '../handover/requeue.ts'
import { createImports, type Imports } from '../import/imports.ts'
import type { HintSource } from '../replication/hints.ts'
import { lateHints, lateTransport } from '../replication/late-transport.ts'
import { ReplicaStore } from '../replication/replica-store.ts'
import { ServerClock } from '../replication/server-clock.ts'
import type { Timing } from '../replication/timing.ts'
import type { Transport } from '../replication/transport.ts'
import { createChangeNotices } from '../status/change-notices.ts'
import { throttle } from '../status/throttle.ts'
import { CustomerCommands } from './customer-commands.ts'
import { CustomerListing } from './customer-listing.ts'
import { DeletedCustomers } from './deleted-customers.ts'
import { DuplicateWatch } from './duplicate-watch.ts'
import { Membership, type MembershipDeps } from './membership.ts'
import { OnlineCommands } from './online-commands.ts'
import { RecentCustomers } from './recent-customers.ts'
import { RecordCommands } from './record-commands.ts'
import { ReplicaUpkeep } from './replica-upkeep.ts'
import { requeueHandover } from './requeue-handover.ts'
import { StorageTroubles } from './storage-troubles.ts'
import { SyncReport } from './sync-report.ts'
import { WaitingChats } from './waiting-chats.ts'
import { WorkspaceSync } from './workspace-sync.ts'

/** Tells the UI something unasked. */
export type Notify = <N extends NoticeName>(name: N, body: NoticeBody<N>) => void

/** What an open workspace works with. */
export interface WorkspaceDeps extends Pick<MembershipDeps, 'onWorkspace' | 'onCompanies'> {
  readonly replica: LocalReplica
  readonly user: { readonly id: string; readonly name: string }
  /** The workspace as the server has just told it, or null to use the stored one. */
  readonly workspace: Workspace | null
  /** What is known of the replica from outside, for the case that it has lost that itself. */
  readonly known: { readonly workspace: Workspace | null; readonly unsent: number }
  readonly device: Device
  /** Absent: the replica is not encrypted. */
  readonly replicaKeys?: ReplicaKeys
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
  readonly bulk: BulkEdits
  readonly online: OnlineCommands
  readonly sync: WorkspaceSync
  readonly troubles: StorageTroubles
  readonly upkeep: ReplicaUpkeep
  readonly report: SyncReport
  readonly listing: CustomerListing
  readonly recent: RecentCustomers
  readonly deleted: DeletedCustomers
  readonly chats: WaitingChats
  readonly dashboard: DashboardReads
  readonly #deps: WorkspaceDeps
  readonly #store: ReplicaStore
  readonly #duplicates: DuplicateWatch
  readonly #membership: Membership
  #closed = false

  private constructor(deps: WorkspaceDeps, store: ReplicaStore, workspace: Workspace) {
    this.#deps = deps
    this.#store = store
    const { timing, newId, user, reportBug, onCompanies } = deps
    const notify: Notify = (name, body) => {
      if (!this.#closed) deps.notify(name, body)
    }
    const author = () => ({ companyId: workspace.companyId, user })
    const clock = new ServerClock(() => timing.now(), store.state('serverClock'))
    const background = {
      store,
      timing,
      derived: deps.replica.derived,
      atRest: (work: () => void) =>
        store.write(() => {
          work()
          return null
        }),
      reportBug,
    }
    this.listing = new CustomerListing({
      ...background,
      userId: user.id,
      country: () => this.workspace.country,
      onSearchReady: () => notify('customers.changed', { ids: null }),
    })
    this.recent = new RecentCustomers({
      store,
      clock,
      newId,
      author,
      onChange: (ids) => this.listing.table.setRecent(ids),
    })
    this.chats = new WaitingChats({ store, author, onChange: throttle(timing, () => notify('chats.changed', null)) })
    this.#duplicates = new DuplicateWatch({
      ...background,
      author,
      areAllThere: () => this.sync.lastSyncAt !== null && !this.imports.writer.isWriting,
      onStatus: (status) => notify('duplicates.changed', status),
      onGroups: (ids) => {
        if (this.listing.table.setDuplicates(ids)) notify('customers.changed', { ids: [] })
      },
    })
    this.#membership = new Membership(
      {
        ...deps,
        store,
        onCompanies: (companies) => {
          if (!this.#closed) onCompanies(companies)
        },
      },
      workspace,
    )
    const common = { store, clock, newId, user, workspace: () => this.workspace }
    this.commands = new CustomerCommands(common)
    this.records = new RecordCommands({ ...common, dismissals: this.#duplicates.dismissals })
    this.deleted = new DeletedCustomers({ store, user, history: (id) => this.records.history(id) })
    this.dashboard = new DashboardReads({
      table: this.listing.table,
      merges: () => this.records.list('merges'),
      dismissals: () => this.records.list('duplicateDismissals'),
      now: () => timing.now(),
    })
    const ofImports = {
      ...common,
      derived: background.derived,
      notify: (progress: ImportProgress) => notify('import.progress', progress),
      nudge: () => this.sync.nudge(),
      now: () => timing.now(),
      reportBug,
    }
    this.imports = createImports(ofImports, () => this.records.list('importBatches'))
    this.report = new SyncReport({
      store,
      timing,
      sync: () => this.sync,
      incident: () => this.troubles.incident,
      elsewhere: deps.elsewhere,
      onStatus: (status) => notify('sync.status', status),
      onUnsent: deps.onUnsent,
    })
    this.troubles = new StorageTroubles(store, this.report.tell)
    this.#tellChanges(notify)
    const transport = lateTransport(deps.transport)
    this.online = new OnlineCommands({ transport, user, workspace: () => this.workspace })
    this.exports = new ExportService({
      customer: (id) => this.commands.get(id)?.customer,
      ids: (query) => this.listing.table.ids(query),
      record: (format, rows) => this.online.recordExport(format, rows),
      newId,
    })
    this.bulk = new BulkEdits({
      ...common,
      ids: (query) => this.listing.table.ids(query),
      notify: (progress) => notify('bulk.progress', progress),
      nudge: () => this.sync.nudge(),
    })
    this.upkeep = new ReplicaUpkeep({
      store,
      device: deps.device,
      isEncrypted: deps.replicaKeys !== undefined,
      isOnline: deps.isOnline,
      unsent: () => this.report.unsent(),
      rebuild: () => this.sync.rebuild(),
    })
    this.sync = new WorkspaceSync({
      ...deps,
      store,
      clock,
      transport,
      companyId: workspace.companyId,
      hints: lateHints(deps.hints),
      refreshWorkspace: () => this.#membership.refresh(transport),
      onErased: (ids) => deps.notify('customers.erased', { ids: [...ids] }),
      onStatus: this.report.tell,
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
    const indexed = made.listing.start()
    try {
      // So few are indexed before anybody asks.
      if (store.customers.size <= AWAITED_CUSTOMERS) await indexed
      await made.#noteCondition()
    } catch (error) {
      made.#stop()
      throw error
    }
    made.#watchDamage()
    made.#duplicates.start()
    return made
  }

  get workspace(): Workspace {
    return this.#membership.workspace
  }

  get duplicates(): DuplicateReads {
    return this.#duplicates.reads
  }

  /** Puts the work of a hand-over back into the outbox. Fails while the first sync is not done. */
  requeue(contents: HandoverContents): Promise<Result<Requeued>> {
    return requeueHandover(contents, { store: this.#store, sync: this.sync })
  }

  /** Stops sync and closes the replica, keeping it. */
  async close(): Promise<void> {
    this.#stop()
    await Promise.all([this.bulk.stopAll(), this.imports.writer.stop()])
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
    const unsent = replica.condition === 'vanished' ? known.unsent : this.report.unsent()
    await this.troubles.note({ kind: replica.condition, at: new Date(timing.now()).toISOString(), unsent })
  }

  #watchDamage(): void {
    const { replica, timing, reportBug } = this.#deps
    void replica.damaged.then((error) => {
      this.troubles.damagedNow(new Date(timing.now()).toISOString())
      reportBug(error)
    })
  }

  #tellChanges(notify: Notify): void {
    const customers = () => this.#store.customers.size
    const tellChanged = createChangeNotices(this.#deps.timing, (ids) => notify('customers.changed', { ids }), customers)
    this.#store.listen((change) => {
      this.listing.apply(change)
      this.recent.apply(change)
      this.#duplicates.apply(change)
      this.chats.apply(change)
      const records = [...change.records.put, ...change.records.before]
      const ofRecords = records.flatMap(({ customerId }) => customerId ?? [])
      tellChanged(new Set([...change.put.map(({ id }) => id), ...change.removed, ...ofRecords]))
      if (records.some(({ collection }) => collection === 'savedFilters')) notify('filters.changed', null)
      this.report.tell()
    })
  }

  #stop(): void {
    this.#closed = true
    this.report.stop()
    this.sync.stop()
    this.listing.stop()
    this.#duplicates.stop()
  }
}
