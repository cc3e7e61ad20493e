import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerChanges } from '#shared/domain/customer.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { editOnMerge } from '../outbox/edit-on-merge.ts'
import { type EditContext, queueDelete, queueEdit, queueRestore } from '../outbox/queue-edit.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'

/** The customers of one write while it is put together: each edit builds on those before it. */
export class CustomerEdits {
  readonly #store: Pick<ReplicaStore, 'customers' | 'shown'>
  /** As they are to be stored, and as they will show: with a pending merge on top these differ. */
  readonly #edited = new Map<string, { readonly held: ReplicaCustomer; readonly shown: ReplicaCustomer }>()

  constructor(store: Pick<ReplicaStore, 'customers' | 'shown'>) {
    this.#store = store
  }

  /** A customer as it shows, with what was edited here. */
  find(id: string): ReplicaCustomer | undefined {
    return this.#edited.get(id)?.shown ?? this.#store.shown.get(id)
  }

  /** What is to be written. */
  put(): ReplicaCustomer[] {
    return [...this.#edited.values()].map(({ held }) => held)
  }

  /** Takes in somebody new. */
  make(customer: ReplicaCustomer): void {
    this.#edited.set(customer.id, { held: customer, shown: customer })
  }

  /** Changes fields of what a customer shows, which may be what a pending merge made of it. Code: `not_found`. */
  update(id: string, changes: CustomerChanges, context: EditContext): Result<null> {
    // Back to the value before an earlier edit leaves no mutation that would show it.
    return this.#edit(id, (shown) => Object.assign({}, queueEdit(shown, {}, changes, context), changes))
  }

  /** Deletes a customer (softly). Code: `not_found`. */
  delete(id: string, context: EditContext): Result<null> {
    return this.#edit(id, (shown) => queueDelete(shown, context))
  }

  /** Takes a deletion back. Code: `not_found`. */
  restore(id: string, context: EditContext): Result<null> {
    return this.#edit(id, (shown) => queueRestore(shown, context))
  }

  #edit(id: string, edit: (customer: ReplicaCustomer) => ReplicaCustomer): Result<null> {
    const shown = this.find(id)
    const held = this.#edited.get(id)?.held ?? this.#store.customers.get(id)
    if (shown === undefined || held === undefined) return fail('not_found', 'The customer is not there any more.')
    const mergeId = this.#store.shown.mergeOf(id)
    if (mergeId === null) {
      this.make(edit(shown))
      return ok(null)
    }
    let next = shown
    const edited = editOnMerge({ held, shown, mergeId }, (customer) => {
      next = edit(customer)
      return ok(next)
    })
    if (!edited.ok) return edited
    this.#edited.set(id, { held: edited.value, shown: { ...next, local: edited.value.local } })
    return ok(null)
  }
}
