import type { Member } from '#shared/domain/workspace.ts'
import type { AttentionItem } from '#shared/replica-api/detail.ts'
import { strings } from '../app/strings.ts'
import { spoken } from '../texts/spoken.ts'
import { formatMoment } from './format.ts'
import { fieldLabel, valueText } from './value-text.ts'

/** A refused write as plain text, to hand over to a colleague who may make it. */
export function attentionText(item: Extract<AttentionItem, { kind: 'rejected' }>, members: readonly Member[]): string {
  const lines = Object.entries(item.changes).map(
    ([field, value]) => `${fieldLabel(field)}: ${valueText(field, value, members)}`,
  )
  return [
    `${item.customerName} (${item.customerId})`,
    `${strings.attention.ops[item.op]}, ${formatMoment(item.at)}: ${spoken(item.reason)}`,
    ...lines,
  ].join('\n')
}
