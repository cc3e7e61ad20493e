import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { editableFields } from '#shared/domain/customer.ts'
import type { CustomerRow, Match } from '#shared/replica-api/list.ts'
import { attentionCount } from '../outbox/attention.ts'
import { nextMutation } from '../outbox/push-batch.ts'

/** A customer as a row of the list; `hit`: why the search found it; `duplicate`: they may be the same as somebody else. */
export function toRow(held: ReplicaCustomer, hit: Match | null, duplicate: boolean): CustomerRow {
  const { id, source, createdByUserId, createdAt, updatedAt } = held
  const { notes: _, ...fields } = editableFields(held)
  return {
    id,
    ...fields,
    source,
    createdByUserId,
    createdAt,
    updatedAt,
    lastSeenAt: held.lastSeenAt,
    conversationCount: held.conversationCount,
    waiting: nextMutation(held) !== undefined,
    attention: attentionCount(held) > 0,
    duplicate,
    match: hit === null ? null : { why: hit.why, ranges: hit.ranges },
  }
}
