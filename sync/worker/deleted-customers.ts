import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { DeletedCustomer, GoneCustomer } from '#shared/replica-api/deleted.ts'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { searchKey } from '#shared/search/normalise.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { liveEnd } from '../conflict/pending-merges.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'

/** What looking up deleted customers needs. */
export interface DeletedCustomersDeps {
  readonly store: Pick<ReplicaStore, 'shown'>
  readonly user: { readonly id: string; readonly name: string }
  readonly history: (id: string) => Pick<CustomerHistory, 'activity'>
}

/** Customers that are looked at before the clock is. */
const BETWEEN_TURNS = 100

/** Customers that are in no list any more, as they show. */
export class DeletedCustomers {
  readonly #deps: DeletedCustomersDeps

  constructor(deps: DeletedCustomersDeps) {
    this.#deps = deps
  }

  /** Deleted last first, `limit` at most. Goes through everybody, with the others' turns in between. */
  async list(search: string, limit: number): Promise<{ customers: DeletedCustomer[]; total: number }> {
    const words = search.split(/\s+/u).map(searchKey).filter(Boolean)
    const others = slices()
    const found: Found[] = []
    /** Whoever was deleted before is not among the latest. */
    let since = Number.NEGATIVE_INFINITY
    let [total, seen] = [0, 0]
    for (const customer of this.#deps.store.shown.all()) {
      seen += 1
      if (seen % BETWEEN_TURNS === 0) await others()
      if (!isDeleted(customer) || !fits(customer, words)) continue
      total += 1
      const at = Date.parse(customer.deletedAt ?? '')
      if (at < since) continue
      found.push({ customer, at })
      if (found.length < 2 * limit) continue
      found.sort(latestFirst).splice(limit)
      since = found.at(-1)?.at ?? since
    }
    found.sort(latestFirst)
    return { customers: found.slice(0, limit).map(({ customer }) => this.#told(customer)), total }
  }

  /** What became of a customer; null: they are there, or nobody that this computer knows. */
  get(id: string): GoneCustomer | null {
    const { shown } = this.#deps.store
    const customer = shown.get(id)
    if (customer === undefined) return null
    if (isDeleted(customer)) return { kind: 'deleted', customer: this.#told(customer) }
    const into = customer.mergedInto === null ? undefined : liveEnd(id, (other) => shown.get(other))
    return into == null || into.deletedAt !== null
      ? null
      : { kind: 'merged', name: customer.name, into: { id: into.id, name: into.name } }
  }

  #told(customer: ReplicaCustomer): DeletedCustomer {
    const { id, name, email, phone, address, source, deletedAt } = customer
    return { id, name, email, phone, address, source, deletedAt: deletedAt ?? '', by: this.#whoDeleted(customer) }
  }

  #whoDeleted(customer: ReplicaCustomer): DeletedCustomer['by'] {
    const { user, history } = this.#deps
    if (localStateOf(customer).mutations.some(({ op }) => op === 'delete')) return { userId: user.id, name: user.name }
    const entry = history(customer.id).activity.rows.find(({ action }) => action === 'deleted')
    return entry?.userName == null ? null : { userId: entry.userId, name: entry.userName }
  }
}

interface Found {
  readonly customer: ReplicaCustomer
  /** When they were deleted, in milliseconds since 1970. */
  readonly at: number
}

function latestFirst(a: Found, b: Found): number {
  return b.at - a.at || (a.customer.id < b.customer.id ? -1 : 1)
}

function isDeleted(customer: ReplicaCustomer): boolean {
  const { deletedAt, mergedInto, erasedAt } = customer
  return deletedAt !== null && mergedInto === null && erasedAt == null && !isRefusedCreation(customer)
}

function fits({ name, email, phone, address }: ReplicaCustomer, words: readonly string[]): boolean {
  const keys = words.length === 0 ? [] : [name, email, phone, address].map((text) => searchKey(text ?? ''))
  return words.every((word) => keys.some((key) => key.includes(word)))
}
