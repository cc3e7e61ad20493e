import type { ReplicaRecord, StoredCollection } from '#database/local/replica-record.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { type CustomerHistory, HISTORY_LIMIT } from '#shared/replica-api/history.ts'
import type { CollectionRow } from '#shared/sync-protocol/collections.ts'
import { type RecordAuthor, shownRow } from '../conflict/record-rows.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'

/** What the commands need from outside. */
export interface RecordCommandDeps {
  readonly store: ReplicaStore
  readonly clock: ServerClock
  readonly newId: () => string
  readonly user: { readonly id: string; readonly name: string }
  readonly workspace: () => Workspace
}

/** How many customers "recent" remembers. */
const RECENT = 50

/** Reads and writes of everything beside the customers themselves. */
export class RecordCommands {
  readonly #deps: RecordCommandDeps

  constructor(deps: RecordCommandDeps) {
    this.#deps = deps
  }

  /** What happened with a customer, newest first. */
  history(customerId: string): CustomerHistory {
    return {
      conversations: this.#latest(customerId, 'conversations'),
      quotes: this.#latest(customerId, 'quotes'),
      quoteRequests: this.#latest(customerId, 'quoteRequests'),
      activity: this.#latest(customerId, 'activity'),
    }
  }

  /** All rows of a collection as they show, newest first. */
  list<C extends StoredCollection>(collection: C): CollectionRow<C>[] {
    const held = [...this.#deps.store.records.of(collection)].sort(newestFirst)
    return held.flatMap((record) => shownRow(record as ReplicaRecord & { collection: C }, this.#author()) ?? [])
  }

  /**
   * Remembers that a customer was opened: here for "recent", and as an interaction that is sent, one
   * a customer and day.
   *
   * @throws StorageError
   */
  async viewed(customerId: string): Promise<void> {
    const { store, clock, newId } = this.#deps
    await store.write(() => {
      const recent = store.state('recent') ?? []
      const now = clock.now()
      const state = { recent: withFirst(recent, customerId) }
      if (this.#wasSeenOn(customerId, now)) return recent[0] === customerId ? null : { state }
      const changes = { customerId, type: 'view' as const }
      const view = { op: 'create' as const, id: newId(), mutationId: newId(), editedAt: now, changes }
      const record = queueRecordChange(undefined, 'interactions', view)
      return { state, records: { put: record === null ? [] : [record] } }
    })
  }

  #wasSeenOn(customerId: string, now: string): boolean {
    const day = now.slice(0, 10)
    const { store, user } = this.#deps
    for (const record of store.records.ofCustomer(customerId, 'interactions')) {
      if (!record.at.startsWith(day)) continue
      const row = shownRow(record as ReplicaRecord & { collection: 'interactions' }, this.#author())
      if (row?.type === 'view' && row.userId === user.id) return true
    }
    return false
  }

  #latest<C extends StoredCollection>(customerId: string, collection: C) {
    const held = this.#deps.store.records.ofCustomer(customerId, collection)
    const rows: CollectionRow<C>[] = []
    for (const record of held) {
      if (rows.length === HISTORY_LIMIT) break
      const row = shownRow(record as ReplicaRecord & { collection: C }, this.#author())
      if (row !== null) rows.push(row)
    }
    return { rows, total: held.length }
  }

  #author(): RecordAuthor {
    return { companyId: this.#deps.workspace().companyId, user: this.#deps.user }
  }
}

/** The list of recent customers with one more on top. */
export function withFirst(recent: readonly string[], customerId: string): string[] {
  return [customerId, ...recent.filter((other) => other !== customerId)].slice(0, RECENT)
}

function newestFirst(a: ReplicaRecord, b: ReplicaRecord): number {
  return Date.parse(b.at) - Date.parse(a.at)
}
