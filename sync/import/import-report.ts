import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ImportCounts, ImportReport, ReportRow, RowOutcome } from '#shared/replica-api/import.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { COUNTED, NO_COUNTS, plannedOutcome } from './apply-rows.ts'
import type { ImportChunk, ImportPlan, ImportPosition } from './import-journal.ts'
import { PlanRows } from './import-plan.ts'

/** An import as the journal has it. */
export interface JournaledImport {
  readonly importId: string
  readonly plan: ImportPlan
  readonly position: ImportPosition
  readonly chunks: readonly ImportChunk[]
  /** Whether these are all chunks, and could be read. */
  readonly isWhole: boolean
}

interface Settled {
  readonly outcome: RowOutcome
  readonly reason: string | null
  readonly isRefused: boolean
  /** Whom it made or changed. */
  readonly customer?: ReplicaCustomer | undefined
}

/** Reads what became of every row, with what the server has said since. */
export class ReportReader {
  readonly #of: JournaledImport
  readonly #rows: PlanRows
  readonly #others = new Map<number, ImportChunk['others'][number]>()
  readonly #failed: ReadonlyMap<number, readonly [reason: string, cells: readonly string[]]>
  readonly #updates = new Map<number, ImportChunk['updates'][number]>()
  readonly #find: (id: string) => ReplicaCustomer | undefined

  constructor(of: JournaledImport, find: (id: string) => ReplicaCustomer | undefined) {
    this.#of = of
    this.#find = find
    this.#rows = new PlanRows(of.importId, of.plan)
    this.#failed = new Map(of.plan.failed.map(([place, reason, cells]) => [place, [reason, cells]]))
    for (const { others, updates } of of.chunks) {
      for (const other of others) this.#others.set(other.place, other)
      for (const update of updates) this.#updates.set(update.place, update)
    }
  }

  get plan(): ImportPlan {
    return this.#of.plan
  }

  report(): ImportReport {
    const { importId, plan, position } = this.#of
    const counts: ImportCounts = { ...NO_COUNTS }
    let waiting = 0
    let refused = 0
    for (let place = 0; place < position.done; place++) {
      const { outcome, isRefused, customer } = this.#settled(place)
      counts[COUNTED[outcome]] += 1
      if (isRefused) refused += 1
      else if (outcome === 'created' || outcome === 'updated') {
        if (localStateOf(customer).mutations.length > 0) waiting += 1
      }
    }
    const { fileName, at, rows } = plan
    const { state, undoneAt } = position
    return { importId, fileName, at, state, rows, counts, waiting, refused, undoneAt }
  }

  /** Rows of an outcome, in the order of the file. */
  page(outcome: RowOutcome | null, offset: number, limit: number): { rows: ReportRow[]; total: number } {
    const numbers = this.#rows.numbers()
    const rows: ReportRow[] = []
    let total = 0
    for (let place = 0; place < this.#of.position.done; place++) {
      const settled = this.#settled(place)
      if (outcome !== null && settled.outcome !== outcome) continue
      if (total >= offset && rows.length < limit) {
        const customer = this.#customerOf(place)
        const { reason } = settled
        const name = customer?.name ?? this.#cellsOf(place).find((cell) => cell.trim() !== '') ?? ''
        const customerId = customer?.id ?? null
        rows.push({ row: numbers[place] ?? place + 1, outcome: settled.outcome, customerId, name, reason })
      }
      total++
    }
    return { rows, total }
  }

  /** The rows that failed: their cells as they stood in the file, and why. */
  failed(): { readonly cells: readonly string[]; readonly reason: string }[] {
    const rows: { cells: readonly string[]; reason: string }[] = []
    for (let place = 0; place < this.#of.position.done; place++) {
      const { outcome, reason } = this.#settled(place)
      if (outcome === 'failed') rows.push({ cells: this.#cellsOf(place), reason: reason ?? '' })
    }
    return rows
  }

  #settled(place: number): Settled {
    const other = this.#others.get(place)
    const outcome = other?.outcome ?? plannedOutcome(this.#rows, place)
    const reason = other?.reason || this.#failed.get(place)?.[0] || null
    if (outcome !== 'created' && outcome !== 'updated') return { outcome, reason, isRefused: false }
    const customer = this.#customerOf(place)
    const rejected = localStateOf(customer).rejected
    const op = outcome === 'created' ? 'create' : 'update'
    if (rejected?.mutations.some((mutation) => mutation.op === op)) {
      return { outcome: 'failed', reason: rejected.message, isRefused: true, customer }
    }
    return { outcome, reason, isRefused: false, customer }
  }

  #customerOf(place: number): ReplicaCustomer | undefined {
    const id = this.#updates.get(place)?.customerId ?? this.#rows.customerOf(place)
    return id === null ? undefined : this.#find(id)
  }

  /** Of a row that the server refused, what it made stands in for the cells: the first column of each field. */
  #cellsOf(place: number): readonly string[] {
    const kept = this.#others.get(place)?.cells ?? this.#failed.get(place)?.[1]
    if (kept !== undefined && kept.length > 0) return kept
    const customer = this.#customerOf(place)
    const { mapping } = this.#of.plan
    return mapping.map((target, column) => {
      if (customer === undefined || target === null || mapping.indexOf(target) !== column) return ''
      return target === 'tags' ? customer.tags.join('; ') : (customer[target] ?? '')
    })
  }
}
