import type { StoredCollection } from '#database/local/replica-record.ts'
import type { Tombstone } from '#shared/sync-protocol/collections.ts'
import type { RecordCollection, RecordMutation } from '#shared/sync-protocol/record-push.ts'
import type { RecordVerdict } from '../conflict/apply-record-verdict.ts'
import { composeRecord, type StoredRow, shownRow } from '../conflict/record-rows.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { FakeUser } from './fake-server.ts'

const NO_CHAT = { name: null, email: null, phone: null, address: null, summary: null, messages: [] }

/** The rows of all collections but customers on the fake server, with the semantics of `sync_push` for them. */
export class FakeRecords {
  readonly companyId: string
  readonly rows = new Map<StoredCollection, Map<string, StoredRow | Tombstone>>()
  /** Mutation id → how often it was applied: never more than once. */
  readonly applied = new Map<string, number>()
  /** Changes that make the server fail. */
  breaksAt: (mutation: RecordMutation<RecordCollection>) => boolean = () => false
  readonly #erased = new Set<string>()
  readonly #nextRev: () => string

  constructor(companyId: string, nextRev: () => string) {
    this.companyId = companyId
    this.#nextRev = nextRev
  }

  /** The rows of a collection in the order of their last write. */
  of(collection: StoredCollection): (StoredRow | Tombstone)[] {
    return [...(this.rows.get(collection)?.values() ?? [])].sort((a, b) => Number(a.rev) - Number(b.rev))
  }

  /** Writes a row as the server's own doing. */
  put<Row extends StoredRow | Tombstone>(collection: StoredCollection, row: Row): Row {
    const written = { ...row, rev: this.#nextRev() }
    const rows = this.rows.get(collection) ?? new Map<string, StoredRow | Tombstone>()
    rows.set(row.id, written)
    this.rows.set(collection, rows)
    return written
  }

  /** Removes a row, leaving its tombstone. */
  bury(collection: StoredCollection, id: string): Tombstone {
    return this.put(collection, { id, companyId: this.companyId, gone: true as const, rev: '0' })
  }

  /** Takes out what the rows of an erased customer say; suggestions and the like go. */
  erase(customerId: string): void {
    this.#erased.add(customerId)
    for (const [collection, rows] of this.rows) {
      for (const row of rows.values()) {
        if (!('customerId' in row) || row.customerId !== customerId) continue
        if (collection === 'suggestions' || collection === 'chatReviews') this.bury(collection, row.id)
        else if (collection === 'conversations')
          this.put(collection, { ...row, ...NO_CHAT, sessionId: `erased-${row.id}` })
        else if ('note' in row) this.put(collection, { ...row, note: null })
        else if ('changes' in row && Object.keys(row.changes).length > 0) this.put(collection, { ...row, changes: {} })
      }
    }
  }

  /** Whether a customer has what keeps it from going with its import; entries in the log by others than `own`. */
  hasWork(customerId: string | undefined, own: ReadonlySet<string | null>): boolean {
    return [...this.rows.values()].some((rows) =>
      [...rows.values()].some((row) => {
        if (!('customerId' in row) || row.customerId !== customerId) return false
        if ('action' in row) return !['created', 'deleted', 'exported'].includes(row.action) && !own.has(row.userId)
        return 'type' in row ? row.type !== 'view' : 'quoteId' in row || 'currency' in row
      }),
    )
  }

  judge(user: FakeUser, collection: RecordCollection, mutation: RecordMutation<RecordCollection>): RecordVerdict {
    const { mutationId, id } = mutation
    if (this.breaksAt(mutation)) throw new SyncError('bad_request', 'The server stumbles.')
    const held = this.rows.get(collection)?.get(id)
    const reject = (code: 'forbidden' | 'invalid' | 'not_found' | 'id_in_use', message: string) =>
      ({ status: 'rejected', mutationId, code, message, field: null }) as const
    const verdict = (status: 'applied' | 'conflict', row: StoredRow | Tombstone) =>
      ({ status, mutationId, row }) as RecordVerdict
    if (collection === 'quoteRequests' && user.role === 'analyst') return reject('forbidden', "Analyst can't do this.")
    if ('changes' in mutation && 'note' in mutation.changes && this.#erased.has(mutation.changes.customerId))
      return reject('invalid', 'This customer was erased for good.')
    const row = held === undefined || 'gone' in held ? null : held
    if (collection === 'duplicateDismissals') {
      if (user.role !== 'owner' && user.role !== 'manager') return reject('forbidden', "They can't do this.")
      // Somebody else was faster.
      if (mutation.op === 'create' && row !== null) return verdict('applied', row)
      if (mutation.op === 'delete' && row === null) return verdict('applied', this.bury(collection, id))
    }
    if (mutation.op === 'create' && row !== null) return reject('id_in_use', 'This id is taken. Make it again.')
    if (mutation.op !== 'create' && row === null) return reject('not_found', 'This is not in this company any more.')
    if ('base' in mutation && mutation.base !== undefined && row !== null) {
      const current = row as Readonly<Record<string, unknown>>
      const differs = Object.entries(mutation.base).some(
        ([name, value]) => JSON.stringify(current[name]) !== JSON.stringify(value),
      )
      if (differs) return verdict('conflict', row)
    }
    this.applied.set(mutationId, (this.applied.get(mutationId) ?? 0) + 1)
    if (mutation.op === 'delete' && collection !== 'merges') return verdict('applied', this.bury(collection, id))
    // The server fills in what the replica shows meanwhile.
    const local = { mutations: [{ sent: true, mutation }], rejected: null }
    const record = composeRecord(collection, id, row === null ? null : JSON.stringify(row), local)
    const next = record === null ? null : shownRow(record, { companyId: this.companyId, user })
    if (next === null) throw new Error('The change makes no row')
    return verdict('applied', this.put(collection, next))
  }
}
