import type { DuplicateStatus } from '#shared/replica-api/duplicates.ts'
import type { RecordAuthor } from '../conflict/record-rows.ts'
import { Dismissals } from '../duplicates/dismissals.ts'
import { DuplicateFinder, type DuplicateFinderDeps } from '../duplicates/duplicate-finder.ts'
import { DuplicateReads } from '../duplicates/duplicate-reads.ts'
import type { ReplicaStore, StoreListener } from '../replication/replica-store.ts'
import { throttle } from '../status/throttle.ts'

/** What a watch works with. */
export interface DuplicateWatchDeps
  extends Pick<DuplicateFinderDeps, 'timing' | 'derived' | 'atRest' | 'areAllThere' | 'reportBug'> {
  readonly store: ReplicaStore
  readonly author: () => RecordAuthor
  readonly onStatus: (status: DuplicateStatus) => void
  /** Told all customers that are in a group whenever the groups are other ones. */
  readonly onGroups: (customerIds: readonly string[]) => void
}

/** Looks for customers that are there twice, with every write, and knows who was told apart. */
export class DuplicateWatch {
  readonly dismissals: Dismissals
  readonly reads: DuplicateReads
  readonly #deps: DuplicateWatchDeps
  readonly #finder: DuplicateFinder
  #toldGroups: DuplicateFinder['groups'] = []
  #stopped = false

  constructor(deps: DuplicateWatchDeps) {
    this.#deps = deps
    const { store, timing, onStatus } = deps
    this.dismissals = new Dismissals(store.records.of('duplicateDismissals'), (id) => store.shown.get(id), deps.author)
    const onChange = throttle(timing, () => {
      if (this.#stopped) return
      onStatus(this.#finder.status())
      this.#tellGroups()
    })
    this.#finder = new DuplicateFinder({
      ...deps,
      shown: store.shown,
      markedApart: this.dismissals.areApart,
      onChange,
    })
    this.reads = new DuplicateReads(store, this.#finder)
  }

  start(): void {
    this.#finder.start()
  }

  stop(): void {
    this.#stopped = true
    this.#finder.stop()
  }

  /** Takes in a write. */
  apply({ put, removed, records }: Parameters<StoreListener>[0]): void {
    const ids = [...put.map(({ id }) => id), ...removed]
    if (ids.length > 0) {
      this.dismissals.customersChanged()
      this.#finder.changed(ids)
    }
    const remarked = this.dismissals.apply(records.put, records.before)
    if (remarked.length > 0) this.#finder.remarked(remarked)
    this.#finder.written()
  }

  #tellGroups(): void {
    const { groups } = this.#finder
    if (groups === this.#toldGroups) return
    this.#toldGroups = groups
    this.#deps.onGroups(groups.flatMap(({ members }) => members))
  }
}
