import { type Actor, customerPermission, type Permission } from './customer-permissions.ts'

/**
 * Whether `actor` may undo an import of the company: owners and managers any, sales their own. A right of
 * its own, also for who may not delete; Postgres has the same (`private.may_undo_import`).
 */
export function importUndoPermission(actor: Actor, importedBy: string | null): Permission {
  const may = customerPermission(actor, 'create')
  if (!may.allowed || actor.role !== 'sales' || importedBy === actor.userId) return may
  return { allowed: false, reason: 'Sales can only undo their own imports.' }
}
