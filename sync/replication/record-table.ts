import type { ReplicaRecord, StoredCollection } from '#database/local/replica-record.ts'

/** What one write changes: whole records, and keys that leave. */
export interface RecordChange {
  readonly put: readonly ReplicaRecord[]
  readonly removed: readonly string[]
}

/** The records of a replica in memory, found by key, by collection and by customer. */
export class RecordTable {
  /** By collection, by key: few saved filters must not be looked for among all conversations. */
  readonly #byCollection = new Map<string, Map<string, ReplicaRecord>>()
  readonly #byCustomer = new Map<string, string[]>()
  readonly #waiting = new Set<string>()
  readonly #refused = new Set<string>()

  get size(): number {
    let size = 0
    for (const held of this.#byCollection.values()) size += held.size
    return size
  }

  get(key: string): ReplicaRecord | undefined {
    return this.#byCollection.get(collectionIn(key))?.get(key)
  }

  *all(): Generator<ReplicaRecord> {
    for (const held of this.#byCollection.values()) yield* held.values()
  }

  /** All of a collection, in no order. */
  of(collection: StoredCollection): Iterable<ReplicaRecord> {
    return this.#byCollection.get(collection)?.values() ?? []
  }

  /** What belongs to a customer, newest first; of one collection. */
  ofCustomer(customerId: string, collection: StoredCollection): ReplicaRecord[] {
    const keys = this.#byCustomer.get(customerId) ?? []
    const found = keys.flatMap((key) => this.get(key) ?? []).filter((held) => held.collection === collection)
    return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? -1 : 1))
  }

  /** Those with mutations that wait, oldest first; of one collection, or of all. */
  *waiting(collection: StoredCollection | null = null): Generator<ReplicaRecord> {
    for (const key of this.#waiting) {
      const held = this.get(key)
      if (held !== undefined && (collection === null || held.collection === collection)) yield held
    }
  }

  /** Those with refused changes. */
  *refused(): Generator<ReplicaRecord> {
    for (const key of this.#refused) {
      const held = this.get(key)
      if (held !== undefined) yield held
    }
  }

  apply({ put, removed }: RecordChange): void {
    for (const record of put) {
      const before = this.get(record.key)
      if (before?.customerId !== record.customerId) {
        this.#leaveCustomer(before)
        this.#joinCustomer(record)
      }
      this.#put(record)
      mark(this.#waiting, record.key, (record.local?.mutations.length ?? 0) > 0)
      mark(this.#refused, record.key, record.local?.rejected != null)
    }
    for (const key of removed) {
      this.#leaveCustomer(this.get(key))
      this.#byCollection.get(collectionIn(key))?.delete(key)
      this.#waiting.delete(key)
      this.#refused.delete(key)
    }
  }

  #put(record: ReplicaRecord): void {
    const held = this.#byCollection.get(record.collection)
    if (held === undefined) this.#byCollection.set(record.collection, new Map([[record.key, record]]))
    else held.set(record.key, record)
  }

  #joinCustomer({ key, customerId }: ReplicaRecord): void {
    if (customerId === null) return
    const keys = this.#byCustomer.get(customerId)
    if (keys === undefined) this.#byCustomer.set(customerId, [key])
    else keys.push(key)
  }

  #leaveCustomer(before: ReplicaRecord | undefined): void {
    if (before === undefined || before.customerId === null) return
    const left = (this.#byCustomer.get(before.customerId) ?? []).filter((key) => key !== before.key)
    if (left.length === 0) this.#byCustomer.delete(before.customerId)
    else this.#byCustomer.set(before.customerId, left)
  }
}

/** The collection that a key names (`recordKey`). */
function collectionIn(key: string): string {
  return key.slice(0, key.indexOf(':'))
}

function mark(set: Set<string>, key: string, present: boolean): void {
  if (present) set.add(key)
  else set.delete(key)
}
