import type { QueuedMutation, RejectedWrite, ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Customer } from '#shared/domain/customer.ts'
import type { Verdict } from '#shared/sync-protocol/push.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { changedFields, pickFields } from './field-values.ts'
import { LOCAL_REV, localStateOf, overlay, serverRow } from './overlay.ts'
import { type FieldEdits, mergeEdits } from './three-way-merge.ts'

/** What a verdict needs from outside: ids for rebased mutations, and the time (ISO, server's). */
export interface VerdictContext {
  readonly newId: () => string
  readonly now: string
}

/**
 * The customer after the server's verdict on its oldest mutation. A verdict about any other
 * mutation is an echo of one that was settled before, and changes nothing.
 */
export function applyVerdict(held: ReplicaCustomer, verdict: Verdict, context: VerdictContext): ReplicaCustomer {
  const local = localStateOf(held)
  const [judged, ...rest] = local.mutations
  if (judged === undefined || judged.mutationId !== verdict.mutationId) return held
  switch (verdict.status) {
    case 'applied':
      return overlay(verdict.row, { ...local, mutations: rest })
    case 'conflict':
      return applyConflict(held, judged, rest, verdict.row, context)
    case 'rejected':
      return applyRejection(held, judged, rest, { ...verdict, at: context.now })
    default:
      return assertNever(verdict)
  }
}

const DELETED = {
  code: 'deleted',
  message: 'Somebody deleted this customer before your change arrived. Copy what you need, or discard the change.',
  field: null,
}
const MERGED = {
  code: 'merged',
  message:
    'Somebody merged this customer into another one before your change arrived. Send it to that one, or discard it.',
  field: null,
}

function applyConflict(
  held: ReplicaCustomer,
  judged: QueuedMutation,
  rest: readonly QueuedMutation[],
  master: Customer,
  context: VerdictContext,
): ReplicaCustomer {
  const local = localStateOf(held)
  const reason = { ...(master.mergedInto === null ? DELETED : MERGED), at: context.now }
  switch (judged.op) {
    case 'create':
      // Ids are random: a row with ours is the one we made, and only the answer was lost.
      return overlay(master, { ...local, mutations: [...rest] })
    case 'delete':
      // A delete has no base to differ from: gone already is done, anything else stands and is sent again.
      if (master.deletedAt !== null) return overlay(master, { ...local, mutations: [...rest] })
      return overlay(master, { ...local, mutations: [renewed(judged, context), ...rest] })
    case 'restore':
      if (master.deletedAt === null) return overlay(master, { ...local, mutations: [...rest] })
      return overlay(master, { ...local, mutations: [], rejected: reject(local.rejected, [judged, ...rest], reason) })
    case 'update': {
      if (master.deletedAt !== null) {
        const updates = [judged, ...rest].filter((mutation) => mutation.op === 'update')
        // Whoever deleted it too does not need to hear that the edits before are moot.
        const isMoot = updates.length <= rest.length
        return overlay(master, {
          ...local,
          mutations: [],
          rejected: isMoot ? local.rejected : reject(local.rejected, updates, reason),
        })
      }
      // What was made on top of a merge is judged after it.
      const isJoined = (mutation: QueuedMutation) => mutation.op === 'update' && mutation.after === judged.after
      const others = rest.filter((mutation) => !isJoined(mutation))
      const joined = [judged, ...rest.filter(isJoined)]
      const edits = foldUpdates(joined)
      // Of an import only what nobody edited on top.
      const { importId, ...own } = judged
      const isOfImport = joined.every((mutation) => mutation.op === 'update' && mutation.importId === importId)
      const { conflicts, ...merged } = mergeEdits(edits, master)
      const rebased: QueuedMutation[] =
        changedFields(merged.changes).length === 0
          ? []
          : [{ ...renewed(isOfImport ? judged : own, context), ...merged, editedAt: edits.editedAt }]
      return overlay(master, {
        ...local,
        mutations: [...rebased, ...others],
        conflicts: [...local.conflicts, ...conflicts],
      })
    }
    default:
      return assertNever(judged)
  }
}

/** The same mutation under a new id: the old one is judged, and nothing was written for it. */
function renewed<M extends QueuedMutation>(mutation: M, context: VerdictContext): M {
  return { ...mutation, mutationId: context.newId(), sent: false }
}

/** Several updates of one customer as one: the first base and the last value and time of each field. */
function foldUpdates(updates: readonly QueuedMutation[]): FieldEdits {
  let folded: FieldEdits = { base: {}, changes: {}, times: {}, editedAt: '' }
  for (const update of updates) {
    if (update.op !== 'update') continue
    folded = {
      base: { ...update.base, ...folded.base },
      changes: { ...folded.changes, ...update.changes },
      times: { ...folded.times, ...update.times },
      editedAt: update.editedAt,
    }
  }
  return folded
}

type Reason = Pick<RejectedWrite, 'code' | 'message' | 'field' | 'at'>

function applyRejection(
  held: ReplicaCustomer,
  judged: QueuedMutation,
  rest: readonly QueuedMutation[],
  { code, message, field, at }: Reason,
): ReplicaCustomer {
  const local = localStateOf(held)
  const reason: Reason = { code, message, field, at }
  if (judged.op === 'create' && held.rev !== LOCAL_REV) {
    // The server refuses to create what it has meanwhile shown us as ours: the creation was done.
    return overlay(serverRow(held), { ...local, mutations: [...rest] })
  }
  if (judged.op === 'create') {
    // Nothing that follows makes sense without the creation: it is kept as part of it.
    const { local: _, ...shown } = held
    return { ...shown, local: { ...local, mutations: [], rejected: reject(local.rejected, [judged, ...rest], reason) } }
  }
  const master = serverRow(held)
  const mutations = judged.op === 'update' ? rest.map((next) => rebaseBelow(next, judged)) : [...rest]
  return overlay(master, { ...local, mutations, rejected: reject(local.rejected, [judged], reason) })
}

/** Whoever edited on top of a refused edit had seen, below it, what that one was based on. */
function rebaseBelow(next: QueuedMutation, refused: QueuedMutation): QueuedMutation {
  if (next.op !== 'update' || refused.op !== 'update') return next
  const fields = changedFields(refused.base).filter((field) => next.base[field] !== undefined)
  return { ...next, base: { ...next.base, ...pickFields(refused.base, fields) } }
}

/** Adds refused mutations to those that already need attention; the newest reason is the one told. */
function reject(earlier: RejectedWrite | null, mutations: readonly QueuedMutation[], reason: Reason): RejectedWrite {
  return { ...reason, mutations: [...(earlier?.mutations ?? []), ...mutations] }
}
