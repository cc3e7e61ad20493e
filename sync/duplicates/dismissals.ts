import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import { liveEnd } from '../conflict/pending-merges.ts'
import { type RecordAuthor, shownRow } from '../conflict/record-rows.ts'

/** A pair that was told apart, as it was then. */
interface Dismissal {
  readonly id: string
  readonly a: string
  readonly b: string
}

/** The pairs that were told apart, as they count today: whoever was merged counts for whom they went into. */
export class Dismissals {
  readonly #dismissals = new Map<string, Dismissal>()
  readonly #see: (id: string) => ReplicaCustomer | undefined
  readonly #author: () => RecordAuthor
  /** Of today's pairs; null: to be made anew. */
  #idsByPair: ReadonlyMap<string, readonly string[]> | null = null

  /** `see`: a customer as it shows. */
  constructor(
    records: Iterable<ReplicaRecord>,
    see: (id: string) => ReplicaCustomer | undefined,
    author: () => RecordAuthor,
  ) {
    this.#see = see
    this.#author = author
    this.apply([...records], [])
  }

  /** Takes in a write of records. Returns the customers whose pairs were told apart, or are not any more. */
  apply(put: readonly ReplicaRecord[], before: readonly ReplicaRecord[]): string[] {
    const touched: Dismissal[] = []
    for (const { key } of before) {
      const known = this.#dismissals.get(key)
      if (known === undefined) continue
      touched.push(known)
      this.#dismissals.delete(key)
    }
    for (const record of put) {
      if (!isDismissal(record)) continue
      const row = shownRow(record, this.#author())
      if (row === null) continue
      const made = { id: row.id, a: row.customerA, b: row.customerB }
      touched.push(made)
      this.#dismissals.set(record.key, made)
    }
    if (touched.length > 0) this.#idsByPair = null
    return touched.flatMap(({ a, b }) => [this.#today(a), this.#today(b)])
  }

  /** Some customers show otherwise: they may have been merged, or have come back from a merge. */
  customersChanged(): void {
    this.#idsByPair = null
  }

  /** Whether two were told apart. */
  readonly areApart = (a: string, b: string): boolean => this.#dismissals.size > 0 && this.of(a, b).length > 0

  /** Ids of what keeps two apart. */
  of(a: string, b: string): readonly string[] {
    this.#idsByPair ??= this.#pairs()
    return this.#idsByPair.get(keyOf(a, b)) ?? []
  }

  #pairs(): ReadonlyMap<string, readonly string[]> {
    const byPair = Map.groupBy(this.#dismissals.values(), ({ a, b }) => keyOf(this.#today(a), this.#today(b)))
    return new Map([...byPair].map(([pair, dismissals]) => [pair, dismissals.map(({ id }) => id)]))
  }

  #today(id: string): string {
    return liveEnd(id, this.#see)?.id ?? id
  }
}

function isDismissal(record: ReplicaRecord): record is ReplicaRecord & { readonly collection: 'duplicateDismissals' } {
  return record.collection === 'duplicateDismissals'
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
