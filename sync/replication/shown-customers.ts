import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { type ReplicaRecord, recordKey } from '#database/local/replica-record.ts'
import { liveEnd, type PendingMerge, pendingMerge, type ShownOnMerge, showMerges } from '../conflict/pending-merges.ts'
import { recordLocalOf } from '../conflict/record-rows.ts'
import type { RecordChange } from './record-table.ts'

/** What is held, as the store has it in memory. */
interface Held {
  readonly customers: ReadonlyMap<string, ReplicaCustomer>
  readonly record: (key: string) => ReplicaRecord | undefined
}

/** The customers as they show: what is held, with merges on top that are not in it yet (SPEC DB-6). */
export class ShownCustomers {
  readonly #held: Held
  /** Keys of merges that may be pending; nearly always none. */
  readonly #candidates = new Set<string>()
  #onTop: ReadonlyMap<string, ShownOnMerge> = new Map()

  constructor(held: Held) {
    this.#held = held
  }

  /** A customer as it shows. */
  get(id: string): ReplicaCustomer | undefined {
    return this.#onTop.get(id)?.customer ?? this.#held.customers.get(id)
  }

  /** All customers as they show. */
  *all(): Generator<ReplicaCustomer> {
    for (const held of this.#held.customers.values()) yield this.#onTop.get(held.id)?.customer ?? held
  }

  /** Ids of those that show something else than what is held. */
  onTop(): Iterable<string> {
    return this.#onTop.keys()
  }

  /** The last pending merge that made a customer what it shows; null: none. */
  mergeOf(id: string): string | null {
    return this.#onTop.get(id)?.mergeId ?? null
  }

  /** A customer and those that pending merges have brought into it. */
  familyOf(id: string): string[] {
    const see = (other: string) => this.get(other)
    return [id, ...[...this.#onTop.keys()].filter((other) => other !== id && liveEnd(other, see)?.id === id)]
  }

  /** What a merge would make of its customers; none: they are not all there any more. */
  preview(merge: PendingMerge): ReplicaCustomer[] {
    return [...showMerges([merge], (id) => this.get(id)).values()].map(({ customer }) => customer)
  }

  /** Takes in a write that is in what is held by now. Resolves to ids of customers that may show differently for it. */
  apply({ put, removed }: RecordChange): string[] {
    for (const { key, collection } of put) if (collection === 'merges') this.#candidates.add(key)
    for (const key of removed) this.#candidates.delete(key)
    if (this.#candidates.size + this.#onTop.size === 0) return []
    const find = (id: string) => this.#held.customers.get(id)
    const merges: PendingMerge[] = []
    for (const key of this.#candidates) {
      const record = this.#held.record(key)
      const merge = record === undefined ? null : pendingMerge(record, find)
      if (merge === null) this.#candidates.delete(key)
      else merges.push(merge)
    }
    const before = this.#onTop
    this.#onTop = showMerges(merges, find)
    return [...new Set([...before.keys(), ...this.#onTop.keys()])]
  }

  /** When the merge was made that an edit was made on top of, while the server has not judged it; null: it has. */
  awaited(after: string | undefined): number | null {
    const merge = after === undefined ? undefined : this.#held.record(recordKey('merges', after))
    const [waiting] = recordLocalOf(merge).mutations
    return waiting === undefined ? null : Date.parse(waiting.mutation.editedAt)
  }
}
