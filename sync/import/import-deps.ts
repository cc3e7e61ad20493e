import type { DerivedStore } from '#database/local/local-replica.ts'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { type CustomerAction, customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { ImportProgress } from '#shared/replica-api/import.ts'
import type { CollectionRow } from '#shared/sync-protocol/collections.ts'
import { fail } from '#shared/util/result.ts'
import type { EditContext } from '../outbox/queue-edit.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'

/** What imports need of an open workspace. */
export interface ImportDeps {
  readonly store: ReplicaStore
  readonly clock: ServerClock
  readonly newId: () => string
  readonly user: { readonly id: string; readonly name: string }
  readonly workspace: () => Workspace
  /** Where the file lies until it is imported; null: nowhere, a resumed import asks for it again. */
  readonly derived: DerivedStore | null
  readonly notify: (progress: ImportProgress) => void
  /** There is something to send. */
  readonly nudge: () => void
  /** Milliseconds. */
  readonly now: () => number
  readonly reportBug: (error: unknown) => void
}

/** An import in the history of the company. */
export type Batch = CollectionRow<'importBatches'>

export const UNKNOWN = fail('not_found', 'This import is not known on this computer. Choose the file again.')

/** Why the role does not allow something; null: it does. */
export function refusalOf(
  { user, workspace }: ImportDeps,
  action: CustomerAction,
  customer?: ReplicaCustomer | { readonly ownerId: string | null; readonly createdByUserId: string | null },
): string | null {
  const permission = customerPermission({ userId: user.id, role: workspace().role }, action, customer)
  return permission.allowed ? null : permission.reason
}

/** The time and the id of one edit. */
export function newEdit({ clock, newId }: ImportDeps): EditContext {
  return { mutationId: newId(), editedAt: clock.now() }
}
