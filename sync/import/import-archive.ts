import { recordKey } from '#database/local/replica-record.ts'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import type { ImportHistoryEntry, ImportReport, ReportRow, RowOutcome } from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import { failedRowsCsv } from './failed-rows.ts'
import { type Batch, type ImportDeps, newEdit, UNKNOWN } from './import-deps.ts'
import { isOver } from './import-journal.ts'
import type { ReportReader } from './import-report.ts'
import type { KnownImports } from './known-imports.ts'
import { madeIds } from './made-ids.ts'
import { rememberedUpdates } from './remembered-updates.ts'

const DAMAGED = fail(
  'damaged',
  'Part of what this computer had noted about this import can’t be read any more. It can still be undone, but for values that it replaced.',
)

/** Imports that were made: the history of the company, and the reports of this computer. */
export class ImportArchive {
  readonly #deps: ImportDeps
  readonly #known: KnownImports
  /** All imports of the company as they show, newest first. */
  readonly #batches: () => readonly Batch[]

  constructor(deps: ImportDeps, known: KnownImports, batches: () => readonly Batch[]) {
    this.#deps = deps
    this.#known = known
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
      hasEnded: batch.endedAt !== null,
      undoneAt: batch.undoneAt,
      isHere: here.has(batch.id),
    }))
  }

  /**
   * Says that an import of another computer has ended, which that one can't say any more, with the counts as far as
   * they are known here: from then on it can be undone. Codes: `not_found`, `forbidden`, `running`.
   */
  async markEnded(importId: string): Promise<Result<{ created: number; updated: number }>> {
    const { store, user, workspace, nudge } = this.#deps
    const batch = this.#batches().find(({ id }) => id === importId)
    if (batch === undefined) return UNKNOWN
    const permission = importUndoPermission({ userId: user.id, role: workspace().role }, batch.userId)
    if (!permission.allowed) return fail('forbidden', permission.reason)
    const journal = this.#known.find(importId)?.journal
    if (journal !== undefined && !isOver(journal.position)) {
      return fail('running', 'This import was begun on this computer. Let it go on, or cancel it here.')
    }
    const made = new Set(await madeIds(importId, batch.rowCount, store))
    const { updates, lost } = await rememberedUpdates(store, { importId, importedBy: batch.userId }, made)
    const known = { created: made.size, updated: updates.length + lost }
    const edit = newEdit(this.#deps)
    const changes = { createdCount: known.created, updatedCount: known.updated, endedAt: edit.editedAt }
    const mutation = { ...edit, op: 'update' as const, id: importId, changes }
    return guardStorage(async () => {
      await store.write(() => {
        // It may have told its end meanwhile, which counts.
        const hasEnded = this.#batches().some(({ id, endedAt }) => id === importId && endedAt !== null)
        const key = recordKey('importBatches', importId)
        const next = hasEnded ? null : queueRecordChange(store.records.get(key), 'importBatches', mutation)
        return next === null ? null : { records: { put: [next] } }
      })
      nudge()
      return ok(known)
    })
  }

  #reader(importId: string): Result<ReportReader> {
    const found = this.#known.find(importId)
    if (found === null) return UNKNOWN
    return found.journal.isWhole ? ok(found.reader) : DAMAGED
  }
}
