import type { Customer, CustomerFields } from '#shared/domain/customer.ts'
import { matchReasons } from '#shared/matching/match-reasons.ts'
import {
  IMPORT_ACTIONS,
  IMPORT_KINDS,
  type ImportAction,
  type ImportKind,
  type ImportRow,
  type ImportSummary,
  importActionSchema,
} from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { differences } from './row-changes.ts'
import type { Judgement, RowMatch } from './row-judge.ts'
import type { RowTable } from './row-table.ts'

/** Actions by the digit that stands for them in a plan. */
export const ACTIONS: readonly ImportAction[] = importActionSchema.options

/** What the rehearsal needs to know of customers. */
export interface RehearsalView {
  readonly customer: (id: string) => Customer | undefined
  /** Why one may not edit a customer; null: one may. */
  readonly refusal: (customer: Customer) => string | null
}

/** What every row of a file would become, and what is to be done with it. Nothing is written. */
export class Rehearsal {
  readonly table: RowTable
  readonly #view: RehearsalView
  readonly #kinds: Uint8Array
  readonly #actions: Uint8Array
  readonly #matches = new Map<number, RowMatch>()

  constructor(table: RowTable, view: RehearsalView) {
    this.table = table
    this.#view = view
    this.#kinds = new Uint8Array(table.rows.length)
    this.#actions = new Uint8Array(table.rows.length)
  }

  get rows(): number {
    return this.table.rows.length
  }

  kindOf(place: number): ImportKind {
    return IMPORT_KINDS[this.#kinds[place] ?? 0] ?? 'invalid'
  }

  actionOf(place: number): ImportAction {
    return ACTIONS[this.#actions[place] ?? 0] ?? 'skip'
  }

  matchOf(place: number): RowMatch | undefined {
    return this.#matches.get(place)
  }

  /** Judges a row; null: it is invalid. What was chosen for it is forgotten when it is another kind, or somebody else. */
  set(place: number, judgement: Judgement | null): void {
    const kind = judgement?.kind ?? 'invalid'
    const isAsBefore = kind === this.kindOf(place) && judgement?.match?.target === this.#matches.get(place)?.target
    this.#kinds[place] = IMPORT_KINDS.indexOf(kind)
    if (!isAsBefore) this.#actions[place] = ACTIONS.indexOf(IMPORT_ACTIONS[kind][0])
    if (judgement?.match == null) this.#matches.delete(place)
    else this.#matches.set(place, judgement.match)
  }

  /** The place of the row with a number in the file. */
  placeOf(row: number): number | undefined {
    return this.table.rows.placeOf(row)
  }

  /** What is to be done with all rows of a kind, or with some rows. Codes: `invalid`, `not_found`. */
  choose(action: ImportAction, kind: ImportKind | undefined, rows: readonly number[] | undefined): Result<null> {
    const places: number[] = []
    if (rows === undefined) for (let place = 0; place < this.rows; place++) places.push(place)
    for (const row of rows ?? []) {
      const place = this.placeOf(row)
      if (place === undefined) return fail('not_found', `There is no row ${row} in the file.`)
      places.push(place)
    }
    const chosen = kind === undefined ? places : places.filter((place) => this.kindOf(place) === kind)
    const wrong = chosen.find((place) => !IMPORT_ACTIONS[this.kindOf(place)].includes(action))
    if (wrong !== undefined || (kind !== undefined && !IMPORT_ACTIONS[kind].includes(action))) {
      return fail('invalid', 'This can’t be done with these rows. Correct them first, or choose something else.')
    }
    for (const place of chosen) this.#actions[place] = ACTIONS.indexOf(action)
    return ok(null)
  }

  /** The counts; those of the kinds add up to the rows of the file. */
  summary(importId: string, fileName: string): ImportSummary {
    const kinds = IMPORT_KINDS.map((kind) => ({ kind, rows: 0, action: null as ImportAction | null, isMixed: false }))
    const planned: Record<ImportAction, number> = { create: 0, updateEmpty: 0, overwrite: 0, skip: 0 }
    for (let place = 0; place < this.rows; place++) {
      const group = kinds[this.#kinds[place] ?? 0]
      const action = this.actionOf(place)
      planned[action] += 1
      if (group === undefined) continue
      if (group.rows > 0 && group.action !== action) group.isMixed = true
      group.rows += 1
      group.action = action
    }
    return {
      importId,
      fileName,
      rows: this.rows,
      planned,
      kinds: kinds.map(({ kind, rows, action, isMixed }) => ({
        kind,
        rows,
        action: isMixed ? null : rows === 0 ? IMPORT_ACTIONS[kind][0] : action,
      })),
    }
  }

  /** Rows of a kind in which a text occurs, in the order of the file. */
  page(kind: ImportKind | null, search: string, offset: number, limit: number): { rows: ImportRow[]; total: number } {
    const wanted = search.trim().toLowerCase()
    const rows: ImportRow[] = []
    let total = 0
    for (let place = 0; place < this.rows; place++) {
      if (kind !== null && this.kindOf(place) !== kind) continue
      if (wanted !== '' && !this.table.rows.holds(place, wanted)) continue
      if (total >= offset && rows.length < limit) rows.push(this.row(place))
      total++
    }
    return { rows, total }
  }

  /** A row as people see it. */
  row(place: number): ImportRow {
    const reading = this.table.read(place)
    const { row, cells } = this.table.rows.at(place)
    const kind = this.kindOf(place)
    const match = this.#matches.get(place)
    const reasons = reading.kind === 'invalid' ? [{ field: reading.field, message: reading.reason }] : []
    const customer = typeof match?.target === 'string' ? this.#view.customer(match.target) : undefined
    if (kind === 'notAllowed' && customer !== undefined) {
      reasons.push({ field: null, message: this.#view.refusal(customer) ?? 'You may not change this customer.' })
    }
    return {
      row,
      cells: [...cells],
      fields: reading.fields,
      kind,
      action: this.actionOf(place),
      reasons,
      match: match === undefined ? null : this.#shown(match, customer, reading.fields),
      isFixed: this.table.fixes.has(place),
    }
  }

  #shown(match: RowMatch, customer: Customer | undefined, fields: CustomerFields): ImportRow['match'] {
    const { target, probability, pattern } = match
    const row = typeof target === 'number' ? this.table.rows.at(target).row : null
    if (row === null && customer === undefined) return null
    const other = typeof target === 'number' ? this.table.read(target).fields : customer
    return {
      customer: customer ?? null,
      row,
      probability,
      reasons: [...matchReasons(pattern)],
      differences: other === undefined ? [] : differences(fields, other),
    }
  }
}
