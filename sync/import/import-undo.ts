import { recordKey } from '#database/local/replica-record.ts'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import type { UndoPreview } from '#shared/replica-api/import.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import { NO_COUNTS } from './apply-rows.ts'
import { CustomerEdits } from './customer-edits.ts'
import { type Batch, type ImportDeps, newEdit, refusalOf, UNKNOWN } from './import-deps.ts'
import { customerIdOf, isOver, journalStep, readPosition } from './import-journal.ts'
import { PlanRows } from './import-plan.ts'
import type { JournaledImport } from './import-report.ts'
import type { KnownImports } from './known-imports.ts'
import { madeIds } from './made-ids.ts'
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

/** Customers that one durable write takes back. */
const CHUNK = 1_000

/** What undoing an import consists of. */
interface Steps {
  /** Its writes, to be computed one after the other. */
  readonly steps: readonly (() => Undone)[]
  /** What none of them counts. */
  readonly known: UndoPreview
  readonly fileName: string
  readonly rows: number
}

/** Takes imports back, weeks later and from any computer of the company. */
export class ImportUndo {
  readonly #deps: ImportDeps
  readonly #known: KnownImports
  readonly #batches: () => readonly Batch[]
  readonly #undoing = new Set<string>()

  constructor(deps: ImportDeps, known: KnownImports, batches: () => readonly Batch[]) {
    this.#deps = deps
    this.#known = known
    this.#batches = batches
  }

  /** What undoing would do now. */
  async preview(importId: string): Promise<Result<UndoPreview>> {
    const steps = await this.#steps(importId, false)
    if (!steps.ok) return steps
    const nextSlice = slices()
    let sum = steps.value.known
    for (const step of steps.value.steps) {
      sum = addUndone(sum, step().counts)
      await nextSlice()
    }
    return ok(sum)
  }

  /**
   * Takes an import back: updated values first, then the customers that it made. Each step is computed
   * from what is durable when its turn has come; after a crash it is done again from the beginning.
   */
  async undo(importId: string, editedToo: boolean): Promise<Result<UndoPreview>> {
    if (this.#undoing.has(importId)) return fail('running', 'This import is being undone already.')
    this.#undoing.add(importId)
    try {
      const of = await this.#steps(importId, editedToo)
      return of.ok ? await this.#write(importId, of.value) : of
    } finally {
      this.#undoing.delete(importId)
    }
  }

  async #write(importId: string, { steps, fileName, known, rows }: Steps): Promise<Result<UndoPreview>> {
    const { store, notify, nudge } = this.#deps
    const tell = (done: number, state: 'running' | 'done' | 'failed') =>
      notify({ importId, fileName, stage: 'undo', state, rows, done, counts: NO_COUNTS, error: null })
    let undone = known
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
  }

  async #steps(importId: string, editedToo: boolean): Promise<Result<Steps>> {
    const journal = this.#known.find(importId)?.journal ?? null
    const batch = this.#batches().find(({ id }) => id === importId)
    if (journal === null && batch === undefined) return UNKNOWN
    const importedBy = batch?.userId ?? this.#deps.user.id
    const refusal = this.#undoRefusal(importedBy)
    if (refusal !== null) return fail('forbidden', refusal)
    const hasEnded = journal === null ? batch?.endedAt !== null : isOver(journal.position)
    if (!hasEnded) return fail('running', 'This import has not ended. Let it end, or cancel it where it runs.')
    const wasUndone = journal?.position.undoneAt != null || batch?.undoneAt != null
    // The journal doesn't tell what was restored already; the marks of the server do.
    const updates: ImportUpdate[] = wasUndone ? [] : (journal?.chunks.flatMap((chunk) => chunk.updates).reverse() ?? [])
    // Whole, the journal knows more than the company's log: also what was not sent yet.
    const known = new Set(updates.map(({ customerId }) => customerId))
    const { store } = this.#deps
    const others =
      journal?.isWhole && !wasUndone ? null : await rememberedUpdates(store, { importId, importedBy }, known)
    updates.push(...(others?.updates ?? []))
    const fileName = journal?.plan.fileName ?? batch?.fileName ?? ''
    const rows = journal?.plan.rows ?? batch?.rowCount ?? 0
    const ids = journal === null ? await madeIds(importId, rows, store) : createdIds(journal)
    const context = await this.#context(importId, importedBy, editedToo)
    const made = new Set(ids)
    // What a later row of the file added to a customer that it had made goes with that customer.
    const ofOthers = updates.filter(({ customerId }) => !made.has(customerId))
    const steps = [
      ...pieces(ofOthers).map((piece) => () => undoUpdates(piece, context)),
      ...pieces(ids).map((piece) => () => undoCreations(piece, context)),
    ]
    // What came in after an undo, from a computer that did not know of it, is undone like the rest.
    if (wasUndone && !(await somethingToUndo(steps))) return fail('undone', 'This import was undone already.')
    const elsewhere = journal === null ? (others?.lost ?? 0) : lostUpdates(journal, updates)
    return ok({ fileName, rows, steps, known: { ...NOTHING_UNDONE, elsewhere } })
  }

  async #noteUndone(importId: string): Promise<Result<null>> {
    const { store } = this.#deps
    const position = readPosition((key) => store.state(key), importId)
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

  async #context(importId: string, importedBy: string, editedToo: boolean): Promise<UndoContext> {
    const { store, user, workspace } = this.#deps
    const author = { companyId: workspace().companyId, user }
    return {
      importId,
      userId: user.id,
      importedBy,
      hasWorkAround: await workAround(store, author, new Set([user.id, importedBy])),
      edits: () => new CustomerEdits(store),
      mayDelete: (customer) => refusalOf(this.#deps, 'delete', customer) === null,
      mayEdit: (customer) => refusalOf(this.#deps, 'edit', customer) === null,
      newEdit: () => newEdit(this.#deps),
      editedToo,
    }
  }
}

/** Customers that an import has made so far. */
function createdIds({ importId, plan, position }: JournaledImport): string[] {
  const rows = new PlanRows(importId, plan)
  const ids: string[] = []
  for (let place = 0; place < position.done; place++) {
    if (rows.actionOf(place) === 'create') ids.push(customerIdOf(importId, place))
  }
  return ids
}

/** Customers whose values from before stood in what can't be read any more, and whom the company's log does not tell. */
function lostUpdates({ isWhole, position }: JournaledImport, known: readonly ImportUpdate[]): number {
  return isWhole ? 0 : Math.max(0, position.counts.updated - known.length)
}

async function somethingToUndo(steps: Steps['steps']): Promise<boolean> {
  const nextSlice = slices()
  for (const step of steps) {
    const { put, removed } = step()
    if (put.length + removed.length > 0) return true
    await nextSlice()
  }
  return false
}

function pieces<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, n) => list.slice(n * CHUNK, (n + 1) * CHUNK))
}
