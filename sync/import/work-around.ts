import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord, StoredCollection } from '#database/local/replica-record.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { type RecordAuthor, shownRow } from '../conflict/record-rows.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'

/** Entries of the log that are nobody's work on a customer. */
const NO_WORK: ReadonlySet<string> = new Set(['created', 'deleted', 'exported'])

/**
 * Tells whether a customer has more to it than its fields show: quotes, calls and the like, others who
 * were merged into it, and entries in the log by people other than `own`. The same as Postgres asks when
 * an import is undone (`private.take_back_imported`), as far as the replica's window reaches.
 */
export async function workAround(
  { shown, records }: Pick<ReplicaStore, 'shown' | 'records'>,
  author: RecordAuthor,
  own: ReadonlySet<string | null>,
): Promise<(customer: ReplicaCustomer) => boolean> {
  const targets = new Set<string>()
  const nextSlice = slices()
  for (const { mergedInto } of shown.all()) {
    if (mergedInto !== null) targets.add(mergedInto)
    await nextSlice()
  }
  const rows = <C extends StoredCollection>(id: string, collection: C) =>
    records
      .ofCustomer(id, collection)
      .flatMap((held) => shownRow(held as ReplicaRecord & { readonly collection: C }, author) ?? [])
  return ({ id }) =>
    targets.has(id) ||
    rows(id, 'quotes').length > 0 ||
    rows(id, 'quoteRequests').length > 0 ||
    rows(id, 'interactions').some(({ type }) => type !== 'view') ||
    rows(id, 'activity').some(({ action, userId }) => !NO_WORK.has(action) && !own.has(userId))
}
