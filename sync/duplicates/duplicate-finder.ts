import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import {
  type ComparisonRecord,
  type MatchableCustomer,
  toComparisonRecord,
} from '#shared/matching/comparison-record.ts'
import { DuplicateIndex } from '#shared/matching/duplicate-index.ts'
import {
  checkCustomer,
  type DuplicateGroup,
  type DuplicatePair,
  type MarkedApart,
  SUGGEST,
  scanForDuplicates,
} from '#shared/matching/find-duplicates.ts'
import { DEFAULT_MODEL, type MatchModel } from '#shared/matching/match-model.ts'
import type { DuplicateStatus } from '#shared/replica-api/duplicates.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { DerivedKeeper, type DerivedKeeperDeps } from '../replication/derived-keeper.ts'
import { LikelyPairs } from './likely-pairs.ts'
import { decodeScan, encodeScan, SCAN_NAME } from './saved-scan.ts'

/** What the finder works with. */
export interface DuplicateFinderDeps extends DerivedKeeperDeps {
  /** The customers as they show. */
  readonly shown: {
    readonly all: () => Iterable<ReplicaCustomer>
    readonly get: (id: string) => ReplicaCustomer | undefined
    readonly onTop: () => Iterable<string>
  }
  readonly markedApart: MarkedApart
  /** Whether no more customers pour in, by the first sync or an import: what a scan found of them would not hold. */
  readonly areAllThere: () => boolean
  /** Told when status or groups have changed. */
  readonly onChange: () => void
  readonly reportBug: (error: unknown) => void
}

/** So long nothing must have changed before everybody is compared, in milliseconds, and before the changed ones are. */
const SCAN_QUIET_MS = 3_000
const CHECK_QUIET_MS = 250
/** Beyond this share of changed customers everybody is compared anew: what is rare has changed, too. */
const RESCAN_SHARE = 0.05
/** Customers who may change at least before that. */
const RESCAN_MIN = 200
/** Longest stretch of work at a time, in milliseconds. */
const SLICE_MS = 8
/** Share of the progress that making the index is. */
const INDEX_SHARE = 0.3
/** Customers indexed, or checked, between two looks at the clock. */
const STEP_CUSTOMERS = 20

type State = DuplicateStatus['state']

/**
 * Finds the duplicates of an open replica in the background, off everybody's way: all of them once
 * the first sync is done and nothing else goes on, then those of each customer that changes. What a
 * scan came to is kept, so that the next start has to look at what changed since only.
 */
export class DuplicateFinder {
  readonly #deps: DuplicateFinderDeps
  readonly #keeper: DerivedKeeper
  #state: State = 'waiting'
  #progress = { done: 0, total: 0 }
  /** Null until somebody has asked, or nothing else went on. */
  #index: DuplicateIndex | null = null
  /** Null: never scanned. */
  #model: MatchModel | null = null
  #pairs = new LikelyPairs()
  #scannedAt: string | null = null
  /** Customers who were compared in the last scan. */
  #scanned = 0
  /** Customers to look at again, and those of whom only the marks have changed. */
  readonly #changed = new Set<string>()
  readonly #remarked = new Set<string>()
  #changesSinceScan = 0
  #isLoaded = false
  /** The user wants a scan, or wants none. */
  #wanted: 'scan' | 'none' | null = null
  #isRunning = false
  #isOver = false
  #cancelRun: (() => void) | null = null

  constructor(deps: DuplicateFinderDeps) {
    this.#deps = deps
    this.#keeper = new DerivedKeeper(SCAN_NAME, deps, () => {
      // Who has changed and was not looked at yet would be forgotten.
      if (this.#model === null || this.#scannedAt === null || this.#isRunning || this.#changed.size > 0) return null
      const scan = { model: this.#model, scannedAt: this.#scannedAt, customers: this.#scanned }
      return encodeScan({ ...scan, pairs: this.#pairs.all() })
    })
  }

  status(): DuplicateStatus {
    const { groups } = this.#pairs
    const suggested = groups.findIndex(({ probability }) => probability < SUGGEST)
    return {
      state: this.#state,
      ...this.#progress,
      groups: groups.length,
      suggested: suggested < 0 ? groups.length : suggested,
      scannedAt: this.#scannedAt,
    }
  }

  /** Most likely first. */
  get groups(): readonly DuplicateGroup[] {
    return this.#pairs.groups
  }

  groupOf(id: string): DuplicateGroup | undefined {
    return this.#pairs.groupOf(id)
  }

  /** Begins when nothing else goes on. */
  start(): void {
    this.#soon()
  }

  /** These customers may show differently from before. */
  changed(ids: Iterable<string>): void {
    for (const id of ids) this.#changed.add(id)
    this.#soon()
  }

  /** These customers were marked as no duplicates of each other, or not any more. */
  remarked(ids: Iterable<string>): void {
    for (const id of ids) this.#remarked.add(id)
    this.#soon()
  }

  /** Compares everybody with everybody anew, at once. */
  scan(): void {
    this.#wanted = 'scan'
    this.#soon(0)
  }

  /** Ends the scan under way. */
  stopScan(): void {
    if (this.#state !== 'scanning') return
    this.#wanted = 'none'
    this.#tell(this.#model === null ? 'stopped' : 'ready')
  }

  /** Who may be the same as somebody who is being typed or edited, most likely first. */
  check(typed: MatchableCustomer): readonly DuplicatePair[] {
    if (this.#index === null) {
      this.#soon(0)
      return []
    }
    return checkCustomer(toComparisonRecord(typed), this.#index, this.#model ?? DEFAULT_MODEL, this.#deps.markedApart)
  }

  /** Something was written: what the scan came to is kept when that has ended. */
  written(): void {
    this.#keeper.written()
  }

  /** Ends for good. */
  stop(): void {
    this.#isOver = true
    this.#cancelRun?.()
    this.#keeper.stop()
  }

  /** Looks at what is to be done when nothing was asked for a while. */
  #soon(delay?: number): void {
    if (this.#isOver || this.#isRunning) return
    this.#cancelRun?.()
    const quiet = this.#model !== null && !this.#isRescanDue() ? CHECK_QUIET_MS : SCAN_QUIET_MS
    this.#cancelRun = this.#deps.timing.after(delay ?? quiet, () => {
      void this.#run().catch(this.#deps.reportBug)
    })
  }

  async #run(): Promise<void> {
    if (this.#isOver || this.#isRunning) return
    if (!this.#deps.areAllThere()) {
      this.#soon()
      return
    }
    this.#isRunning = true
    try {
      await this.#work(slices(SLICE_MS))
    } finally {
      this.#isRunning = false
    }
    this.#keeper.saveSoon()
    if (this.#changed.size + this.#remarked.size > 0 && this.#model !== null) this.#soon()
  }

  async #work(nextSlice: () => Promise<void>): Promise<void> {
    if (!this.#isLoaded) await this.#load()
    if (this.#index === null) {
      if (this.#model === null && this.#wanted === 'none') return
      await this.#makeIndex(nextSlice)
    }
    if (this.#isOver || this.#index === null) return
    if (this.#wanted === 'scan' || (this.#wanted !== 'none' && this.#isRescanDue())) {
      await this.#scanAll(this.#index, nextSlice)
    }
    if (this.#model !== null && !this.#isOver) await this.#checkChanged(this.#index, this.#model, nextSlice)
  }

  #isRescanDue(): boolean {
    if (this.#model === null) return true
    return this.#changesSinceScan + this.#changed.size > Math.max(RESCAN_MIN, this.#scanned * RESCAN_SHARE)
  }

  /** What the last scan came to, and who has changed since. */
  async #load(): Promise<void> {
    this.#isLoaded = true
    const saved = await this.#keeper.load()
    const scan = saved && decodeScan(saved.bytes)
    if (saved === null || scan === null) return
    this.#model = scan.model
    this.#scannedAt = scan.scannedAt
    this.#scanned = scan.customers
    this.#pairs.add(scan.pairs)
    for (const { a, b } of scan.pairs) this.#remarked.add(a).add(b)
    for (const id of [...saved.changed, ...this.#deps.shown.onTop()]) this.#changed.add(id)
  }

  async #makeIndex(nextSlice: () => Promise<void>): Promise<void> {
    const index = new DuplicateIndex()
    const ids = [...this.#deps.shown.all()].filter(isThere).map(({ id }) => id)
    if (this.#model === null) this.#tell('scanning', { done: 0, total: ids.length })
    for (const [i, id] of ids.entries()) {
      if (i % STEP_CUSTOMERS === 0) {
        await nextSlice()
        if (this.#isOver || (this.#model === null && this.#wanted === 'none')) return
        if (this.#model === null) this.#moved((i / ids.length) * INDEX_SHARE, ids.length)
      }
      // Who is to be looked at again must not look as if that had been done.
      const record = this.#changed.has(id) ? null : this.#recordOf(id)
      if (record !== null) index.upsert(record)
    }
    this.#index = index
  }

  async #scanAll(index: DuplicateIndex, nextSlice: () => Promise<void>): Promise<void> {
    this.#wanted = null
    // The index stands still meanwhile: who changes is checked afterwards.
    await this.#reindexChanged(index, nextSlice)
    const from = this.#state === 'scanning' ? INDEX_SHARE : 0
    if (this.#state !== 'scanning') this.#tell('scanning', { done: 0, total: index.size })
    const scan = scanForDuplicates(index, this.#deps.markedApart)
    let step = scan.next()
    while (!step.done) {
      await nextSlice()
      if (this.#isOver || this.#wasStopped()) return
      const { done, total } = step.value
      this.#moved(from + (done / Math.max(1, total)) * (1 - from), index.size)
      step = scan.next()
    }
    const { model, pairs } = step.value
    const found = new LikelyPairs()
    found.add(pairs)
    const ids = new Set(pairs.flatMap(({ a, b }) => [a, b]))
    for (const _ of found.regroup(ids, { index, model, markedApart: this.#deps.markedApart })) await nextSlice()
    this.#model = model
    this.#pairs = found
    this.#scannedAt = new Date(this.#deps.timing.now()).toISOString()
    this.#scanned = index.size
    this.#changesSinceScan = 0
    this.#keeper.changed()
    this.#tell('ready', { done: index.size, total: index.size })
  }

  #wasStopped(): boolean {
    return this.#wanted === 'none'
  }

  /** Brings the index up to date before a scan. */
  async #reindexChanged(index: DuplicateIndex, nextSlice: () => Promise<void>): Promise<void> {
    for (const id of this.#changed) {
      this.#changed.delete(id)
      this.#reindex(index, id)
      await nextSlice()
    }
    this.#remarked.clear()
  }

  #reindex(index: DuplicateIndex, id: string): void {
    const record = this.#recordOf(id)
    if (record === null) index.remove(id)
    else index.upsert(record)
  }

  /** Looks again at whoever has changed. */
  async #checkChanged(index: DuplicateIndex, model: MatchModel, nextSlice: () => Promise<void>): Promise<void> {
    const regrouped = new Set(this.#remarked)
    this.#remarked.clear()
    // All of them first: how rare a value is must not count who has just gone.
    const changed: string[] = []
    for (const id of this.#changed) {
      this.#changed.delete(id)
      if (isSame(index.get(id), this.#recordOf(id))) continue
      this.#reindex(index, id)
      changed.push(id)
      await nextSlice()
      if (this.#isOver) return
    }
    for (const id of changed) {
      const record = index.get(id)
      // Whatever is marked: a mark that is taken back must find the pair.
      const pairs = record === undefined ? [] : checkCustomer(record, index, model, () => false)
      for (const other of this.#pairs.replace(id, pairs)) regrouped.add(other)
      await nextSlice()
      if (this.#isOver) return
    }
    this.#changesSinceScan += changed.length
    this.#keeper.changed(changed.length)
    if (regrouped.size > 0) {
      const grouping = { index, model, markedApart: this.#deps.markedApart }
      for (const _ of this.#pairs.regroup(regrouped, grouping)) await nextSlice()
    }
    if (regrouped.size > 0 || this.#state !== 'ready') this.#tell('ready', { done: index.size, total: index.size })
  }

  #recordOf(id: string): ComparisonRecord | null {
    const customer = this.#deps.shown.get(id)
    return customer !== undefined && isThere(customer) ? toComparisonRecord(customer) : null
  }

  #moved(share: number, customers: number): void {
    const done = Math.round(share * customers)
    if (done === this.#progress.done) return
    this.#progress = { done, total: customers }
    this.#deps.onChange()
  }

  #tell(state: State, progress = this.#progress): void {
    this.#state = state
    this.#progress = progress
    this.#deps.onChange()
  }
}

function isThere(customer: ReplicaCustomer): boolean {
  return customer.deletedAt === null && !isRefusedCreation(customer)
}

function isSame(a: ComparisonRecord | undefined, b: ComparisonRecord | null): boolean {
  return a === undefined || b === null ? a === undefined && b === null : JSON.stringify(a) === JSON.stringify(b)
}
