import type { QueuedMutation, ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import { CUSTOMER_FIELDS } from '#shared/domain/customer.ts'
import { pickFields } from '../conflict/field-values.ts'
import { LOCAL_REV, localStateOf, overlay } from '../conflict/overlay.ts'
import { composeRecord, recordLocalOf } from '../conflict/record-rows.ts'
import type { StoreChange } from './replica-store.ts'

/** The `rev` of a customer that the server has not shown again since it was restored. */
const UNCONFIRMED_REV = ''

/** Whether the server has shown this customer since it last said "start over". */
export function isFromServer({ rev }: ReplicaCustomer): boolean {
  return rev !== LOCAL_REV && rev !== UNCONFIRMED_REV
}

/** The server was restored from a backup: drop what came from it, keep what only this machine has. */
export function startOver(customers: Iterable<ReplicaCustomer>, records: Iterable<ReplicaRecord>): StoreChange {
  const all = [...customers]
  const mine = all.filter((held) => held.local !== null)
  const rest = [...records].map((held) => ({
    key: held.key,
    next: composeRecord(held.collection, held.id, null, recordLocalOf(held)),
  }))
  return {
    put: mine.flatMap((held) => (held.rev === LOCAL_REV ? [] : [{ ...held, rev: UNCONFIRMED_REV }])),
    removed: all.filter((held) => held.local === null).map(({ id }) => id),
    records: {
      put: rest.flatMap(({ next }) => next ?? []),
      removed: rest.flatMap(({ key, next }) => (next === null ? [key] : [])),
    },
    state: { checkpoint: null, recordCheckpoints: {}, reread: [], isStartingOver: true },
  }
}

const UNKNOWN = {
  code: 'unknown_on_server',
  message:
    'The server was restored from a backup that does not know this customer. Create it again with these values, or discard them.',
  field: null,
}

/**
 * Customers that a restored server has not shown by the end of the pull: it doesn't know them. Those
 * with work of this user become refused creations, with every value as it showed here; all others go.
 */
export function settleUnknown(
  customers: Iterable<ReplicaCustomer>,
  { newId, now }: { readonly newId: () => string; readonly now: string },
): StoreChange {
  const unknown = [...customers].filter(({ rev }) => rev === UNCONFIRMED_REV)
  const put = unknown.flatMap((held): ReplicaCustomer[] => {
    const { mutations, rejected, conflicts } = localStateOf(held)
    const last = mutations.at(-1) ?? rejected?.mutations.at(-1)
    // Nothing is left to say about it, or it was to be deleted.
    if (held.local === null || last?.op === 'delete') return []
    const creation: QueuedMutation = {
      op: 'create',
      mutationId: newId(),
      id: held.id,
      changes: pickFields(held, CUSTOMER_FIELDS),
      source: held.source,
      createdAt: held.createdAt,
      editedAt: now,
      sent: false,
    }
    const { local: _, ...row } = held
    const refused = { ...UNKNOWN, at: now, mutations: [creation, ...(rejected?.mutations ?? [])] }
    const made = { ...row, rev: LOCAL_REV, fieldEdits: {}, deletedAt: null, mergedInto: null }
    return [overlay(made, { mutations: [], rejected: refused, conflicts })]
  })
  const kept = new Set(put.map(({ id }) => id))
  return {
    put,
    removed: unknown.map(({ id }) => id).filter((id) => !kept.has(id)),
    state: { isStartingOver: false },
  }
}
