import { expect, test } from 'vitest'
import type { CustomerRow, ListWindow } from '#shared/replica-api/list.ts'
import { createListCursor } from './list-cursor.ts'
import { createListPicker } from './list-picker.ts'
import { isChosen } from './list-selection.ts'
import { INITIAL_LIST_STATE, withSearch, withSort } from './list-state.ts'
import type { RowWindows } from './row-windows.ts'
import { createStore } from './store.ts'

const TOTAL = 2_000
const id = (index: number): string => `row-${index}`
const rowOf = (index: number) => ({ id: id(index) }) as CustomerRow

/** A list of which the rows from `from` to `to` are here. */
function setUp(from = 0, to = TOTAL - 1) {
  const isHeld = (index: number) => index >= from && index <= to
  const requests: number[] = []
  let version = 1
  const rows = {
    get: () => ({ total: TOTAL }),
    subscribe: () => () => undefined,
    row: (index: number) => (isHeld(index) ? rowOf(index) : undefined),
    indexOf: (wanted: string) => (isHeld(Number(wanted.slice(4))) ? Number(wanted.slice(4)) : null),
    version: () => 1,
  } as unknown as RowWindows
  const list = createStore(INITIAL_LIST_STATE)
  const cursor = createListCursor(list, rows)
  const picker = createListPicker(list, rows, cursor, {
    window: async ({ offset, limit }) => {
      requests.push(limit)
      return { version, rows: Array.from({ length: limit }, (_, n) => rowOf(offset + n)) } as unknown as ListWindow
    },
    position: async ({ id: wanted }) => Number(wanted.slice(4)),
  })
  const chosen = () => Array.from({ length: TOTAL }, (_, n) => n).filter((n) => isChosen(picker.selection.get(), id(n)))
  return {
    list,
    cursor,
    picker,
    requests,
    chosen,
    reorder: () => {
      version += 1
    },
  }
}

test('UI-1: Shift with the cursor chooses what it passes, and gives free what it goes back over', async () => {
  const { list, picker, chosen } = setUp()
  list.set({ ...list.get(), selectedId: id(4) })
  await picker.extendBy(1)
  await picker.extendBy(1)
  expect(chosen()).toEqual([4, 5, 6])
  await picker.extendBy(-1)
  expect(chosen()).toEqual([4, 5])
})

test('UI-1: a run from another place is added to what was chosen before', async () => {
  const { list, cursor, picker, chosen } = setUp()
  list.set({ ...list.get(), selectedId: id(1) })
  picker.toggleAtCursor()
  cursor.moveBy(9)
  await picker.extendBy(1)
  expect(chosen()).toEqual([1, 10, 11])
})

test('UI-1: a run over rows that were never loaded holds each of them', async () => {
  const { picker, requests, chosen } = setUp(1_190, 1_210)
  picker.toggle(id(3))
  await picker.extendTo(1_200)
  expect(chosen()).toEqual(Array.from({ length: 1_198 }, (_, n) => n + 3))
  expect(requests).toEqual([500, 500, 198])
})

test('UI-1: where the list has another order by now nobody is chosen by mistake', async () => {
  const { picker, chosen, reorder } = setUp(1_190, 1_210)
  picker.toggle(id(1_200))
  reorder()
  await picker.extendTo(3)
  expect(chosen()).toEqual([1_200])
})

test('UI-1: a run that is still being read does not bring back what was cleared meanwhile', async () => {
  const { picker, chosen } = setUp(0, 10)
  picker.toggle(id(3))
  const reading = picker.extendTo(900)
  picker.clear()
  await reading
  expect(chosen()).toEqual([])
})

test('UI-1: all that was found stays chosen in another order, and ends with another search', () => {
  const { list, picker, chosen } = setUp()
  picker.chooseAll()
  list.set(withSort(list.get(), { by: 'created', direction: 'desc' }))
  expect(chosen()).toHaveLength(TOTAL)
  list.set(withSearch(list.get(), 'mue'))
  expect(chosen()).toEqual([])
})
