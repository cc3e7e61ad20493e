import { expect, test } from 'vitest'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { createListCursor } from './list-cursor.ts'
import { INITIAL_LIST_STATE } from './list-state.ts'
import type { RowWindows } from './row-windows.ts'
import { createStore } from './store.ts'

/** Rows of which the first `loaded` are here; the others arrive by `load`. */
function setUp(total: number, loaded = total) {
  let held = loaded
  const listeners = new Set<() => void>()
  const id = (index: number): string => `row-${index}`
  const rows: Pick<RowWindows, 'get' | 'subscribe' | 'row' | 'indexOf'> = {
    get: () => ({
      kind: 'ready',
      queryVersion: 1,
      total,
      all: total,
      tookMs: 1,
      indexing: undefined,
      shift: { rows: 0 },
    }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    row: (index) => (index < held ? ({ id: id(index) } as CustomerRow) : undefined),
    indexOf: (wanted) => {
      const index = Number(wanted.slice(4))
      return index < held ? index : null
    },
  }
  const list = createStore(INITIAL_LIST_STATE)
  const cursor = createListCursor(list, rows as RowWindows)
  return {
    cursor,
    selected: () => list.get().selectedId,
    load: () => {
      held = total
      for (const listener of listeners) listener()
    },
  }
}

test('UI-5: the first move selects the first row, and moves stop at the ends', () => {
  const { cursor, selected } = setUp(3)
  cursor.moveBy(1)
  expect(selected()).toBe('row-0')
  cursor.moveBy(1)
  cursor.moveBy(1)
  cursor.moveBy(1)
  expect(selected()).toBe('row-2')
  cursor.moveTo('first')
  expect(selected()).toBe('row-0')
})

test('UI-5: a row that is still on the way is selected when it arrives', () => {
  const { cursor, selected, load } = setUp(500, 100)
  cursor.moveBy(1)
  cursor.moveTo('last')
  expect(cursor.wanted.get()).toBe(499)
  expect(selected()).toBe('row-0')
  load()
  expect(selected()).toBe('row-499')
  expect(cursor.wanted.get()).toBeNull()
})

test('UI-5: fast keys add up while rows are on the way', () => {
  const { cursor, selected, load } = setUp(500, 1)
  cursor.moveBy(1)
  cursor.moveBy(10)
  cursor.moveBy(10)
  load()
  expect(selected()).toBe('row-20')
})

test('UI-5: an empty list has nothing to move to', () => {
  const { cursor, selected } = setUp(0)
  cursor.moveBy(1)
  cursor.moveTo('last')
  expect(selected()).toBeNull()
})
