import type { ListState } from './list-state.ts'
import type { RowWindows } from './row-windows.ts'
import { createStore, type Store } from './store.ts'

/** The row the keyboard is on: moves by index, is remembered by customer. */
export interface ListCursor {
  /** Index to bring into view, until its row is here; null: none. Changes only by moving. */
  readonly wanted: Store<number | null>
  /** Where the selected customer stands among the rows held, or null. */
  readonly index: () => number | null
  /** Moves by so many rows; stops at the ends. */
  readonly moveBy: (rows: number) => void
  /** Moves to the first or the last row. */
  readonly moveTo: (end: 'first' | 'last') => void
}

/** Makes the cursor of a list. A row that is still on the way is selected when it arrives. */
export function createListCursor(list: Store<ListState>, rows: RowWindows): ListCursor {
  const wanted = createStore<number | null>(null)
  let lastIndex = 0

  function index(): number | null {
    const { selectedId } = list.get()
    const found = selectedId === null ? null : rows.indexOf(selectedId)
    if (found !== null) lastIndex = found
    return found
  }

  function goTo(target: number): void {
    const { total } = rows.get()
    if (total === 0) return
    const clamped = Math.max(0, Math.min(target, total - 1))
    lastIndex = clamped
    wanted.set(clamped)
    arrive()
  }

  function arrive(): void {
    const target = wanted.get()
    if (target === null) return
    const row = rows.row(target)
    if (row === undefined) return
    list.set({ ...list.get(), selectedId: row.id })
    wanted.set(null)
  }

  rows.subscribe(arrive)

  return {
    wanted,
    index,
    moveBy: (delta) => {
      const pending = wanted.get()
      const { selectedId } = list.get()
      if (pending !== null) goTo(pending + delta)
      else if (selectedId === null) goTo(0)
      else goTo((index() ?? lastIndex) + delta)
    },
    moveTo: (end) => goTo(end === 'first' ? 0 : rows.get().total - 1),
  }
}
