import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { type ReplicaRecord, recordKey } from '#database/local/replica-record.ts'
import type { CustomerChanges, CustomerField, CustomerFields, CustomerSource } from '#shared/domain/customer.ts'
import { formatPhone } from '#shared/domain/format-phone.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { type CustomerAction, customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerProfile, FieldConflict } from '#shared/replica-api/detail.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { sameValue } from '../conflict/field-values.ts'
import { localStateOf, serverRow } from '../conflict/overlay.ts'
import { shownRow } from '../conflict/record-rows.ts'
import { discardRejected, offeredConflicts, resendRejected, settleConflict } from '../outbox/attention.ts'
import { editOnMerge } from '../outbox/edit-on-merge.ts'
import { mergeTarget, resendToTarget } from '../outbox/merged-away.ts'
import {
  type EditContext,
  isNewCustomer,
  isRefusedCreation,
  queueCreate,
  queueDelete,
  queueEdit,
  queueRestore,
  waitingFields,
} from '../outbox/queue-edit.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { ReplicaStore, StoreChange } from '../replication/replica-store.ts'
import type { ServerClock } from '../replication/server-clock.ts'

/** What the commands need from outside. */
export interface CommandDeps {
  readonly store: ReplicaStore
  readonly clock: ServerClock
  readonly newId: () => string
  readonly user: { readonly id: string; readonly name: string }
  /** Asked anew by each command: the role may change while the app runs. */
  readonly workspace: () => Workspace
}

const MERGED = fail('merged', 'The customer was merged into another one. Undo the merge instead.')
const ERASED = fail('erased', 'This customer was erased for good.')
const LINKED = fail('nothing_to_do', 'This change was settled in the meantime.')
const GONE = fail('not_found', 'This customer was deleted or is not on this computer any more.')

/**
 * The writes a user can make, of values that fit the contract. Each is checked by the role matrix, and
 * answers when it is durable on this machine. A failure is a value; nothing was changed then.
 */
export class CustomerCommands {
  readonly #deps: CommandDeps

  constructor(deps: CommandDeps) {
    this.#deps = deps
  }

  /** The customer as it shows, or null when it is deleted, unknown, or refused by the server. */
  get(id: string): Omit<CustomerProfile, 'history'> | null {
    const held = this.#deps.store.shown.get(id)
    if (held === undefined || held.deletedAt !== null || isRefusedCreation(held)) return null
    const { local: _, ...customer } = held
    const { conflicts } = localStateOf(held)
    return {
      customer,
      phoneText: customer.phone === null ? null : formatPhone(customer.phone, this.#deps.workspace().country),
      waitingFields: waitingFields(held),
      isNew: isNewCustomer(held),
      conflicts: offeredConflicts(conflicts),
    }
  }

  /**
   * Makes a customer; answers with its id. `chatId`: the chat it is made from, linked to it by the same
   * write, unless somebody has linked that meanwhile (`nothing_to_do`).
   */
  async create(fields: CustomerFields, source: CustomerSource, chatId?: string): Promise<Result<{ id: string }>> {
    const refusal = this.#refusal('create')
    if (refusal !== null) return refusal
    const { newId, user, workspace } = this.#deps
    const id = newId()
    const made = { id, companyId: workspace().companyId, fields, source, createdBy: user }
    const written = await this.#write(() => {
      const put = [queueCreate(made, this.#edit())]
      const linked = chatId === undefined ? ok({}) : this.#linked(chatId, id)
      return linked.ok ? ok({ put, ...linked.value }) : linked
    })
    return written.ok ? ok({ id }) : written
  }

  /** Edits some fields; `base` is what they held when the edit began, where that is known. */
  update(id: string, changes: CustomerChanges, base: CustomerChanges = {}): Promise<Result<null>> {
    return this.#edited(id, (held) => {
      if (held.deletedAt !== null) return GONE
      return this.#refusal('edit', held) ?? ok(queueEdit(held, base, changes, this.#edit()))
    })
  }

  /** Deletes softly. */
  delete(id: string): Promise<Result<null>> {
    return this.#edited(id, (held) => this.#refusal('delete', held) ?? ok(queueDelete(held, this.#edit())))
  }

  /** Takes a deletion back. */
  restore(id: string): Promise<Result<null>> {
    return this.#edited(id, (held) => {
      if (held.mergedInto !== null) return MERGED
      if (held.erasedAt != null) return ERASED
      return this.#refusal('delete', held) ?? ok(queueRestore(held, this.#edit()))
    })
  }

  /**
   * Sends a refused write again, with corrections; to where its customer went, if that was merged away.
   * `base`: what its author saw beside it.
   */
  async resend(id: string, corrections: CustomerChanges, base: CustomerChanges): Promise<Result<null>> {
    const { customers } = this.#deps.store
    const moved = await this.#write<StoreChange & { readonly isDone: boolean }>(() => {
      const held = customers.get(id)
      const target = held === undefined ? null : mergeTarget(held, (other) => customers.get(other))
      if (held === undefined || target === null) return ok({ isDone: false })
      const refusal = this.#refusal('edit', serverRow(target))
      if (refusal !== null) return refusal
      const resent = resendToTarget(held, target, corrections, this.#edit())
      return resent.ok ? ok({ isDone: true, put: [resent.value.source, resent.value.target] }) : resent
    })
    if (!moved.ok) return moved
    if (moved.value.isDone) return ok(null)
    return this.#change(id, (held) => {
      const mutations = localStateOf(held).rejected?.mutations ?? []
      const ops = mutations.map((mutation) => mutation.op)
      const action = ops.includes('create') ? 'create' : ops.includes('update') ? 'edit' : 'delete'
      // Undoing an import is a right of its own, which had been looked at.
      const isUndo = mutations.every((mutation) => mutation.op === 'delete' && mutation.importId !== undefined)
      // What the server holds decides, not what the refused edit made of it.
      const refusal = isUndo ? null : this.#refusal(action, serverRow(held))
      return refusal ?? resendRejected(held, corrections, { ...this.#edit(), newId: this.#deps.newId, seen: base })
    })
  }

  /** Gives a refused write up. */
  discard(id: string): Promise<Result<null>> {
    return this.#change(id, (held) => ok(discardRejected(held)))
  }

  /** Decides an open conflict of a field. */
  settle(id: string, field: CustomerField, keep: FieldConflict['shown']): Promise<Result<null>> {
    return this.#change(id, (held) => {
      const settled = settleConflict(held, field, keep, this.#edit())
      if (!settled.ok || sameValue(settled.value[field], held[field])) return settled
      return this.#refusal('edit', held) ?? settled
    })
  }

  /** A change of what a customer shows, which may be what a pending merge made of it. */
  #edited(id: string, edit: (customer: ReplicaCustomer) => Result<ReplicaCustomer>): Promise<Result<null>> {
    return this.#change(id, (held) => {
      const { shown } = this.#deps.store
      const mergeId = shown.mergeOf(id)
      return mergeId === null ? edit(held) : editOnMerge({ held, shown: shown.get(id) ?? held, mergeId }, edit)
    })
  }

  /** One customer's change, computed from what is durable when its turn has come. Null: it leaves the replica. */
  async #change(id: string, compute: (held: ReplicaCustomer) => Result<ReplicaCustomer | null>): Promise<Result<null>> {
    const written = await this.#write(() => {
      const held = this.#deps.store.customers.get(id)
      if (held === undefined) return GONE
      const next = compute(held)
      if (!next.ok) return next
      if (next.value === held) return ok({})
      if (next.value === null) return ok({ removed: [id] })
      return ok(next.value.id === id ? { put: [next.value] } : { put: [next.value], removed: [id] })
    })
    return written.ok ? ok(null) : written
  }

  /** A chat that is nobody's, as a new customer's. */
  #linked(chatId: string, customerId: string): Result<StoreChange> {
    const { store, user, workspace } = this.#deps
    const held = store.records.get(recordKey('conversations', chatId))
    const author = { companyId: workspace().companyId, user }
    const chat = held && shownRow(held as ReplicaRecord & { collection: 'conversations' }, author)
    if (chat != null && chat.customerId !== null) return LINKED
    const next = queueRecordChange(held, 'conversations', {
      ...this.#edit(),
      op: 'update',
      id: chatId,
      base: { customerId: null },
      changes: { customerId },
    })
    return ok({ records: { put: next === null ? [] : [next] } })
  }

  #write<C extends StoreChange>(compute: () => Result<C>): Promise<Result<C>> {
    return guardStorage(async () => {
      let computed: Result<C> | null = null
      await this.#deps.store.write(() => {
        computed = compute()
        return computed.ok ? computed.value : null
      })
      if (computed === null) throw new Error('The write was never computed')
      return computed
    })
  }

  #refusal(action: CustomerAction, held?: { ownerId: string | null; createdByUserId: string | null }) {
    const { user, workspace } = this.#deps
    const permission = customerPermission({ userId: user.id, role: workspace().role }, action, held)
    return permission.allowed ? null : fail('forbidden', permission.reason)
  }

  #edit(): EditContext {
    return { mutationId: this.#deps.newId(), editedAt: this.#deps.clock.now() }
  }
}
