import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { StoredCollection } from '#database/local/replica-record.ts'
import type { Customer } from '#shared/domain/customer.ts'
import type { MergeChoices } from '#shared/domain/merge-choices.ts'
import type { MergePreview } from '#shared/replica-api/duplicates.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { mergeFault } from '../outbox/merge-fault.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'

/** What is to be merged into what. */
export interface AskedMerge {
  readonly targetId: string
  readonly sourceIds: readonly string[]
  readonly choices: MergeChoices
}

/** What a merge would make of its customers as they show. Nothing is written. Fails as the merge itself would. */
export function previewMerge({ targetId, sourceIds, choices }: AskedMerge, store: ReplicaStore): Result<MergePreview> {
  const { shown, records } = store
  const asked = { targetId, sourceIds: [...sourceIds], choices }
  const fault = mergeFault({ kind: 'merge.make', ...asked }, shown)
  if (fault !== null) return { ok: false, error: fault }
  const after = shown.preview({ id: '', ...asked, at: new Date(0).toISOString(), undone: null, rev: null })
  const outcome = after.find(({ mergedInto }) => mergedInto === null)
  if (outcome === undefined) return fail('not_found', 'These customers were changed meanwhile. Look again.')
  const before = [targetId, ...sourceIds].flatMap((id) => shown.get(id) ?? [])
  const count = (collection: StoredCollection) =>
    sourceIds
      .flatMap((id) => shown.familyOf(id))
      .reduce((sum, id) => sum + records.ofCustomer(id, collection).length, 0)
  return ok({
    customers: before.map(asCustomer),
    outcome: asCustomer(outcome),
    moved: {
      // Those that are older than the sync window are counted on the customer only.
      conversations: before.slice(1).reduce((sum, { conversationCount }) => sum + conversationCount, 0),
      quotes: count('quotes'),
      quoteRequests: count('quoteRequests'),
      interactions: count('interactions'),
    },
  })
}

/** A customer as it shows, without what only this machine knows of it. */
export function asCustomer({ local: _, ...customer }: ReplicaCustomer): Customer {
  return customer
}
