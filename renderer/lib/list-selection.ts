import type { ChosenCustomers } from '#shared/replica-api/bulk.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'

/** Who is chosen: some, or all that the list finds but some. */
export interface Chosen {
  readonly kind: 'some' | 'allBut'
  readonly ids: ReadonlySet<string>
}

/** The customers that an act on many is about, and where a run of them began. */
export interface ListSelection {
  readonly chosen: Chosen
  /** Shift extends from here: the choice is that of before with all between here and the cursor. */
  readonly anchor: { readonly id: string; readonly before: Chosen } | null
}

const NONE: Chosen = { kind: 'some', ids: new Set() }
export const NOTHING_CHOSEN: ListSelection = { chosen: NONE, anchor: null }

/** Everybody that the list finds, however many are loaded. */
export const ALL_CHOSEN: ListSelection = { chosen: { kind: 'allBut', ids: new Set() }, anchor: null }

export function isChosen({ chosen }: ListSelection, id: string): boolean {
  return chosen.ids.has(id) === (chosen.kind === 'some')
}

/** How many are chosen, of `total` that the list finds. */
export function chosenCount({ chosen }: ListSelection, total: number): number {
  return chosen.kind === 'some' ? chosen.ids.size : Math.max(0, total - chosen.ids.size)
}

/** One more, or one less; runs begin here. */
export function withToggled(selection: ListSelection, id: string): ListSelection {
  const chosen = withRows(selection.chosen, [id], !isChosen(selection, id))
  return { chosen, anchor: { id, before: chosen } }
}

/** All of a run, from the anchor to the cursor; where a run ended before, it ends no longer. */
export function withRun(selection: ListSelection, anchorId: string, run: readonly string[]): ListSelection {
  const anchor = selection.anchor?.id === anchorId ? selection.anchor : { id: anchorId, before: selection.chosen }
  return { chosen: withRows(anchor.before, run, true), anchor }
}

/** The same for the worker. */
export function toAsk({ chosen }: ListSelection, query: ListQuery): ChosenCustomers {
  const ids = [...chosen.ids]
  return chosen.kind === 'some' ? { kind: 'some', ids } : { kind: 'all', query, except: ids }
}

/** What is left of a choice when the list finds others: a choice of all was about those it found. */
export function afterOtherQuery(selection: ListSelection): ListSelection {
  return selection.chosen.kind === 'some' ? selection : NOTHING_CHOSEN
}

function withRows({ kind, ids }: Chosen, rows: readonly string[], isIn: boolean): Chosen {
  const next = new Set(ids)
  for (const id of rows) {
    if (isIn === (kind === 'some')) next.add(id)
    else next.delete(id)
  }
  return { kind, ids: next }
}
