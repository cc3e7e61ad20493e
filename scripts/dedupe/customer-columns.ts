import { cleanEmail, cleanPhone, cleanText } from '#shared/csv/clean-value.ts'
import { headerRole } from '#shared/csv/header-role.ts'
import type { MatchableCustomer } from '#shared/matching/comparison-record.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'

/** Columns as they are named on the command line; several are separated by commas. */
export interface WantedColumns {
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly address?: string | undefined
  readonly id?: string | undefined
}

/** Places of columns in a row. */
export interface CustomerColumns {
  readonly given: readonly number[]
  readonly family: readonly number[]
  /** Names that aren't split into given and family name. */
  readonly whole: readonly number[]
  readonly email: number | null
  readonly phone: number | null
  readonly address: readonly number[]
  /** Null: rows are numbered. */
  readonly id: number | null
}

/** Finds the wanted columns among the headers, whatever their case. Fails with code `no_column`. */
export function findColumns(headers: readonly string[], wanted: WantedColumns): Result<CustomerColumns> {
  const normal = (text: string) => text.trim().toLowerCase()
  const missing: string[] = []
  const place = (column: string) => {
    const at = headers.findIndex((header) => normal(header) === normal(column))
    if (at < 0) missing.push(column.trim())
    return at
  }
  // A header may hold a comma itself.
  const places = (columns: string) =>
    headers.some((header) => normal(header) === normal(columns)) ? [place(columns)] : columns.split(',').map(place)
  const one = (column: string | undefined) => (column === undefined ? null : place(column))
  const hasId = wanted.id !== undefined || headers.some((header) => normal(header) === 'id')
  const columns = {
    ...splitName(places(wanted.name), headers),
    email: one(wanted.email),
    phone: one(wanted.phone),
    address: wanted.address === undefined ? [] : places(wanted.address),
    id: hasId ? place(wanted.id ?? 'id') : null,
  }
  if (missing.length === 0) return ok(columns)
  const [first] = missing
  return fail('no_column', `The file has no column "${first}". Its columns: ${headers.join(', ')}.`)
}

/** Which of several name columns are given names: by their headers, else all but the last. */
function splitName(
  columns: readonly number[],
  headers: readonly string[],
): Pick<CustomerColumns, 'given' | 'family' | 'whole'> {
  if (columns.length === 1) return { given: [], family: [], whole: columns }
  const partOf = (column: number) => headerRole(headers[column] ?? '')?.part
  const named = columns.filter((column) => partOf(column) === 'last')
  const unnamed = columns.some((column) => partOf(column) === 'first')
    ? columns.filter((column) => partOf(column) !== 'first' && partOf(column) !== 'middle')
    : columns.slice(-1)
  const family = named.length > 0 ? named : unnamed
  return { given: columns.filter((column) => !family.includes(column)), family, whole: [] }
}

/** A row as a customer; `id` is empty where the row has none. `country`: where phones without a country code are. */
export function customerOfRow(
  cells: readonly string[],
  columns: CustomerColumns,
  country: string | null,
): MatchableCustomer {
  const text = (at: number | null) => (at === null ? '' : cleanText(cells[at] ?? ''))
  const join = (places: readonly number[], between: string) =>
    places
      .map(text)
      .filter((part) => part !== '')
      .join(between)
  const phone = text(columns.phone)
  return {
    id: text(columns.id),
    name:
      columns.whole.length > 0 ? join(columns.whole, ' ') : `${join(columns.family, ' ')}, ${join(columns.given, ' ')}`,
    email: cleanEmail(text(columns.email)),
    phone: country === null ? phone || null : cleanPhone(phone, country),
    address: join(columns.address, ', ') || null,
    notes: null,
  }
}
