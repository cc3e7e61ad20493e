import type { LocalState, QueuedMutation, ReplicaCustomer, Shadow } from '#database/local/replica-customer.ts'
import { CUSTOMER_FIELDS, type Customer, editableFields } from '#shared/domain/customer.ts'
import { pickFields } from './field-values.ts'

/** The local state of a customer about which this machine knows nothing more than the server. */
export const NO_LOCAL_STATE: LocalState = { shadow: null, mutations: [], rejected: null, conflicts: [] }

/** The local state of a customer, empty where it has none. */
export function localStateOf(customer: ReplicaCustomer | undefined): LocalState {
  return customer?.local ?? NO_LOCAL_STATE
}

/** The server's values of what a person can change. */
export function shadowOf(row: Customer): Shadow {
  return { ...editableFields(row), deletedAt: row.deletedAt }
}

/** The `rev` of a customer that the server has never told us about. */
export const LOCAL_REV = '0'

/** The row without what waits on top of it: as the server last told it. */
export function serverRow(customer: ReplicaCustomer): Customer {
  const { local, ...row } = customer
  // A customer made here has no row beneath: its own values stand in, without the mark of a waiting deletion.
  if (row.rev === LOCAL_REV) return { ...row, deletedAt: null }
  return local?.shadow ? { ...row, ...local.shadow } : row
}

/**
 * Lays waiting mutations over the server's row: what the user sees. The row is kept as shadow while
 * anything waits, except for a customer that the server has not seen. Of an erased person nothing is
 * kept, whatever waits (SPEC DB-8).
 */
export function overlay(row: Customer, local: Omit<LocalState, 'shadow'>): ReplicaCustomer {
  const { mutations, rejected, conflicts } = local
  const isSettled = mutations.length === 0 && rejected === null && conflicts.length === 0
  if (isSettled || row.erasedAt != null) return { ...row, local: null }
  const shadow = mutations.length === 0 || row.rev === LOCAL_REV ? null : shadowOf(row)
  return { ...mutations.reduce(applyMutation, row), local: { shadow, mutations, rejected, conflicts } }
}

/** The row with one waiting mutation on top of it. */
export function applyMutation(row: Customer, mutation: QueuedMutation): Customer {
  switch (mutation.op) {
    case 'create':
    case 'update':
      return Object.assign({}, row, pickFields(mutation.changes, CUSTOMER_FIELDS))
    case 'delete':
      return { ...row, deletedAt: mutation.editedAt }
    case 'restore':
      return { ...row, deletedAt: null }
  }
}
