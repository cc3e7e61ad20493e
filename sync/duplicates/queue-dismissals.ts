import { type ReplicaRecord, recordKey } from '#database/local/replica-record.ts'
import { pairId, pairsOf } from '#shared/domain/duplicate-dismissal.ts'
import type { RecordChange } from '#shared/replica-api/records.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import type { Dismissals } from './dismissals.ts'

const COLLECTION = 'duplicateDismissals'

/** The changes that tell duplicates apart. */
export type DuplicateMark = Extract<RecordChange, { kind: 'duplicate.dismiss' | 'duplicate.restore' }>

/** What marking works with. */
export interface MarkContext {
  readonly newId: () => string
  /** ISO, server's as far as known. */
  readonly editedAt: string
  readonly held: (key: string) => ReplicaRecord | undefined
  readonly dismissals: Pick<Dismissals, 'of'>
}

/**
 * The records of all pairs of some customers, told apart, or not any more, with the change waiting.
 * What is so already is left alone. An undoing also takes back what was said of customers who were
 * merged into these since.
 */
export function queueDismissals(
  { kind, ids }: DuplicateMark,
  { newId, editedAt, held, dismissals }: MarkContext,
): { readonly put: ReplicaRecord[]; readonly removed: string[] } {
  const put: ReplicaRecord[] = []
  const removed: string[] = []
  const common = () => ({ mutationId: newId(), editedAt })
  for (const [a, b] of pairsOf(ids)) {
    const known = dismissals.of(a, b)
    if (kind === 'duplicate.dismiss') {
      if (known.length > 0) continue
      const id = pairId(a, b)
      const mutation = { ...common(), op: 'create' as const, id, changes: { customerA: a, customerB: b } }
      const next = queueRecordChange(held(recordKey(COLLECTION, id)), COLLECTION, mutation)
      if (next !== null) put.push(next)
      continue
    }
    for (const id of known) {
      const key = recordKey(COLLECTION, id)
      const next = queueRecordChange(held(key), COLLECTION, { ...common(), op: 'delete', id })
      if (next === null) removed.push(key)
      else put.push(next)
    }
  }
  return { put, removed }
}
