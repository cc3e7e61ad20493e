import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Result } from '#shared/util/result.ts'
import { localStateOf, overlay, serverRow } from '../conflict/overlay.ts'

/** A customer as it is held, and as it shows with a pending merge on top. */
export interface OnMerge {
  readonly held: ReplicaCustomer
  readonly shown: ReplicaCustomer
  readonly mergeId: string
}

/**
 * An edit of a customer that shows what a pending merge made of it: it is based on that, flows
 * together only with others made since, and is sent when the server has judged the merge.
 */
export function editOnMerge(
  { held, shown, mergeId }: OnMerge,
  edit: (customer: ReplicaCustomer) => Result<ReplicaCustomer>,
): Result<ReplicaCustomer> {
  const local = localStateOf(held)
  const isSince = ({ after }: { readonly after?: string | undefined }) => after === mergeId
  const customer = { ...shown, local: { ...local, shadow: null, mutations: local.mutations.filter(isSince) } }
  const edited = edit(customer)
  if (!edited.ok || edited.value === customer) return edited.ok ? { ok: true, value: held } : edited
  const next = localStateOf(edited.value)
  const below = local.mutations.filter((mutation) => !isSince(mutation))
  const since = next.mutations.map((mutation) => ({ ...mutation, after: mergeId }))
  return { ok: true, value: overlay(serverRow(held), { ...next, mutations: [...below, ...since] }) }
}
