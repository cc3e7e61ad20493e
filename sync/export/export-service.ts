import type { Customer } from '#shared/domain/customer.ts'
import { customersToCsv } from '#shared/export/customers-to-csv.ts'
import { customersToVcard } from '#shared/export/customers-to-vcard.ts'
import type { ChosenCustomers } from '#shared/replica-api/bulk.ts'
import type { ExportColumn } from '#shared/replica-api/export.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'

/** What exports need of an open workspace. */
export interface ExportDeps {
  /** A customer as it shows; undefined: not in the list (any more). */
  readonly customer: (id: string) => Customer | undefined
  /** Ids of all that a query finds now, each once, in its order. */
  readonly ids: (query: ListQuery) => readonly string[]
  /** Refuses by role, and enters the export in the company's log. */
  readonly record: (format: 'csv' | 'vcard', rows: number) => Promise<Result<null>>
  readonly newId: () => string
}

interface OpenExport {
  readonly pieces: Iterator<string>
  done: number
  readonly rows: number
}

/** Customers of a piece of text. */
const BATCH = 1_000

/** Gives customers out as files, piece by piece. */
export class ExportService {
  readonly #deps: ExportDeps
  readonly #open = new Map<string, OpenExport>()

  constructor(deps: ExportDeps) {
    this.#deps = deps
  }

  /** Codes: `forbidden`, `unreachable`, `empty`. */
  async open(
    format: 'csv' | 'vcard',
    scope: ChosenCustomers,
    columns: readonly ExportColumn[],
  ): Promise<Result<{ exportId: string; rows: number }>> {
    const { customer, newId } = this.#deps
    // All in one go: between two looks at the list somebody may leave it, and the others move up.
    const left = new Set(scope.kind === 'all' ? scope.except : [])
    const wanted = scope.kind === 'some' ? new Set(scope.ids) : this.#deps.ids(scope.query)
    const ids = [...wanted].filter((id) => !left.has(id) && customer(id) !== undefined)
    if (ids.length === 0) return fail('empty', 'There are no customers to export. Choose some, or change the filter.')
    const recorded = await this.#deps.record(format, ids.length)
    if (!recorded.ok) return recorded
    const exportId = newId()
    const batches = this.#batches(exportId, ids)
    // Excel takes a file without a mark for Windows-1252.
    const pieces = format === 'csv' ? customersToCsv(batches, { columns, hasMark: true }) : customersToVcard(batches)
    this.#open.set(exportId, { pieces, done: 0, rows: ids.length })
    return ok({ exportId, rows: ids.length })
  }

  /** The next piece; null: that was all. */
  next(exportId: string): Result<{ text: string | null; done: number }> {
    const open = this.#open.get(exportId)
    if (open === undefined) return fail('not_found', 'This export has ended. Start it again.')
    const piece = open.pieces.next()
    if (!piece.done) return ok({ text: piece.value, done: open.done })
    this.close(exportId)
    return ok({ text: null, done: open.rows })
  }

  close(exportId: string): void {
    this.#open.delete(exportId)
  }

  *#batches(exportId: string, ids: readonly string[]): Generator<Customer[], void> {
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH)
      const open = this.#open.get(exportId)
      if (open !== undefined) open.done = start + batch.length
      // Whoever was deleted meanwhile does not leave the house any more.
      yield batch.flatMap((id) => this.#deps.customer(id) ?? [])
    }
  }
}
