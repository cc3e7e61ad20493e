import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { customerPermission, type OwnedCustomer } from '#shared/permissions/customer-permissions.ts'
import {
  type BulkAct,
  type BulkChange,
  type BulkOutcome,
  type BulkProgress,
  type BulkUndone,
  type ChosenCustomers,
  type ChosenSummary,
  MERGE_AT_MOST,
} from '#shared/replica-api/bulk.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { type AppError, fail, ok, type Result } from '#shared/util/result.ts'
import { serverRow } from '../conflict/overlay.ts'
import { CustomerEdits } from '../import/customer-edits.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { ReplicaStore, StoreChange } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'
import { type BulkEdit, bulkEditOf, bulkUndoOf } from './bulk-changes.ts'
import { type BulkEntry, type JournaledAct, journalPiece, journalUndone, partsLeft, readPart } from './bulk-journal.ts'

/** What acts on many customers need of an open workspace. */
export interface BulkDeps {
  readonly store: ReplicaStore
  readonly clock: ServerClock
  readonly newId: () => string
  readonly user: { readonly id: string }
  /** Asked anew by each piece: the role may change meanwhile. */
  readonly workspace: () => Workspace
  /** Ids of all that a query finds now. */
  readonly ids: (query: ListQuery) => readonly string[]
  readonly notify: (progress: BulkProgress) => void
  /** There is something to send. */
  readonly nudge: () => void
}

/** Customers that one durable write changes: between two of them the worker answers what else is asked. */
const CHUNK = 500
/** Tags that are told of those chosen. */
const TAGS_TOLD = 50

type Counts = Omit<BulkOutcome, 'stopped' | 'error'>
type Effect = keyof Counts
type Undone = keyof Omit<BulkUndone, 'stopped'>

/** One durable write of an act. */
interface Piece extends StoreChange {
  /** Customers it goes through. */
  readonly size: number
  readonly onWritten: () => void
}

const FORGOTTEN = fail('not_found', 'This can’t be undone any more. Change it back by hand.')

/** Changes many customers at once, piece by piece, and takes that back. */
export class BulkEdits {
  readonly #deps: BulkDeps
  /** Acts and undoings under way. Whatever is taken out of it stops. */
  readonly #running = new Set<string>()
  /** Ends when those that were asked for so far have. */
  #work: Promise<unknown> = Promise.resolve()

  constructor(deps: BulkDeps) {
    this.#deps = deps
  }

  /** Who was chosen, as they are now, and how many of them the list of a query finds. */
  look(chosen: ChosenCustomers, query?: ListQuery): ChosenSummary {
    const tags = new Map<string, number>()
    const first: string[] = []
    let count = 0
    let editable = 0
    const ids = this.#idsOf(chosen)
    for (const id of ids) {
      const customer = this.#present(this.#deps.store.shown.get(id))
      if (customer === null) continue
      count += 1
      if (first.length <= MERGE_AT_MOST) first.push(id)
      if (this.#mayChange('edit', customer)) editable += 1
      for (const tag of customer.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1)
    }
    const most = [...tags].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count)
    const isOfList = chosen.kind === 'all' || query === undefined
    const listed = isOfList ? count : this.#deps.ids(query).filter((id) => ids.has(id)).length
    return { count, editable, listed, first, tags: most.slice(0, TAGS_TOLD) }
  }

  /** Does something to all that were chosen and that the role allows it for. Code: `forbidden`. */
  async edit(bulkId: string, chosen: ChosenCustomers, change: BulkChange): Promise<Result<BulkOutcome>> {
    const { store, clock } = this.#deps
    const refusal = this.#refusal(change)
    if (refusal !== null) return refusal
    const counts: Counts = { changed: 0, unchanged: 0, notAllowed: 0, tooManyTags: 0 }
    let act: JournaledAct = { bulkId, at: clock.now(), change, changed: 0, left: 0, restored: 0, parts: 0 }
    const ids = [...this.#idsOf(chosen)]
    const pieces = Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, n) => (): Piece => {
      const piece = ids.slice(n * CHUNK, (n + 1) * CHUNK)
      const edits = new CustomerEdits(store)
      const entries: BulkEntry[] = []
      const effects = piece.flatMap((id) => this.#effect(id, change, edits, entries) ?? [])
      const changed = act.changed + entries.length
      const next = { ...act, changed, left: changed, parts: act.parts + 1 }
      return {
        put: edits.put(),
        ...(entries.length > 0 && { state: journalPiece(this.#acts(), next, entries) }),
        size: piece.length,
        onWritten: () => {
          if (entries.length > 0) act = next
          for (const effect of effects) counts[effect] += 1
        },
      }
    })
    const { stopped, error } = await this.#inPieces(bulkId, ids.length, pieces)
    return error !== null && counts.changed === 0 ? { ok: false, error } : ok({ ...counts, stopped, error })
  }

  /** Acts that can be looked up here, newest first. */
  list(): BulkAct[] {
    return this.#acts().toReversed()
  }

  /** Ends an act, or its undoing, after the piece under way. */
  stop(bulkId: string): void {
    this.#running.delete(bulkId)
  }

  /** Ends all that is under way after the piece that is; resolves when it has. */
  async stopAll(): Promise<void> {
    this.#running.clear()
    await this.#work
  }

  /**
   * Takes an act back; what was edited since stays. Whoever it does not get to, may not be changed or is not there at
   * the moment is left for the next call. Codes: `not_found`, `forbidden`.
   */
  async undo(bulkId: string): Promise<Result<BulkUndone>> {
    const { store } = this.#deps
    const find = () => this.#acts().find((act) => act.bulkId === bulkId)
    const act = find()
    if (act === undefined || act.left === 0) return FORGOTTEN
    const refusal = this.#refusal(act.change)
    if (refusal !== null) return refusal
    const counts = { restored: 0, kept: 0, notAllowed: 0, missing: 0 }
    let left = 0
    const parts = partsLeft((key) => store.state(key), act)
    const pieces = parts.map((part) => (): Piece => {
      const entries = readPart((key) => store.state(key), bulkId, part)
      const edits = new CustomerEdits(store)
      const effects = entries.map(({ id, edit }) => this.#takenBack(id, edit, edits))
      const rest = entries.filter((_, n) => effects[n] === 'missing' || effects[n] === 'notAllowed')
      const now = find() ?? act
      const struck = entries.length - rest.length
      const undone = {
        ...now,
        restored: now.restored + effects.filter((effect) => effect === 'restored').length,
        // Whoever was erased meanwhile is in no part any more.
        left: part === parts.at(-1) ? left + rest.length : now.left - struck,
      }
      return {
        put: edits.put(),
        state: journalUndone(this.#acts(), undone, part, rest),
        size: entries.length,
        onWritten: () => {
          left += rest.length
          for (const effect of effects) counts[effect] += 1
        },
      }
    })
    const { stopped, error } = await this.#inPieces(bulkId, act.left, pieces)
    return error === null ? ok({ ...counts, stopped }) : { ok: false, error }
  }

  /** What an act does to one customer; null: it is not there any more. */
  #effect(id: string, change: BulkChange, edits: CustomerEdits, entries: BulkEntry[]): Effect | null {
    const customer = this.#present(edits.find(id))
    if (customer === null) return null
    if (!this.#mayChange(actionOf(change), customer)) return 'notAllowed'
    if (change.kind === 'delete') {
      edits.delete(id, this.#newEdit())
      entries.push({ id, edit: 'deleted' })
      return 'changed'
    }
    const edit = bulkEditOf(customer, change)
    if (typeof edit === 'string') return edit
    edits.update(id, edit.after, this.#newEdit())
    entries.push({ id, edit })
    return 'changed'
  }

  /** Takes back what an act did to one customer, where it can. */
  #takenBack(id: string, edit: BulkEdit | 'deleted', edits: CustomerEdits): Undone {
    const customer = edits.find(id)
    // While everything is fetched again, somebody may only not be here yet.
    if (customer === undefined) return 'missing'
    if (edit === 'deleted') {
      const isDeleted = customer.deletedAt !== null && customer.mergedInto === null && customer.erasedAt == null
      if (!isDeleted) return 'kept'
      if (!this.#mayChange('delete', customer)) return 'notAllowed'
      return edits.restore(id, this.#newEdit()).ok ? 'restored' : 'missing'
    }
    const back = customer.deletedAt === null ? bulkUndoOf(customer, edit) : null
    if (back === null) return 'kept'
    if (!this.#mayUndo(customer)) return 'notAllowed'
    return edits.update(id, back, this.#newEdit()).ok ? 'restored' : 'missing'
  }

  #refusal(change: BulkChange) {
    const { user, workspace } = this.#deps
    const permission = customerPermission({ userId: user.id, role: workspace().role }, actionOf(change))
    return permission.allowed ? null : fail('forbidden', permission.reason)
  }

  /**
   * Durable pieces, with the others' turns in between; each is computed when its turn has come. Stops where
   * it was asked to, and where the storage fails.
   */
  #inPieces(
    bulkId: string,
    total: number,
    pieces: readonly (() => Piece)[],
  ): Promise<{ stopped: boolean; error: AppError | null }> {
    const mine = this.#written(bulkId, total, pieces)
    this.#work = Promise.allSettled([this.#work, mine])
    return mine
  }

  async #written(
    bulkId: string,
    total: number,
    pieces: readonly (() => Piece)[],
  ): Promise<{ stopped: boolean; error: AppError | null }> {
    const { store, notify, nudge } = this.#deps
    const others = slices()
    let done = 0
    this.#running.add(bulkId)
    for (const piece of pieces) {
      if (!this.#running.has(bulkId)) break
      const written = await guardStorage(async () => ok(await store.write(piece)))
      if (!written.ok) {
        this.#running.delete(bulkId)
        return { stopped: false, error: written.error }
      }
      written.value.onWritten()
      done += written.value.size
      notify({ bulkId, done, total })
      nudge()
      await others()
    }
    return { stopped: !this.#running.delete(bulkId), error: null }
  }

  #acts(): readonly JournaledAct[] {
    return this.#deps.store.state('bulkActs') ?? []
  }

  #idsOf(chosen: ChosenCustomers): ReadonlySet<string> {
    if (chosen.kind === 'some') return new Set(chosen.ids)
    const ids = new Set(this.#deps.ids(chosen.query))
    for (const id of chosen.except) ids.delete(id)
    return ids
  }

  #present(customer: ReplicaCustomer | undefined): ReplicaCustomer | null {
    return customer === undefined || customer.deletedAt !== null || isRefusedCreation(customer) ? null : customer
  }

  #mayChange(action: 'edit' | 'delete', customer: OwnedCustomer): boolean {
    const { user, workspace } = this.#deps
    return customerPermission({ userId: user.id, role: workspace().role }, action, customer).allowed
  }

  /** Whoever has just given a customer away may take it back, as long as the server has not heard of it. */
  #mayUndo(customer: ReplicaCustomer): boolean {
    return this.#mayChange('edit', customer) || this.#mayChange('edit', serverRow(customer))
  }

  #newEdit() {
    return { mutationId: this.#deps.newId(), editedAt: this.#deps.clock.now() }
  }
}

function actionOf({ kind }: BulkChange): 'edit' | 'delete' {
  return kind === 'delete' ? 'delete' : 'edit'
}
