import type { RejectedWrite, ReplicaCustomer } from '#database/local/replica-customer.ts'
import { type QueuedRecordMutation, type ReplicaRecord, recordKey } from '#database/local/replica-record.ts'
import { customerFieldsSchema, NO_FIELDS } from '#shared/domain/customer.ts'
import { localStateOf, overlay, serverRow } from '../conflict/overlay.ts'
import { queueCreate } from '../outbox/queue-edit.ts'
import type { HandoverContents, HandoverEntry } from './handover-contents.ts'

/** What re-queueing comes to: rows to be stored, and what found no place. */
export interface Requeued {
  readonly customers: readonly ReplicaCustomer[]
  readonly records: readonly ReplicaRecord[]
  /** What can't be queued here: its customer is not on this computer. Stays in the hand-over. */
  readonly left: Pick<HandoverContents, 'customers' | 'records' | 'unreadable'>
}

/** The replica as it is now. */
interface Present {
  customer(id: string): ReplicaCustomer | undefined
  record(key: string): ReplicaRecord | undefined
}

/**
 * Puts the work of a hand-over back into the outbox of a replica. Each mutation keeps its id and its
 * base: what the server got before access was lost is not done twice, and what others changed since
 * merges as after any push. Doing it twice changes nothing.
 */
export function requeue(contents: HandoverContents, present: Present): Requeued {
  const customers: ReplicaCustomer[] = []
  const records: ReplicaRecord[] = []
  const homeless: HandoverEntry[] = []
  for (const kept of contents.customers) {
    const entry = { ...kept, ...waitingAgain(kept) }
    const put = requeueCustomer(entry, present.customer(entry.id), contents)
    if (put === null) homeless.push(entry)
    else customers.push(put)
  }
  for (const record of contents.records) {
    // Of who was erased meanwhile nothing comes back; their customers' own edits are dropped by `overlay`.
    if (present.customer(record.customerId ?? '')?.erasedAt == null) records.push(requeueRecord(record, present))
  }
  return { customers, records, left: { customers: homeless, records: [], unreadable: contents.unreadable } }
}

/**
 * What was refused for want of access waits again, since access is what has come back: the last push
 * before the loss was noticed may have met it. Anything else stays refused, with its reason. Ids are the
 * old ones, and an earlier putting back may have sent them, so each counts as sent: what it says must not
 * change.
 */
function waitingAgain<
  M extends { readonly sent: boolean },
  R extends { readonly code: string; readonly mutations: readonly M[] },
>({ mutations, rejected }: { readonly mutations: readonly M[]; readonly rejected: R | null }) {
  const isAllowed = rejected?.code === 'forbidden'
  const waiting = isAllowed ? [...rejected.mutations, ...mutations] : mutations
  return { mutations: waiting.map((each) => ({ ...each, sent: true })), rejected: isAllowed ? null : rejected }
}

function requeueCustomer(
  entry: HandoverEntry,
  held: ReplicaCustomer | undefined,
  { user, company }: HandoverContents,
): ReplicaCustomer | null {
  if (held !== undefined) {
    const local = localStateOf(held)
    const known = idsOf(held)
    const openConflicts = new Set(local.conflicts.map((conflict) => JSON.stringify(conflict)))
    return overlay(serverRow(held), {
      mutations: [...local.mutations, ...entry.mutations.filter(({ mutationId }) => !known.has(mutationId))],
      rejected: joinRejected(local.rejected, entry.rejected, known),
      conflicts: [...local.conflicts, ...entry.conflicts.filter((item) => !openConflicts.has(JSON.stringify(item)))],
    })
  }
  const creation = [...entry.mutations, ...(entry.rejected?.mutations ?? [])].find(({ op }) => op === 'create')
  if (creation?.op !== 'create') return null
  const fields = customerFieldsSchema.safeParse(creation.changes)
  // A refused creation may hold what breaks a rule: it shows as it was written.
  const shown = fields.success ? fields.data : { ...NO_FIELDS, name: entry.name, ...definedOf(creation.changes) }
  const made = queueCreate(
    { id: entry.id, companyId: company.id, fields: shown, source: creation.source, createdBy: user },
    creation,
  )
  const { local: _, ...row } = made
  return overlay({ ...row, createdAt: creation.createdAt }, entry)
}

function definedOf(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

function idsOf(held: ReplicaCustomer): ReadonlySet<string> {
  const { mutations, rejected } = localStateOf(held)
  return new Set([...mutations, ...(rejected?.mutations ?? [])].map(({ mutationId }) => mutationId))
}

function joinRejected(
  held: RejectedWrite | null,
  kept: RejectedWrite | null,
  known: ReadonlySet<string>,
): RejectedWrite | null {
  if (kept === null) return held
  const mutations = kept.mutations.filter(({ mutationId }) => !known.has(mutationId))
  if (mutations.length === 0) return held
  return { ...kept, mutations: [...mutations, ...(held?.mutations ?? [])] }
}

function requeueRecord(kept: ReplicaRecord, present: Present): ReplicaRecord {
  const record = kept.local === null ? kept : { ...kept, local: waitingAgain(kept.local) }
  const held = present.record(recordKey(record.collection, record.id))
  if (held === undefined) return record
  const mine = held.local?.mutations ?? []
  const refused = held.local?.rejected ?? null
  const known = new Set([...mine, ...(refused?.mutations ?? [])].map(({ mutation }) => mutation.mutationId))
  const isNew = ({ mutation }: QueuedRecordMutation) => !known.has(mutation.mutationId)
  const again = record.local?.rejected ?? null
  const againMutations = again?.mutations.filter(isNew) ?? []
  const rejected =
    again === null || againMutations.length === 0
      ? refused
      : { ...again, mutations: [...againMutations, ...(refused?.mutations ?? [])] }
  return { ...held, local: { mutations: [...mine, ...(record.local?.mutations ?? []).filter(isNew)], rejected } }
}
