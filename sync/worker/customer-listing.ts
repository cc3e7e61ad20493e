import type { ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import { type AskedOrder, CustomerTable } from '../list/customer-table.ts'
import { OrderWarmer } from '../list/order-warmer.ts'
import { PreviewKeeper } from '../list/preview-keeper.ts'
import type { DerivedKeeperDeps } from '../replication/derived-keeper.ts'
import type { ReplicaStore, StoreListener } from '../replication/replica-store.ts'
import { BackgroundSearch } from '../search/background-search.ts'

/** What a listing works with. */
export interface CustomerListingDeps extends DerivedKeeperDeps {
  readonly store: ReplicaStore
  readonly userId: string
  /** ISO 3166-1 alpha-2 of the company. */
  readonly country: () => string
  /** The search finds everybody from now on. */
  readonly onSearchReady: () => void
  readonly reportBug: (error: unknown) => void
}

/** The customers as lists show them: rows, search, orders made ahead, and what the next start shows first. */
export class CustomerListing {
  readonly table: CustomerTable
  readonly #deps: CustomerListingDeps
  readonly #search: BackgroundSearch
  readonly #warmer: OrderWarmer
  readonly #preview: PreviewKeeper

  constructor(deps: CustomerListingDeps) {
    this.#deps = deps
    const { store, derived, timing, userId, country, atRest, onSearchReady, reportBug } = deps
    this.#search = new BackgroundSearch({
      timing,
      derived,
      atRest,
      onReady: () => {
        this.table.searchGrew()
        onSearchReady()
      },
    })
    this.table = new CustomerTable(this.#search, userId, () => timing.now(), country)
    this.table.apply({ put: [...store.shown.all()], removed: [] })
    this.#warmer = new OrderWarmer({ timing, steps: () => this.table.warm(), reportBug })
    this.#preview = new PreviewKeeper({ timing, derived, atRest, window: (...asked) => this.table.window(...asked) })
  }

  /** Makes the search, or reads the saved one. Resolves when it is there. */
  start(): Promise<void> {
    const { store, reportBug } = this.#deps
    return this.#search.start(store.shown.onTop()).then(() => this.#warmer.soon(), reportBug)
  }

  stop(): void {
    this.#search.stop()
    this.#preview.stop()
    this.#warmer.stop()
  }

  /** Takes in a write. */
  apply(change: Parameters<StoreListener>[0]): void {
    const customers = change.put.length + change.removed.length > 0
    this.table.apply(change)
    this.#search.written()
    this.#preview.changed({ customers })
    if (customers) this.#warmer.soon()
  }

  /** Rows of a query, with the time it took. */
  window(query: ListQuery, offset: number, limit: number, order: AskedOrder): ListWindow {
    const started = performance.now()
    const found = this.table.window(query, offset, limit, order)
    const tookMs = performance.now() - started
    const indexing = query.search.trim() === '' ? null : this.#search.indexing
    if (indexing === null) this.#preview.showed(query, found.offset, limit)
    return { ...found, tookMs, ...(indexing !== null && { indexing }) }
  }
}
