import type { ChosenCustomers } from '#shared/replica-api/bulk.ts'
import type { RequestInput } from '#shared/replica-api/contract.ts'
import type { ListWindow } from '#shared/replica-api/list.ts'
import type { ListCursor } from './list-cursor.ts'
import {
  ALL_CHOSEN,
  afterOtherQuery,
  type ListSelection,
  NOTHING_CHOSEN,
  toAsk,
  withRun,
  withToggled,
} from './list-selection.ts'
import { type ListState, queryOf } from './list-state.ts'
import type { RowWindows } from './row-windows.ts'
import { createStore, type Store } from './store.ts'

/** Chooses rows of the list, one by one, in runs, or all that it finds. */
export interface ListPicker {
  readonly selection: Store<ListSelection>
  readonly toggle: (id: string) => void
  readonly toggleAtCursor: () => void
  /** Moves the cursor and chooses all rows that it passes. */
  readonly extendBy: (rows: number) => Promise<void>
  /** Chooses all rows from the last one that was chosen (else from the cursor) to this one. */
  readonly extendTo: (index: number) => Promise<void>
  readonly chooseAll: () => void
  readonly clear: () => void
  /** Who is chosen, as the replica is asked. */
  readonly chosen: () => ChosenCustomers
}

/** What the picker asks the replica for: rows of a run that are not loaded. */
export interface PickerSource {
  readonly window: (input: RequestInput<'customers.window'>) => Promise<ListWindow>
  readonly position: (input: RequestInput<'customers.position'>) => Promise<number | null>
}

/** Rows of one answer at most. */
const PIECE = 500

/** Makes the picker of a list. */
export function createListPicker(
  list: Store<ListState>,
  rows: RowWindows,
  cursor: ListCursor,
  source: PickerSource,
): ListPicker {
  const selection = createStore(NOTHING_CHOSEN)
  /** Where the cursor stood after the last choice: from elsewhere a new run begins. */
  let runEnd: string | null = null
  /** Counts the runs asked for: an answer for an earlier one comes too late. */
  let asked = 0
  let found = foundBy(list.get())

  list.subscribe(() => {
    const next = foundBy(list.get())
    if (next === found) return
    found = next
    asked += 1
    selection.set(afterOtherQuery(selection.get()))
  })

  async function idsBetween(from: number, to: number): Promise<string[] | null> {
    const [first, last] = from < to ? [from, to] : [to, from]
    const ids: string[] = []
    for (let index = first; index <= last; index = first + ids.length) {
      const row = rows.row(index)
      if (row !== undefined) {
        ids.push(row.id)
        continue
      }
      const version = rows.version()
      const limit = Math.min(PIECE, last - index + 1)
      const window = await source.window({ query: queryOf(list.get()), offset: index, limit, version })
      // Another order by now, or nothing where rows should be: a run of it would be of somebody else.
      if (window.version !== version || window.rows.length === 0) return null
      ids.push(...window.rows.map(({ id }) => id))
    }
    return ids
  }

  async function choose(anchorId: string, to: number): Promise<void> {
    asked += 1
    const of = asked
    const query = queryOf(list.get())
    const from =
      rows.indexOf(anchorId) ??
      (await source.position({ query, id: anchorId, version: rows.version() }).catch(() => null))
    const ids = from === null ? null : await idsBetween(from, to).catch(() => null)
    if (ids !== null && of === asked) selection.set(withRun(selection.get(), anchorId, ids))
  }

  function toggle(id: string): void {
    asked += 1
    runEnd = id
    selection.set(withToggled(selection.get(), id))
  }

  return {
    selection,
    toggle,
    toggleAtCursor: () => {
      const { selectedId } = list.get()
      if (selectedId !== null) toggle(selectedId)
    },
    extendBy: async (by) => {
      const { selectedId } = list.get()
      const { anchor } = selection.get()
      const anchorId = anchor !== null && runEnd === selectedId ? anchor.id : selectedId
      cursor.moveBy(by)
      const target = cursor.wanted.get() ?? cursor.index()
      if (target === null) return
      await choose(anchorId ?? rows.row(target)?.id ?? '', target)
      runEnd = rows.row(target)?.id ?? null
    },
    extendTo: async (index) => {
      const anchorId = selection.get().anchor?.id ?? list.get().selectedId ?? rows.row(index)?.id
      if (anchorId === undefined) return
      await choose(anchorId, index)
      runEnd = rows.row(index)?.id ?? null
    },
    chooseAll: () => {
      asked += 1
      selection.set(ALL_CHOSEN)
    },
    clear: () => {
      asked += 1
      selection.set(NOTHING_CHOSEN)
    },
    chosen: () => toAsk(selection.get(), queryOf(list.get())),
  }
}

/** Names what a list finds, in whatever order. */
function foundBy({ search, filter }: ListState): string {
  return JSON.stringify([search.trim(), filter])
}
