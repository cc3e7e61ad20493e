import {
  type BulkWriteRow,
  type CategorizeBulkWriteRowsOutput,
  categorizeBulkWriteRows,
  type RxStorageBulkWriteResponse,
  type RxStorageInstance,
} from 'rxdb'
import type { ChangeBulk, CollectionState } from './collection-state.ts'
import { TogetherConflictError } from './log-errors.ts'
import type { StoredDocument } from './log-record.ts'
import type { QueuedWrite } from './write-queue.ts'

type Document = Record<string, unknown>

/** A `bulkWrite` that waits for its turn. */
export interface BulkWriteCall {
  readonly instance: RxStorageInstance<Document, unknown, unknown>
  readonly state: CollectionState
  readonly rows: BulkWriteRow<Document>[]
  readonly context: string
  readonly resolve: (response: RxStorageBulkWriteResponse<Document>) => void
  readonly reject: (error: unknown) => void
}

interface Judged {
  readonly call: BulkWriteCall
  readonly rows: CategorizeBulkWriteRowsOutput<Document>
  readonly documents: readonly StoredDocument[]
}

/**
 * One write of one or more calls. By itself a call stores the rows without conflict and reports the
 * others, as RxDB wants it; calls that belong `together` are stored whole or not at all.
 */
export function queueBulkWrites(calls: readonly BulkWriteCall[], together: boolean): QueuedWrite {
  let judged: readonly Judged[] = []
  const fail = (error: unknown) => {
    for (const call of calls) call.reject(error)
  }
  return {
    size: calls.reduce((sum, { rows }) => sum + rows.length, 0),
    fail,
    plan: () => {
      judged = calls.map(judge)
      const conflicts = judged.reduce((sum, { rows }) => sum + rows.errors.length, 0)
      if (together && conflicts > 0) {
        fail(new TogetherConflictError(conflicts))
        return null
      }
      for (const { call, documents } of judged) {
        for (const document of documents) call.state.plan(String(document[call.state.key]), document)
      }
      return judged
        .filter(({ documents }) => documents.length > 0)
        .map(({ call, documents }) => ({
          op: 'put',
          collection: call.state.name,
          key: call.state.key,
          documents: [...documents],
        }))
    },
    apply: () => {
      for (const { call, documents } of judged) {
        for (const document of documents) call.state.apply(String(document[call.state.key]), document)
      }
    },
    done: () => {
      for (const { call, rows } of judged) {
        tellListeners(call.state, rows)
        call.resolve({ error: rows.errors })
      }
    },
  }
}

function judge(call: BulkWriteCall): Judged {
  const { instance, state, rows, context } = call
  // RxDB asks this "map" for `size` and `get` only.
  const upcoming = state as unknown as Map<string, StoredDocument>
  const judged = categorizeBulkWriteRows<Document>(instance, state.key as never, upcoming, rows, context)
  const documents = [...judged.bulkInsertDocs, ...judged.bulkUpdateDocs].map((row) => row.document)
  return { call, rows: judged, documents }
}

function tellListeners(
  state: CollectionState,
  { eventBulk, newestRow }: CategorizeBulkWriteRowsOutput<Document>,
): void {
  if (eventBulk.events.length === 0 || newestRow === undefined) return
  const { document } = newestRow
  const checkpoint = { id: String(document[state.key]), lwt: document._meta.lwt }
  state.changes.next({ ...eventBulk, checkpoint } as ChangeBulk)
}
