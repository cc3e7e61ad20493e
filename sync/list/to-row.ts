import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { editableFields } from '#shared/domain/customer.ts'
import { formatPhone, rangesAsShown } from '#shared/domain/format-phone.ts'
import type { CustomerRow, Match } from '#shared/replica-api/list.ts'
import { attentionCount } from '../outbox/attention.ts'
import { nextMutation } from '../outbox/push-batch.ts'

/** What a row says beside the customer. */
interface RowContext {
  /** Why the search found it; ranges count in the texts that were searched. */
  readonly hit: Match | null
  /** They may be the same as somebody else. */
  readonly duplicate: boolean
  /** ISO 3166-1 alpha-2, of the company. */
  readonly country: string
}

/** A customer as a row of the list. */
export function toRow(held: ReplicaCustomer, { hit, duplicate, country }: RowContext): CustomerRow {
  const { id, source, createdByUserId, createdAt, updatedAt } = held
  const { notes: _, ...fields } = editableFields(held)
  const phoneText = fields.phone === null ? null : formatPhone(fields.phone, country)
  return {
    id,
    ...fields,
    phoneText,
    source,
    createdByUserId,
    createdAt,
    updatedAt,
    lastSeenAt: held.lastSeenAt,
    conversationCount: held.conversationCount,
    waiting: nextMutation(held) !== undefined,
    attention: attentionCount(held) > 0,
    duplicate,
    match: hit === null ? null : { why: hit.why, ranges: asShown(hit.ranges, fields.phone, phoneText) },
  }
}

/** Ranges in what shows, where another text than the one that was searched does. */
function asShown(ranges: Match['ranges'], phone: string | null, phoneText: string | null): Match['ranges'] {
  if (ranges.phone === undefined || phone === null || phoneText === null || phone === phoneText) return ranges
  return { ...ranges, phone: rangesAsShown(phone, phoneText, ranges.phone) }
}
