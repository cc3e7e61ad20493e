import type { AttentionItem } from '#shared/replica-api/detail.ts'
import type { StorageIncident } from '#shared/replica-api/storage-incident.ts'
import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import { attentionItems } from '../outbox/attention.ts'
import { mergeTarget } from '../outbox/merged-away.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { Timing } from '../replication/timing.ts'
import { computeSyncStatus } from '../status/sync-status.ts'
import { throttle } from '../status/throttle.ts'
import type { WorkspaceSync } from './workspace-sync.ts'

/** What a report works with. */
export interface SyncReportDeps {
  readonly store: ReplicaStore
  readonly timing: Timing
  readonly sync: () => Pick<WorkspaceSync, 'phase' | 'lastSyncAt'>
  readonly incident: () => StorageIncident | null
  /** Changes that wait in other companies of the user, at first. */
  readonly elsewhere: number
  readonly onStatus: (status: SyncStatus) => void
  /** The number of writes that exist on this machine only is another one. */
  readonly onUnsent: () => void
}

/** What the user is told of sync, and what of their work exists on this machine only. */
export class SyncReport {
  readonly #deps: SyncReportDeps
  #counted: number | null = null
  #elsewhere: number
  #stopped = false
  /** Something has changed: tells the status, at once where unsent work begins, else now or in a moment. */
  readonly tell: () => void

  constructor(deps: SyncReportDeps) {
    this.#deps = deps
    this.#elsewhere = deps.elsewhere
    const now = (): void => {
      if (this.#stopped) return
      deps.onStatus(this.status())
      const unsent = this.unsent()
      if (unsent !== this.#counted) deps.onUnsent()
      this.#counted = unsent
    }
    const soon = throttle(deps.timing, now)
    // The first change that waits is told before any screen can show it: "Up to date" would be untrue meanwhile.
    this.tell = () => (this.#counted === 0 && this.unsent() > 0 ? now() : soon())
  }

  /** Another number of changes waits in other companies of the user. */
  tellElsewhere(elsewhere: number): void {
    this.#elsewhere = elsewhere
    this.tell()
  }

  /** Tells nothing any more. */
  stop(): void {
    this.#stopped = true
  }

  /** Refused writes and open conflicts, the newest last. */
  attention(): AttentionItem[] {
    const { store } = this.#deps
    const find = (id: string) => store.customers.get(id)
    return [...store.attention()].flatMap((held) => attentionItems(held, mergeTarget(held, find)))
  }

  /** The truth about sync. */
  status(): SyncStatus {
    const { store, sync, incident } = this.#deps
    const { phase, lastSyncAt } = sync()
    return computeSyncStatus({
      phase,
      lastSyncAt,
      waiting: store.waitingChanges,
      attention: store.attention(),
      records: store.records,
      elsewhere: this.#elsewhere,
      incident: incident(),
      unreadable: store.state('quarantine')?.length ?? 0,
    })
  }

  /** What exists on this machine only: changes that wait or were refused, open conflicts, what was set aside as unreadable. */
  unsent(): number {
    const { waiting, attention } = this.status()
    return waiting + attention
  }
}
