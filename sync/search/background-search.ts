import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import type { SearchResult } from '#shared/search/search-result.ts'
import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { inSlices } from '#shared/util/in-steps.ts'
import { slices } from '#shared/util/let-others-run.ts'
import type { CustomerSearch } from '../list/customer-finder.ts'
import { DerivedKeeper, type DerivedKeeperDeps } from '../replication/derived-keeper.ts'

/** How far the index is, in customers. */
export interface Indexing {
  readonly done: number
  readonly total: number
}

/** What the search works with. */
export interface BackgroundSearchDeps extends DerivedKeeperDeps {
  /** Told when the index has become whole after somebody has searched in a part of it. */
  readonly onReady: () => void
}

/** The name under which the index lies in the replica. */
const INDEX_NAME = 'search'
/** So many customers are indexed at once (10 ms); more wait for their turn. */
const AT_ONCE = 1_000
const SLICE_CUSTOMERS = 100
/** Work of so many milliseconds goes on before the next key is heard. */
const SLICE_MS = 8

/**
 * The search index of an open replica, off everybody's way: loaded as it was saved, or built in slices
 * between which windows, saves and sync go on. Until it is whole it finds what it has, and says so.
 */
export class BackgroundSearch implements CustomerSearch {
  readonly #deps: BackgroundSearchDeps
  readonly #keeper: DerivedKeeper
  #index = new CustomerSearchIndex()
  /** Customers that wait to be indexed, or taken out (null). */
  readonly #waiting = new Map<string, SearchableCustomer | null>()
  #state: 'loading' | 'building' | 'ready' | 'stopped' = 'loading'
  /** Customers of which it is not known yet whether they are in the saved index. */
  #unread = 0
  /** Somebody has searched an index that was not whole. */
  #wasAsked = false

  constructor(deps: BackgroundSearchDeps) {
    this.#deps = deps
    this.#keeper = new DerivedKeeper(INDEX_NAME, deps, () => (this.#state === 'ready' ? this.#index.saving() : null))
  }

  /** How far the index is; null: it is whole. */
  get indexing(): Indexing | null {
    if (this.#state === 'ready') return null
    const done = this.#index.size
    return { done, total: done + this.#waiting.size + this.#unread }
  }

  /**
   * Begins with the customers that were given so far: all that there are when the replica is opened.
   * Resolves when the index is whole. `onTop`: those that pending merges make show something else than
   * what is stored of them, so that no write to them says that they have changed.
   */
  async start(onTop: Iterable<string> = []): Promise<void> {
    const customers = new Map(this.#waiting)
    this.#waiting.clear()
    this.#unread = customers.size
    const loaded = await this.#load((id) => customers.get(id) ?? undefined, customers.size, onTop)
    this.#unread = 0
    if (!loaded) {
      this.#keeper.changed()
      // What has changed meanwhile is newer.
      for (const [id, customer] of customers) if (!this.#waiting.has(id)) this.#waiting.set(id, customer)
    }
    await this.#build()
  }

  /** Adds customers, or puts their new versions in place of the old ones. */
  upsertMany(customers: readonly ReplicaCustomer[]): void {
    this.#keeper.changed(customers.length)
    if (this.#state === 'ready' && customers.length <= AT_ONCE) {
      this.#index.upsertMany(customers)
      return
    }
    for (const customer of customers) this.#waiting.set(customer.id, customer)
    if (this.#state === 'ready') void this.#build()
  }

  /** Takes a customer out. */
  remove(id: string): void {
    this.#keeper.changed(1)
    if (this.#state === 'ready') this.#index.remove(id)
    else this.#waiting.set(id, null)
  }

  /** Whom a query finds among those that are indexed. */
  search(query: string): SearchResult {
    this.#wasAsked ||= this.#state !== 'ready'
    return this.#index.search(query)
  }

  /** Something was written: the index is kept when that has ended. */
  written(): void {
    this.#keeper.written()
  }

  /** Builds and saves nothing any more. */
  stop(): void {
    this.#state = 'stopped'
    this.#waiting.clear()
    this.#keeper.stop()
  }

  /** Loads the saved index and brings it up to date; false: there is none that could be. */
  async #load(
    find: (id: string) => SearchableCustomer | undefined,
    size: number,
    onTop: Iterable<string>,
  ): Promise<boolean> {
    const saved = await this.#keeper.load()
    const index = saved && CustomerSearchIndex.load(saved.bytes, find)
    if (saved === null || index === null) return false
    for (const id of new Set([...saved.changed, ...onTop])) {
      const customer = find(id)
      if (customer === undefined) index.remove(id)
      else index.upsertMany([customer])
    }
    // Whatever the reason: an index that lacks anybody is worth nothing.
    if (index.size !== size) return false
    this.#index = index
    this.#keeper.loaded(saved.changed.size)
    return true
  }

  async #build(): Promise<void> {
    if (this.#state === 'stopped') return
    this.#state = 'building'
    const nextSlice = slices(SLICE_MS)
    for (;;) {
      const batch: SearchableCustomer[] = []
      for (const [id, customer] of this.#waiting) {
        this.#waiting.delete(id)
        if (customer === null) this.#index.remove(id)
        else batch.push(customer)
        if (batch.length === SLICE_CUSTOMERS) break
      }
      if (batch.length === 0) break
      await inSlices(this.#index.upserting(batch), nextSlice, this.#isStopped)
      await nextSlice()
    }
    await inSlices(this.#index.settling(), nextSlice, this.#isStopped)
    // `stop` may have come between two slices.
    if (this.#isStopped()) return
    // So may others.
    if (this.#waiting.size > 0) return this.#build()
    this.#state = 'ready'
    if (this.#wasAsked) this.#deps.onReady()
    this.#wasAsked = false
    this.#keeper.saveSoon()
  }

  readonly #isStopped = (): boolean => this.#state === 'stopped'
}
