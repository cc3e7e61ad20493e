import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { customerPermission, type OwnedCustomer } from '#shared/permissions/customer-permissions.ts'
import {
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
import { fail, ok, type Result } from '#shared/util/result.ts'
import { serverRow } from '../conflict/overlay.ts'
import { CustomerEdits } from '../import/customer-edits.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'
import { type BulkEdit, bulkEditOf, bulkUndoOf } from './bulk-changes.ts'

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
/** Acts that can still be undone. */
const REMEMBERED = 5
/** Tags that are told of those chosen. */
const TAGS_TOLD = 50

type Counts = Omit<BulkOutcome, 'stopped'>
type Effect = keyof Counts

/** Changes many customers at once, piece by piece, and takes that back. */
export class BulkEdits {
  readonly #deps: BulkDeps
  /** What was done to whom, by act, the latest at the end. */
  readonly #done = new Map<string, Map<string, BulkEdit | 'deleted'>>()
  /** Acts and undoings under way. Whatever is taken out of it stops. */
  readonly #running = new Set<string>()

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
    const { user, workspace } = this.#deps
    const action = actionOf(change)
    const permission = customerPermission({ userId: user.id, role: workspace().role }, action)
    if (!permission.allowed) return fail('forbidden', permission.reason)
    const counts: Counts = { changed: 0, unchanged: 0, notAllowed: 0, tooManyTags: 0 }
    const done = this.#remember(bulkId)
    const written = await this.#inPieces(bulkId, [...this.#idsOf(chosen)], (id, edits) => {
      const effect = this.#effect(id, change, edits, done)
      if (effect !== null) counts[effect] += 1
    })
    return written.ok ? ok({ ...counts, ...written.value }) : written
  }

  /** Ends an act, or its undoing, after the piece under way. */
  stop(bulkId: string): void {
    this.#running.delete(bulkId)
  }

  /** Takes an act back; what was edited since stays. Stopped, it goes on with the next call. Code: `not_found`. */
  async undo(bulkId: string): Promise<Result<BulkUndone>> {
    const done = this.#done.get(bulkId)
    if (done === undefined) return fail('not_found', 'This can’t be undone any more. Change it back by hand.')
    this.#done.delete(bulkId)
    const counts = { restored: 0, kept: 0 }
    const written = await this.#inPieces(bulkId, [...done.keys()], (id, edits) => {
      const edit = done.get(id)
      if (edit === undefined) return
      done.delete(id)
      counts[this.#takenBack(id, edit, edits) ? 'restored' : 'kept'] += 1
    })
    if (done.size > 0) this.#done.set(bulkId, done)
    return written.ok ? ok({ ...counts, ...written.value }) : written
  }

  /** What an act does to one customer; null: it is not there any more. */
  #effect(
    id: string,
    change: BulkChange,
    edits: CustomerEdits,
    done: Map<string, BulkEdit | 'deleted'>,
  ): Effect | null {
    const customer = this.#present(edits.find(id))
    if (customer === null) return null
    if (!this.#mayChange(actionOf(change), customer)) return 'notAllowed'
    if (change.kind === 'delete') {
      edits.delete(id, this.#newEdit())
      done.set(id, 'deleted')
      return 'changed'
    }
    const edit = bulkEditOf(customer, change)
    if (typeof edit === 'string') return edit
    edits.update(id, edit.after, this.#newEdit())
    done.set(id, edit)
    return 'changed'
  }

  #takenBack(id: string, edit: BulkEdit | 'deleted', edits: CustomerEdits): boolean {
    const customer = edits.find(id)
    if (customer === undefined) return false
    if (edit === 'deleted') {
      const isThere = customer.deletedAt !== null && customer.mergedInto === null
      return isThere && this.#mayChange('delete', customer) && edits.restore(id, this.#newEdit()).ok
    }
    const back = customer.deletedAt === null ? bulkUndoOf(customer, edit) : null
    return back !== null && this.#mayUndo(customer) && edits.update(id, back, this.#newEdit()).ok
  }

  /** Durable pieces of so many customers each, with the others' turns in between. Stops where it was asked to. */
  async #inPieces(
    bulkId: string,
    ids: readonly string[],
    each: (id: string, edits: CustomerEdits) => void,
  ): Promise<Result<{ stopped: boolean }>> {
    const { store, notify, nudge } = this.#deps
    const others = slices()
    this.#running.add(bulkId)
    for (let start = 0; start < ids.length && this.#running.has(bulkId); start += CHUNK) {
      const piece = ids.slice(start, start + CHUNK)
      const written = await guardStorage(async () => {
        await store.write(() => {
          const edits = new CustomerEdits(store)
          for (const id of piece) each(id, edits)
          return { put: edits.put() }
        })
        return ok(null)
      })
      if (!written.ok) return written
      notify({ bulkId, done: start + piece.length, total: ids.length })
      nudge()
      await others()
    }
    return ok({ stopped: !this.#running.delete(bulkId) })
  }

  #remember(bulkId: string): Map<string, BulkEdit | 'deleted'> {
    const done = new Map<string, BulkEdit | 'deleted'>()
    this.#done.set(bulkId, done)
    const [oldest] = this.#done.keys()
    if (this.#done.size > REMEMBERED && oldest !== undefined) this.#done.delete(oldest)
    return done
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
