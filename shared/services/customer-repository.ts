import type { CustomerChanges, CustomerFields } from '../domain/customer.ts'
import type { RequestInput } from '../replica-api/contract.ts'
import type { CustomerProfile } from '../replica-api/detail.ts'
import type { ListQuery, ListWindow } from '../replica-api/list.ts'
import type { Result } from '../util/result.ts'
import { type AskReplica, changeRecord, written } from './ask-replica.ts'

/** Which rows of a query: `limit` of them from `offset` on, of the order of an earlier answer where it is named. */
export type CustomerPage = Omit<RequestInput<'customers.window'>, 'query'>

/** The customers of the open company, as this computer holds them. Failures of writes are values. */
export class CustomerRepository {
  readonly #ask: AskReplica

  constructor(ask: AskReplica) {
    this.#ask = ask
  }

  /** Rows of a search, filter and sort, with how many there are. */
  getCustomers(query: ListQuery, page: CustomerPage): Promise<ListWindow> {
    return this.#ask('customers.window', { query, ...page })
  }

  /** A customer with conversations, quotes and activity; null: deleted, or not on this computer. Counts as a view. */
  getCustomerById(id: string): Promise<CustomerProfile | null> {
    return this.#ask('customers.get', { id })
  }

  /** Makes a customer; answers with the id. */
  createCustomer(fields: CustomerFields) {
    return written(this.#ask('customers.create', { fields }))
  }

  /** `base`: what the changed fields held when the edit began, so that changes of others since then survive. */
  updateCustomer(id: string, changes: CustomerChanges, base: CustomerChanges): Promise<Result<null>> {
    return written(this.#ask('customers.update', { id, changes, base }))
  }

  /** Asks whoever makes quotes for a new one, like `quoteId` where there is one; answers with the id of the wish. */
  requestQuote(customerId: string, quoteId: string | null, note: string): Promise<Result<{ id: string }>> {
    return changeRecord(this.#ask, { kind: 'quote.request', customerId, quoteId, note: note.trim() || null })
  }

  /** Deletes softly. */
  deleteCustomer(id: string): Promise<Result<null>> {
    return written(this.#ask('customers.delete', { id }))
  }

  /** Takes a deletion back. */
  restoreCustomer(id: string): Promise<Result<null>> {
    return written(this.#ask('customers.restore', { id }))
  }
}
