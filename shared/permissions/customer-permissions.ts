import type { Role } from '../domain/role.ts'

/** What one may do with customers (SPEC, table R). */
export type CustomerAction = 'create' | 'view' | 'edit' | 'delete' | 'merge' | 'export'

type Grant = 'all' | 'own' | 'none'

/** The role matrix, once: the app asks it, and the Postgres tests compare the policies with it (SPEC R-1). */
export const CUSTOMER_PERMISSIONS: Readonly<Record<Role, Readonly<Record<CustomerAction, Grant>>>> = {
  owner: { create: 'all', view: 'all', edit: 'all', delete: 'all', merge: 'all', export: 'all' },
  manager: { create: 'all', view: 'all', edit: 'all', delete: 'none', merge: 'all', export: 'all' },
  sales: { create: 'all', view: 'all', edit: 'own', delete: 'none', merge: 'none', export: 'none' },
  analyst: { create: 'none', view: 'all', edit: 'none', delete: 'none', merge: 'none', export: 'all' },
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  manager: 'Manager',
  sales: 'Sales',
  analyst: 'Analyst',
}

/** Who acts. */
export interface Actor {
  readonly userId: string
  readonly role: Role
}

/** What of a customer the matrix asks about. */
export interface OwnedCustomer {
  readonly ownerId: string | null
  readonly createdByUserId: string | null
}

/** Allowed, or refused with a sentence for the button's tooltip. */
export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

const ALLOWED: Permission = { allowed: true }

/**
 * Whether `actor` may do `action`, to `customer` where the action has one. Postgres decides in the
 * end; this exists so that a button that would be refused is not offered, with the reason.
 */
export function customerPermission(actor: Actor, action: CustomerAction, customer?: OwnedCustomer): Permission {
  const grant = CUSTOMER_PERMISSIONS[actor.role][action]
  if (grant === 'all') return ALLOWED
  const role = ROLE_NAMES[actor.role]
  if (grant === 'none') return { allowed: false, reason: `${role} can't ${action} customers in this company.` }
  if (customer === undefined || customer.ownerId === actor.userId || customer.createdByUserId === actor.userId) {
    return ALLOWED
  }
  return { allowed: false, reason: `${role} can only ${action} customers they own or created.` }
}
