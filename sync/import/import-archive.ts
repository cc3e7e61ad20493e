import { recordKey } from '#database/local/replica-record.ts'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import type {
  ImportHistoryEntry,
  ImportReport,
  ReportRow,
  RowOutcome,
  UndoPreview,
} from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import { NO_COUNTS } from './apply-rows.ts'
import { CustomerEdits } from './customer-edits.ts'
import { failedRowsCsv } from './failed-rows.ts'
import { type Batch, type ImportDeps, newEdit, refusalOf, UNKNOWN } from './import-deps.ts'
import {
  customerIdOf,
  isOver,
  journalStep,
  journalTexts,
  type ReadState,
  readChunks,
  readPlan,
  readPosition,
} from './import-journal.ts'
import { PlanRows } from './import-plan.ts'
import { type JournaledImport, ReportReader } from './import-report.ts'
import { rememberedUpdates } from './remembered-updates.ts'
import {
  addUndone,
  type ImportUpdate,
  NOTHING_UNDONE,
  type UndoContext,
  type Undone,
  undoCreations,
  undoUpdates,
} from './undo-rows.ts'
import { workAround } from './work-around.ts'

const DAMAGED = fail(
  'damaged',
  'Part of what this computer had noted about this import can’t be read any more. It can still be undone, but for values that it replaced.',
)

/** Customers that one durable write takes back. */
const CHUNK = 1_000

/** Imports that were made: their reports, and their undoing. */
export class ImportArchive {
  readonly #deps: ImportDeps
  /** All imports of the company as they show, newest first. */
  readonly #batches: () => readonly Batch[]
  readonly #undoing = new Set<string>()
  /** The import that was asked about last: a long one takes a moment to read. */
  #last: {
    readonly journal: JournaledImport
    readonly reader: ReportReader
    readonly texts: readonly unknown[]
  } | null = null

  constructor(deps: ImportDeps, batches: () => readonly Batch[]) {
    this.#deps = deps
    this.#batches = batches
  }

  report(importId: string): Result<ImportReport> {
    const reader = this.#reader(importId)
    return reader.ok ? ok(reader.value.report()) : reader
  }

  reportRows(
    importId: string,
    outcome: RowOutcome | null,
    offset: number,
    limit: number,
  ): Result<{ rows: ReportRow[]; total: number }> {
    const reader = this.#reader(importId)
    return reader.ok ? ok(reader.value.page(outcome, offset, limit)) : reader
  }

  /** A file of the rows that failed, to be corrected and imported again. */
  failedRows(importId: string): Result<{ fileName: string; csv: string }> {
    const reader = this.#reader(importId)
    if (!reader.ok) return reader
    const { headers, fileName } = reader.value.plan
    const csv = failedRowsCsv(headers, reader.value.failed())
    return ok({ fileName: `${fileName.replace(/\.[^.]*$/, '')} - failed rows.csv`, csv })
  }

  history(): ImportHistoryEntry[] {
    const here = new Set(this.#deps.store.state('imports') ?? [])
    return this.#batches().map((batch) => ({
      importId: batch.id,
      fileName: batch.fileName,
      at: batch.createdAt,
      userName: batch.userName,
      isMine: batch.userId === this.#deps.user.id,
      rows: batch.rowCount,
      created: batch.createdCount,
      updated: batch.updatedCount,
      skipped: batch.skippedCount,
      invalid: batch.invalidCount,
      undoneAt: batch.undoneAt,
      isHere: here.has(batch.id),
    }))
  }

  /** What undoing would do now. */
  undoPreview(importId: string): Result<UndoPreview> {
    const steps = this.#steps(importId, false)
    if (!steps.ok) return steps
    return ok(steps.value.steps.reduce((sum, step) => addUndone(sum, step().counts), steps.value.known))
  }

  /**
   * Takes an import back: updated values first, then the customers that it made. Each step is computed
   * from what is durable when its turn has come; after a crash it is done again from the beginning.
   */
  async undo(importId: string, editedToo: boolean): Promise<Result<UndoPreview>> {
    const { store, notify, nudge } = this.#deps
    const of = this.#steps(importId, editedToo)
    if (!of.ok) return of
    if (this.#undoing.has(importId)) return fail('running', 'This import is being undone already.')
    this.#undoing.add(importId)
    const { steps, fileName, known, rows } = of.value
    const tell = (done: number, state: 'running' | 'done' | 'failed') =>
      notify({ importId, fileName, stage: 'undo', state, rows, done, counts: NO_COUNTS, error: null })
    let undone = known
    try {
      for (const [n, step] of steps.entries()) {
        tell(Math.min(rows, n * CHUNK), 'running')
        const written = await guardStorage(async () => ok(await store.write(step)))
        if (!written.ok) {
          tell(Math.min(rows, n * CHUNK), 'failed')
          return written
        }
        undone = addUndone(undone, written.value.counts)
        nudge()
        await new Promise((resolve) => setTimeout(resolve))
      }
      const noted = await this.#noteUndone(importId)
      if (!noted.ok) return noted
      tell(rows, 'done')
      return ok(undone)
    } finally {
      this.#undoing.delete(importId)
    }
  }

  /** The writes that undo an import, to be computed one after the other. */
  #steps(
    importId: string,
    editedToo: boolean,
  ): Result<{ steps: (() => Undone)[]; known: UndoPreview; fileName: string; rows: number }> {
    const journal = this.#find(importId)?.journal ?? null
    const batch = this.#batches().find(({ id }) => id === importId)
    if (journal === null && batch === undefined) return UNKNOWN
    const importedBy = batch?.userId ?? this.#deps.user.id
    const refusal = this.#undoRefusal(importedBy)
    if (refusal !== null) return fail('forbidden', refusal)
    const hasEnded = journal === null ? batch === undefined || isCounted(batch) : isOver(journal.position)
    if (!hasEnded) return fail('running', 'This import has not ended. Let it end, or cancel it where it runs.')
    const wasUndone = journal?.position.undoneAt != null || batch?.undoneAt != null
    // The journal doesn't tell what was restored already; the marks of the server do.
    const updates: ImportUpdate[] = wasUndone ? [] : (journal?.chunks.flatMap((chunk) => chunk.updates).reverse() ?? [])
    // Whole, the journal knows more than the company's log: also what was not sent yet.
    const known = new Set(updates.map(({ customerId }) => customerId))
    const others =
      journal?.isWhole && !wasUndone ? null : rememberedUpdates(this.#deps.store, { importId, importedBy }, known)
    updates.push(...(others?.updates ?? []))
    const fileName = journal?.plan.fileName ?? batch?.fileName ?? ''
    const rows = journal?.plan.rows ?? batch?.rowCount ?? 0
    const ids = journal === null ? idsOf(importId, rows).filter((id) => this.#isThere(id)) : createdIds(journal)
    const context = this.#context(importId, importedBy, editedToo)
    const made = new Set(ids)
    // What a later row of the file added to a customer that it had made goes with that customer.
    const ofOthers = updates.filter(({ customerId }) => !made.has(customerId))
    const steps = [
      ...pieces(ofOthers).map((piece) => () => undoUpdates(piece, context)),
      ...pieces(ids).map((piece) => () => undoCreations(piece, context)),
    ]
    // What came in after an undo, from a computer that did not know of it, is undone like the rest.
    if (wasUndone && !steps.some((step) => changesAnything(step()))) {
      return fail('undone', 'This import was undone already.')
    }
    return ok({
      fileName,
      rows,
      steps,
      known: { ...NOTHING_UNDONE, elsewhere: journal === null ? (others?.lost ?? 0) : lostUpdates(journal, updates) },
    })
  }

  async #noteUndone(importId: string): Promise<Result<null>> {
    const { store } = this.#deps
    const position = readPosition(this.#read, importId)
    const edit = newEdit(this.#deps)
    const key = recordKey('importBatches', importId)
    const isKnown = this.#batches().some(({ id }) => id === importId)
    const mutation = { ...edit, op: 'update' as const, id: importId, changes: { undoneAt: edit.editedAt } }
    return guardStorage(async () => {
      await store.write(() => {
        const next = isKnown ? queueRecordChange(store.records.get(key), 'importBatches', mutation) : null
        return {
          ...(position !== null && { state: journalStep(importId, { ...position, undoneAt: edit.editedAt }) }),
          records: next === null ? {} : { put: [next] },
        }
      })
      this.#deps.nudge()
      return ok(null)
    })
  }

  /** Why one may not undo what somebody imported; null: one may. */
  #undoRefusal(importedBy: string): string | null {
    const { user, workspace } = this.#deps
    const permission = importUndoPermission({ userId: user.id, role: workspace().role }, importedBy)
    return permission.allowed ? null : permission.reason
  }

  #context(importId: string, importedBy: string, editedToo: boolean): UndoContext {
    const { store, user, workspace } = this.#deps
    const author = { companyId: workspace().companyId, user }
    return {
      importId,
      userId: user.id,
      importedBy,
      hasWorkAround: workAround(store, author, new Set([user.id, importedBy])),
      edits: () => new CustomerEdits(store),
      mayDelete: (customer) => refusalOf(this.#deps, 'delete', customer) === null,
      mayEdit: (customer) => refusalOf(this.#deps, 'edit', customer) === null,
      newEdit: () => newEdit(this.#deps),
      editedToo,
    }
  }

  #isThere(id: string): boolean {
    const customer = this.#deps.store.shown.get(id)
    return customer !== undefined && customer.source === 'import'
  }

  #reader(importId: string): Result<ReportReader> {
    const found = this.#find(importId)
    if (found === null) return UNKNOWN
    return found.journal.isWhole ? ok(found.reader) : DAMAGED
  }

  #find(importId: string) {
    const position = readPosition(this.#read, importId)
    if (position === null) return null
    // The same texts, not texts that are the same: nothing is compared letter by letter.
    const texts = journalTexts(this.#read, importId, position)
    if (this.#last?.texts.length === texts.length && texts.every((text, n) => text === this.#last?.texts[n])) {
      return this.#last
    }
    const plan = readPlan(this.#read, importId)
    if (plan === null) return null
    const read = readChunks(this.#read, importId, position)
    const chunks = read.filter((chunk) => chunk !== null)
    const journal = { importId, plan, position, chunks, isWhole: chunks.length === read.length }
    const reader = new ReportReader(journal, (id) => this.#deps.store.shown.get(id))
    this.#last = { journal, reader, texts }
    return this.#last
  }

  readonly #read: ReadState = (key) => this.#deps.store.state(key)
}

/** Customers that an import has made so far. */
function createdIds({ importId, plan, position }: JournaledImport): string[] {
  const rows = new PlanRows(importId, plan)
  return idsOf(importId, position.done).filter((_, place) => rows.actionOf(place) === 'create')
}

/** Customers whose values from before stood in what can't be read any more, and whom the company's log does not tell. */
function lostUpdates({ isWhole, position }: JournaledImport, known: readonly ImportUpdate[]): number {
  return isWhole ? 0 : Math.max(0, position.counts.updated - known.length)
}

/** Whether the counts are known, which an import tells at its end: each row is one of them. */
function isCounted({ createdCount, updatedCount, skippedCount, invalidCount }: Batch): boolean {
  return createdCount + updatedCount + skippedCount + invalidCount > 0
}

function changesAnything({ put, removed }: Undone): boolean {
  return put.length + removed.length > 0
}

function idsOf(importId: string, rows: number): string[] {
  return Array.from({ length: rows }, (_, place) => customerIdOf(importId, place))
}

function pieces<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, n) => list.slice(n * CHUNK, (n + 1) * CHUNK))
}
