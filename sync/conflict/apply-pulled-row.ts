import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Customer } from '#shared/domain/customer.ts'
import { localStateOf, overlay } from './overlay.ts'

/**
 * A row from the server over what the replica holds. Waiting edits stay on top, unjudged: the push
 * compares them with the master, because only the server knows the order of writes. A tombstone
 * shows as deleted also under waiting edits of fields: deletes never resurrect.
 */
export function applyPulledRow(held: ReplicaCustomer | undefined, row: Customer): ReplicaCustomer {
  return overlay(row, localStateOf(held))
}
