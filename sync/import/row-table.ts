import { checkFields, type RowReading, rowToCustomer } from '#shared/csv/row-to-customer.ts'
import type { CustomerFields } from '#shared/domain/customer.ts'
import type { ImportMapping } from '#shared/replica-api/import.ts'
import type { FileRows } from './file-rows.ts'

/** The rows of a file as customers: read when asked, since keeping them all would double the memory. */
export class RowTable {
  readonly rows: FileRows
  readonly fixes: Map<number, CustomerFields>
  readonly #read: (cells: readonly string[]) => RowReading

  constructor(
    file: { readonly headers: readonly string[]; readonly rows: FileRows },
    mapping: ImportMapping,
    country: string,
    fixes: Iterable<readonly [number, CustomerFields]> = [],
  ) {
    this.rows = file.rows
    this.fixes = new Map(fixes)
    this.#read = rowToCustomer(file.headers, mapping, country)
  }

  /** What a row becomes, by its place. */
  read(place: number): RowReading {
    const fixed = this.fixes.get(place)
    if (fixed !== undefined) return checkFields(fixed)
    const { cells, fault } = this.rows.at(place)
    const reading = this.#read(cells)
    return fault === undefined ? reading : { kind: 'invalid', reason: fault, field: null, fields: reading.fields }
  }
}
