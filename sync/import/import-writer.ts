import { recordKey } from '#database/local/replica-record.ts'
import type { FileLike, ImportProgress, UnfinishedImport } from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { RecordChange } from '../replication/record-table.ts'
import type { StoreChange } from '../replication/replica-store.ts'
import { type ApplyContext, applyRows, NO_COUNTS } from './apply-rows.ts'
import { CustomerEdits } from './customer-edits.ts'
import { type Batch, type ImportDeps, newEdit, refusalOf, UNKNOWN } from './import-deps.ts'
import type { ImportDesk } from './import-desk.ts'
import { digestOf, openImportFile, readBytes } from './import-file.ts'
import {
  type ImportPlan,
  type ImportPosition,
  isOver,
  journalStart,
  journalStep,
  type ReadState,
  readPlan,
  readPosition,
} from './import-journal.ts'
import { PlanRows, planOf } from './import-plan.ts'
import { ImportRun } from './import-run.ts'
import { RowTable } from './row-table.ts'

/** Where the file of the last import that was begun is kept, encrypted like the replica. */
const FILE = 'import'
const NOTHING = new Uint8Array(0)

const UNDONE_ELSEWHERE = fail(
  'undone',
  'This import was undone on another computer. Cancel it here, then undo what has come in since.',
)

/** Writes rehearsed imports, and goes on with those that were broken off. */
export class ImportWriter {
  readonly #deps: ImportDeps
  readonly #desk: ImportDesk
  readonly #batches: () => readonly Batch[]
  readonly #runs = new Map<string, ImportRun>()
  /** Those that are about to run. */
  readonly #starting = new Map<string, Promise<Result<ImportProgress>>>()

  constructor(deps: ImportDeps, desk: ImportDesk, batches: () => readonly Batch[]) {
    this.#deps = deps
    this.#desk = desk
    this.#batches = batches
  }

  /** Whether rows are being written, or are about to be. */
  get isWriting(): boolean {
    return this.#starting.size > 0 || [...this.#runs.values()].some((run) => run.progress().state === 'running')
  }

  /** Starts to write what was rehearsed; answers when the plan is durable. Codes: `forbidden`, `not_found`, `too_many`. */
  async apply(importId: string): Promise<Result<ImportProgress>> {
    const refusal = refusalOf(this.#deps, 'create')
    if (refusal !== null) return fail('forbidden', refusal)
    const under = this.#runs.get(importId)
    if (under !== undefined) return ok(under.progress())
    return this.#once(importId, () => this.#apply(importId))
  }

  /** Goes on after a pause or a crash. Codes: `forbidden`, `not_found`, `needs_file`, `other_file`. */
  async resume(importId: string, file?: FileLike): Promise<Result<ImportProgress>> {
    const refusal = refusalOf(this.#deps, 'create')
    if (refusal !== null) return fail('forbidden', refusal)
    const under = this.#runs.get(importId)
    if (under === undefined) return this.#once(importId, () => this.#resume(importId, file))
    under.start()
    return ok(under.progress())
  }

  /** Two who ask at once start it once: two runs would write each row twice. */
  #once(importId: string, start: () => Promise<Result<ImportProgress>>): Promise<Result<ImportProgress>> {
    const under = this.#starting.get(importId)
    if (under !== undefined) return under
    const starting = start().finally(() => this.#starting.delete(importId))
    this.#starting.set(importId, starting)
    return starting
  }

  async #apply(importId: string): Promise<Result<ImportProgress>> {
    const rehearsed = this.#desk.rehearsed(importId)
    if (!rehearsed.ok) return rehearsed
    const { file, mapping, rehearsal } = rehearsed.value
    const { clock, store, derived, workspace } = this.#deps
    const of = { mapping, at: clock.now(), country: workspace().country }
    const plan = planOf(rehearsal, file, of)
    const position: ImportPosition = {
      state: 'running',
      done: 0,
      chunks: 0,
      counts: NO_COUNTS,
      error: null,
      undoneAt: null,
    }
    await derived?.save(FILE, { seq: derived.head(), bytes: file.bytes })
    const started = await this.#write(() => ({
      state: {
        ...journalStart(importId, plan, position, store.state('imports') ?? []),
        importMappings: this.#desk.rememberedWith(file.headers, mapping),
      },
      records: this.#batch(importId, plan, null),
    }))
    if (!started.ok) return started
    this.#desk.close(importId)
    return ok(this.#start(importId, plan, position, rehearsal.table))
  }

  async #resume(importId: string, file: FileLike | undefined): Promise<Result<ImportProgress>> {
    const plan = readPlan(this.#read, importId)
    const position = readPosition(this.#read, importId)
    if (plan === null || position === null || isOver(position)) return UNKNOWN
    const bytes = file === undefined ? await this.#keptFile(plan) : await readBytes(file)
    if (!bytes.ok) return bytes
    const other = fail('other_file', `This is not the file ${plan.fileName} as it was. Choose that one.`)
    if ((await digestOf(bytes.value)) !== plan.digest) return other
    const opened = await openImportFile(bytes.value, plan.fileName, plan.reading)
    if (!opened.ok) return opened
    if (opened.value.rows.length !== plan.rows) return other
    const table = new RowTable(opened.value, plan.mapping, plan.country, plan.fixes)
    return ok(this.#start(importId, plan, { ...position, state: 'paused', error: null }, table))
  }

  pause(importId: string): Result<null> {
    const run = this.#runs.get(importId)
    if (run === undefined) return UNKNOWN
    run.pause()
    return ok(null)
  }

  /** Stops a run after the chunk under way, or gives up one that was broken off. */
  async cancel(importId: string): Promise<Result<null>> {
    await Promise.allSettled([this.#starting.get(importId)])
    const run = this.#runs.get(importId)
    if (run !== undefined) {
      await run.cancel()
      return ok(null)
    }
    const position = readPosition(this.#read, importId)
    const plan = readPlan(this.#read, importId)
    if (position === null || plan === null || isOver(position)) return UNKNOWN
    return this.#settle(importId, plan, { ...position, state: 'cancelled' })
  }

  /** Imports that a crash or a full disk broke off. */
  async unfinished(): Promise<UnfinishedImport[]> {
    const found: UnfinishedImport[] = []
    for (const importId of this.#deps.store.state('imports') ?? []) {
      const position = readPosition(this.#read, importId)
      if (position === null || isOver(position) || this.#runs.has(importId)) continue
      const plan = readPlan(this.#read, importId)
      if (plan === null) continue
      const { fileName, at, rows } = plan
      const { done, counts } = position
      const needsFile = !(await this.#keptFile(plan)).ok
      found.push({ importId, fileName, at, rows, done, counts, needsFile })
    }
    return found
  }

  /** Waits until nothing is being written; what is left goes on after the next start. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#starting.values())
    for (const run of this.#runs.values()) run.pause()
    await Promise.all([...this.#runs.values()].map((run) => run.ended))
  }

  #start(importId: string, plan: ImportPlan, position: ImportPosition, table: RowTable): ImportProgress {
    const rows = new PlanRows(importId, plan)
    const run = new ImportRun({ importId, fileName: plan.fileName, rows: plan.rows }, position, {
      step: (from, upTo) => this.#step(importId, from, upTo, rows, table),
      settle: async (settled) => {
        const result = await this.#settle(importId, plan, settled)
        if (result.ok && isOver(settled)) this.#runs.delete(importId)
        return result
      },
      notify: this.#deps.notify,
      now: this.#deps.now,
      reportBug: this.#deps.reportBug,
    })
    this.#runs.set(importId, run)
    run.start()
    return run.progress()
  }

  /** One chunk: its customers, its place in the journal and the position behind it, written together. */
  async #step(
    importId: string,
    from: ImportPosition,
    upTo: number,
    plan: PlanRows,
    table: RowTable,
  ): Promise<Result<ImportPosition>> {
    if (this.#batches().some(({ id, undoneAt }) => id === importId && undoneAt !== null)) return UNDONE_ELSEWHERE
    const written = await this.#write(() => {
      const customers = new CustomerEdits(this.#deps.store)
      const { counts, journal } = applyRows(from.done, upTo, this.#context(importId, plan, table, customers))
      const isPlain = journal.updates.length + journal.others.length === 0
      const next: ImportPosition = {
        ...from,
        state: 'running',
        done: upTo,
        chunks: from.chunks + (isPlain ? 0 : 1),
        counts: sum(from.counts, counts),
      }
      return { put: customers.put(), state: journalStep(importId, next, isPlain ? undefined : journal), next }
    })
    if (!written.ok) return written
    this.#deps.nudge()
    return ok(written.value.next)
  }

  /** Notes where an import ended, here and in the history of the company. */
  async #settle(importId: string, plan: ImportPlan, position: ImportPosition): Promise<Result<null>> {
    const settled = await this.#write(() => ({
      state: journalStep(importId, position),
      ...(isOver(position) && { records: this.#batch(importId, plan, position) }),
    }))
    if (!settled.ok) return settled
    const { derived, nudge } = this.#deps
    if (isOver(position)) await derived?.save(FILE, { seq: derived.head(), bytes: NOTHING })
    nudge()
    return ok(null)
  }

  /** The import in the company's history: begun (`position` is null), or ended, which tells its counts. */
  #batch(importId: string, plan: ImportPlan, position: ImportPosition | null): Partial<RecordChange> {
    const { store } = this.#deps
    const key = recordKey('importBatches', importId)
    const common = { ...newEdit(this.#deps), id: importId }
    const { created = 0, updated = 0, unchanged = 0, duplicates = 0, skipped = 0, failed = 0 } = position?.counts ?? {}
    const counts = {
      rowCount: plan.rows,
      createdCount: created,
      updatedCount: updated,
      skippedCount: unchanged + duplicates + skipped,
      invalidCount: failed,
    }
    const fileName = plan.fileName.slice(0, 255) || 'CSV'
    const next = queueRecordChange(
      store.records.get(key),
      'importBatches',
      position === null
        ? { ...common, op: 'create', changes: { ...counts, fileName } }
        : { ...common, op: 'update', changes: { ...counts, endedAt: common.editedAt } },
    )
    return next === null ? {} : { put: [next] }
  }

  async #keptFile(plan: ImportPlan): Promise<Result<Uint8Array<ArrayBuffer>>> {
    const kept = await this.#deps.derived?.read(FILE)
    if (kept != null && (await digestOf(kept.bytes)) === plan.digest) return ok(kept.bytes)
    return fail('needs_file', `Choose the file ${plan.fileName} again to go on.`)
  }

  #context(importId: string, plan: PlanRows, table: RowTable, customers: CustomerEdits): ApplyContext {
    const { clock, newId, user, workspace } = this.#deps
    // One time for all of a chunk: it is one write.
    const editedAt = clock.now()
    return {
      importId,
      plan,
      table,
      companyId: workspace().companyId,
      user,
      customers,
      refusal: (customer) => refusalOf(this.#deps, 'edit', customer),
      newEdit: () => ({ mutationId: newId(), editedAt }),
    }
  }

  #write<C extends StoreChange>(compute: () => C): Promise<Result<C>> {
    return guardStorage(async () => ok(await this.#deps.store.write(compute)))
  }

  readonly #read: ReadState = (key) => this.#deps.store.state(key)
}

function sum(a: ImportPosition['counts'], b: ImportPosition['counts']): ImportPosition['counts'] {
  return {
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    duplicates: a.duplicates + b.duplicates,
    skipped: a.skipped + b.skipped,
    failed: a.failed + b.failed,
  }
}
