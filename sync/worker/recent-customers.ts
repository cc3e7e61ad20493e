import type { ReplicaRecord } from '#database/local/replica-record.ts'
import type { CollectionRow } from '#shared/sync-protocol/collections.ts'
import { type RecordAuthor, shownRow } from '../conflict/record-rows.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import type { ReplicaStore, StoreListener } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'

/** What "recent" works with. */
export interface RecentCustomersDeps {
  readonly store: ReplicaStore
  readonly clock: ServerClock
  readonly newId: () => string
  readonly author: () => RecordAuthor
  /** Told the ids whenever they are others, the latest first; at once, with those that are stored. */
  readonly onChange: (ids: readonly string[]) => void
}

/** How many customers "recent" remembers. */
const RECENT = 50

/** The customers that the user opened last, here or on another machine. Losing one on a crash does no harm. */
export class RecentCustomers {
  readonly #deps: RecentCustomersDeps

  constructor(deps: RecentCustomersDeps) {
    this.#deps = deps
    deps.onChange(this.#ids())
  }

  /**
   * Remembers that a customer was opened: here for "recent", and as an interaction that is sent, one
   * a customer and day. Nobody waits for it.
   */
  viewed(customerId: string): void {
    const { store, clock, newId, onChange } = this.#deps
    onChange(withFirst(this.#ids(), customerId))
    const written = store.write(() => {
      const recent = this.#ids()
      const now = clock.now()
      const state = { recent: withFirst(recent, customerId) }
      if (this.#wasSeenOn(customerId, now)) return recent[0] === customerId ? null : { state }
      const changes = { customerId, type: 'view' as const }
      const view = { op: 'create' as const, id: newId(), mutationId: newId(), editedAt: now, changes }
      const record = queueRecordChange(undefined, 'interactions', view)
      return { state, records: { put: record === null ? [] : [record] } }
    })
    // A failed write stops the loop and shows there; the view itself is not worth an error.
    written.catch(() => undefined)
  }

  /** Takes in a write: views that came from another machine of this user are recent here, too. */
  apply({ records: { put, before } }: Parameters<StoreListener>[0]): void {
    const { store, onChange } = this.#deps
    const recent = this.#ids()
    const next = this.#withViewsOfElsewhere(recent, put, before)
    if (next === recent) return
    onChange(next)
    store.write(() => ({ state: { recent: next } })).catch(() => undefined)
  }

  #ids(): string[] {
    return this.#deps.store.state('recent') ?? []
  }

  #withViewsOfElsewhere(recent: string[], put: readonly ReplicaRecord[], before: readonly ReplicaRecord[]): string[] {
    const known = new Set(before.map((record) => record.key))
    const { user } = this.#deps.author()
    const views = put
      .filter((record) => record.collection === 'interactions' && record.local === null && !known.has(record.key))
      // Cheaper than reading the rows of everybody.
      .filter((record) => record.body?.includes(user.id))
      .flatMap((record) => this.#row(record) ?? [])
      .filter((row) => row.type === 'view' && row.userId === user.id)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    let next = recent
    for (const { customerId } of views) {
      if (customerId !== null && !next.includes(customerId)) next = withFirst(next, customerId)
    }
    return next
  }

  #wasSeenOn(customerId: string, now: string): boolean {
    const day = now.slice(0, 10)
    const { store, author } = this.#deps
    for (const record of store.records.ofCustomer(customerId, 'interactions')) {
      if (!record.at.startsWith(day)) continue
      const row = this.#row(record)
      if (row?.type === 'view' && row.userId === author().user.id) return true
    }
    return false
  }

  #row(record: ReplicaRecord): CollectionRow<'interactions'> | null {
    return shownRow(record as ReplicaRecord & { collection: 'interactions' }, this.#deps.author())
  }
}

/** The list of recent customers with one more on top. */
function withFirst(recent: readonly string[], customerId: string): string[] {
  return [customerId, ...recent.filter((other) => other !== customerId)].slice(0, RECENT)
}
