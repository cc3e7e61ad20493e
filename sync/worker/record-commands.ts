import type { ReplicaRecord, StoredCollection } from '#database/local/replica-record.ts'
import { recordKey } from '#database/local/replica-record.ts'
import { pairId, pairsOf } from '#shared/domain/duplicate-dismissal.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { type CustomerHistory, HISTORY_LIMIT } from '#shared/replica-api/history.ts'
import type { RecordChange, RefusedRecord } from '#shared/replica-api/records.ts'
import type { CollectionRow } from '#shared/sync-protocol/collections.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { type RecordAuthor, shownRow } from '../conflict/record-rows.ts'
import type { Dismissals } from '../duplicates/dismissals.ts'
import { type DuplicateMark, queueDismissals } from '../duplicates/queue-dismissals.ts'
import { mergeFault } from '../outbox/merge-fault.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import { discardRefused, resendRecord } from '../outbox/record-attention.ts'
import { toMutation } from '../outbox/record-change.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'

/** What the commands need from outside. */
export interface RecordCommandDeps {
  readonly store: ReplicaStore
  readonly clock: ServerClock
  readonly newId: () => string
  readonly user: { readonly id: string; readonly name: string }
  readonly workspace: () => Workspace
  readonly dismissals: Pick<Dismissals, 'of'>
}

/** What whoever may merge may do. */
const MERGER_KINDS: ReadonlySet<RecordChange['kind']> = new Set([
  'merge.make',
  'merge.undo',
  'duplicate.dismiss',
  'duplicate.restore',
])

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
      interactions: this.#latest(customerId, 'interactions'),
      merges: this.#merges(customerId),
      suggestions: this.#latest(customerId, 'suggestions'),
    }
  }

  /** Merges into a customer: those that the server has done, and those that wait to be sent. */
  #merges(customerId: string): CustomerHistory['merges'] {
    const { records, shown } = this.#deps.store
    const { rows, total } = this.#latest(customerId, 'merges')
    return {
      rows: rows.map(({ id, sourceIds, mergedAt: at, mergedByUserName: byName, undoneAt }) => {
        const isSent = records.get(recordKey('merges', id))?.body != null
        const names = sourceIds.flatMap((source) => shown.get(source)?.name ?? [])
        return { id, names, at, byName, state: undoneAt !== null ? 'undone' : isSent ? 'done' : 'waiting' }
      }),
      total,
    }
  }

  /** All rows of a collection as they show, newest first. */
  list<C extends StoredCollection>(collection: C): CollectionRow<C>[] {
    const held = [...this.#deps.store.records.of(collection)].sort(newestFirst)
    return held.flatMap((record) => shownRow(record as ReplicaRecord & { collection: C }, this.#author()) ?? [])
  }

  /** Any write of a user beside customers. Durable when it answers; a failure is a value, nothing was written then. */
  async change(change: RecordChange): Promise<Result<{ id: string }>> {
    const refusal = this.#refusal(change)
    if (refusal !== null) return fail('forbidden', refusal)
    if (change.kind === 'duplicate.dismiss' || change.kind === 'duplicate.restore') return this.#mark(change)
    const fault = change.kind === 'merge.make' ? mergeFault(change, this.#deps.store.shown) : null
    if (fault !== null) return { ok: false, error: fault }
    let id = ''
    const written = await this.#write(() => {
      const { clock, newId } = this.#deps
      if (change.kind === 'chat.link' && change.was !== undefined) {
        const chat = this.#shown('conversations', change.conversationId)
        if (chat !== null && chat.customerId !== change.was) return null
      }
      const { collection, mutation } = toMutation(change, {
        newId,
        editedAt: clock.now(),
        filter: (filterId) => this.#shown('savedFilters', filterId),
        customerOfChat: (chatId) => this.#shown('conversations', chatId)?.customerId ?? null,
      })
      id = mutation.id
      const key = recordKey(collection, id)
      return { key, next: queueRecordChange(this.#deps.store.records.get(key), collection, mutation) }
    })
    return written.ok ? ok({ id }) : written
  }

  /** Refused changes, as people see them. */
  refused(): RefusedRecord[] {
    const { store } = this.#deps
    return [...store.records.refused()].flatMap((held) => {
      const rejected = held.local?.rejected
      const first = rejected?.mutations[0]
      if (rejected == null || first === undefined) return []
      const { key, collection, customerId } = held
      const name = customerId === null ? null : (store.customers.get(customerId)?.name ?? null)
      const { code, message: reason, at } = rejected
      return [{ key, collection, op: first.mutation.op, customerId, name, code, reason, at }]
    })
  }

  /** Sends refused changes of a record again. */
  resend(key: string): Promise<Result<null>> {
    const { clock, newId, store } = this.#deps
    return this.#write(() => {
      const held = store.records.get(key)
      if (held?.local?.rejected == null) return null
      return { key, next: resendRecord(held, { newId, editedAt: clock.now() }) }
    })
  }

  /** Gives refused changes of a record up. */
  discard(key: string): Promise<Result<null>> {
    return this.#write(() => {
      const held = this.#deps.store.records.get(key)
      return held?.local?.rejected == null ? null : { key, next: discardRefused(held) }
    })
  }

  /** Tells customers apart, or takes that back. */
  #mark(mark: DuplicateMark): Promise<Result<{ id: string }>> {
    const { store, clock, newId, dismissals } = this.#deps
    const [first] = pairsOf(mark.ids)
    if (first === undefined) return Promise.resolve(fail('invalid', 'Name two customers at least.'))
    return guardStorage(async () => {
      await store.write(() => {
        const held = (key: string) => store.records.get(key)
        return { records: queueDismissals(mark, { newId, editedAt: clock.now(), held, dismissals }) }
      })
      return ok({ id: pairId(...first) })
    })
  }

  /** One record's change, computed when its turn has come; `next` null: it leaves. Null: settled in the meantime. */
  #write(compute: () => { readonly key: string; readonly next: ReplicaRecord | null } | null): Promise<Result<null>> {
    return guardStorage(async () => {
      const written = await this.#deps.store.write(() => {
        const change = compute()
        if (change === null) return null
        const { key, next } = change
        return { records: next === null ? { removed: [key] } : { put: [next] } }
      })
      return written === null ? fail('nothing_to_do', 'This change was settled in the meantime.') : ok(null)
    })
  }

  /** Why the role of this user does not allow a change; the server decides in the end. */
  #refusal({ kind }: RecordChange): string | null {
    const { user, workspace } = this.#deps
    const { role } = workspace()
    if (MERGER_KINDS.has(kind)) {
      const permission = customerPermission({ userId: user.id, role }, 'merge')
      return permission.allowed ? null : permission.reason
    }
    const isRead = kind === 'filter.save' || kind === 'filter.delete' || kind === 'interaction.note'
    return role === 'analyst' && !isRead ? "Analyst can't do this in this company." : null
  }

  #shown<C extends StoredCollection>(collection: C, id: string): CollectionRow<C> | null {
    const held = this.#deps.store.records.get(recordKey(collection, id))
    return held === undefined ? null : shownRow(held as ReplicaRecord & { collection: C }, this.#author())
  }

  #latest<C extends StoredCollection>(customerId: string, collection: C) {
    const { records, shown } = this.#deps.store
    const family = shown.familyOf(customerId).map((id) => records.ofCustomer(id, collection))
    const held = family.length === 1 ? (family[0] ?? []) : family.flat().sort(newestFirst)
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

function newestFirst(a: ReplicaRecord, b: ReplicaRecord): number {
  return Date.parse(b.at) - Date.parse(a.at)
}
