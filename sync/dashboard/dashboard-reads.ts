import type { Dashboard } from '#shared/replica-api/dashboard.ts'
import type { CollectionRow } from '#shared/sync-protocol/collections.ts'
import { slices } from '#shared/util/let-others-run.ts'
import type { CustomerTable } from '../list/customer-table.ts'
import type { CustomerFigures } from './count-figures.ts'
import { lastMonths } from './day-stretches.ts'

/** Work of so many milliseconds goes on before the next key is heard. */
const SLICE_MS = 8
/** So long "today" means the same day, in milliseconds. */
const FRESH_MS = 60_000

/** What the dashboard is made of. */
interface DashboardDeps {
  readonly table: CustomerTable
  readonly merges: () => readonly CollectionRow<'merges'>[]
  readonly dismissals: () => readonly CollectionRow<'duplicateDismissals'>[]
  readonly now: () => number
}

interface Counted {
  /** Of the table when the counting began. */
  readonly version: number
  readonly at: number
  readonly figures: Promise<CustomerFigures>
}

/** The figures of the dashboard, counted once for each state of the customers. */
export class DashboardReads {
  readonly #deps: DashboardDeps
  #counted: Counted | null = null

  constructor(deps: DashboardDeps) {
    this.#deps = deps
  }

  /** Customers that change while they are counted may count as before; whoever is told of the change asks again. */
  async read(): Promise<Dashboard> {
    const figures = await this.#figures()
    return { ...figures, solved: this.#solved() }
  }

  #figures(): Promise<CustomerFigures> {
    const { table, now } = this.#deps
    const known = this.#counted
    if (known?.version === table.dataVersion && now() - known.at < FRESH_MS) return known.figures
    const counted = { version: table.dataVersion, at: now(), figures: this.#count() }
    this.#counted = counted
    return counted.figures
  }

  async #count(): Promise<CustomerFigures> {
    const nextSlice = slices(SLICE_MS)
    const counting = this.#deps.table.figures()
    for (;;) {
      const step = counting.next()
      if (step.done === true) return step.value
      await nextSlice()
    }
  }

  #solved(): Dashboard['solved'] {
    const { merges, dismissals, now } = this.#deps
    const since = lastMonths(now()).at(-1)?.start ?? 0
    const isOfNow = (at: string) => Date.parse(at) >= since
    return {
      merged: merges().filter(({ mergedAt, undoneAt }) => undoneAt === null && isOfNow(mergedAt)).length,
      apart: dismissals().filter(({ createdAt }) => isOfNow(createdAt)).length,
    }
  }
}
