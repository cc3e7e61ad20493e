import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortBySchema } from '#shared/domain/saved-list.ts'
import {
  fitColumns,
  INITIAL_LAYOUT,
  LIST_COLUMNS,
  listLayoutSchema,
  withColumnMoved,
  withColumnToggled,
  withColumnWidth,
} from './list-columns.ts'

const column = fc.constantFrom(...LIST_COLUMNS)
const change = fc.oneof(
  column.map((one) => (layout: typeof INITIAL_LAYOUT) => withColumnToggled(layout, one)),
  fc.tuple(column, fc.integer({ min: -20, max: 20 })).map(
    ([one, by]) =>
      (layout: typeof INITIAL_LAYOUT) =>
        withColumnMoved(layout, one, by),
  ),
  fc
    .tuple(
      fc.constantFrom('name' as const, ...LIST_COLUMNS),
      fc.option(fc.double({ min: -1e4, max: 1e4, noNaN: true })),
    )
    .map(
      ([one, pixels]) =>
        (layout: typeof INITIAL_LAYOUT) =>
          withColumnWidth(layout, one, pixels),
    ),
)

test('UI-1: whatever is done to the columns can be stored, shows each at most once, and what it is sorted by always', () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 25 }),
      fc.constantFrom(...sortBySchema.options),
      fc.integer({ min: 200, max: 3_000 }),
      (changes, sortBy, room) => {
        const layout = changes.reduce((one, next) => next(one), INITIAL_LAYOUT)
        expect(listLayoutSchema.parse(layout)).toEqual(layout)
        const { columns, tracks } = fitColumns(layout, sortBy, room)
        expect(new Set(columns).size).toBe(columns.length)
        expect(tracks.replaceAll(/minmax\(\d+px, /g, '').split(' ')).toHaveLength(columns.length + 1)
        for (const sorted of LIST_COLUMNS) if (sorted === sortBy) expect(columns).toContain(sorted)
        const others = columns.filter((one) => layout.columns.includes(one))
        expect(others).toEqual(layout.columns.filter((one) => columns.includes(one)))
      },
    ),
  )
})

test.each([
  [1_150, ['email', 'phone', 'address', 'source', 'conversations', 'lastSeen']],
  [680, ['email', 'phone', 'source', 'lastSeen']],
  [520, ['email', 'phone', 'source']],
])('UI-1: in %i px there are the columns that say the most', (room, columns) => {
  expect(fitColumns(INITIAL_LAYOUT, 'name', room).columns).toEqual(columns)
})

test('UI-1: sorted by a column that nobody has chosen the list shows it in the place of another', () => {
  expect(fitColumns(INITIAL_LAYOUT, 'created', 620).columns).toEqual(['email', 'phone', 'source', 'created'])
})

test('UI-1: a column that was given a width keeps it, and the others share the rest, with what they need at least', () => {
  const { tracks } = fitColumns(withColumnWidth(INITIAL_LAYOUT, 'email', 300.4), 'name', 800)
  expect(tracks).toBe('minmax(150px, 35fr) 300px minmax(150px, 25fr) 90px 94px')
  const { tracks: tight } = fitColumns(INITIAL_LAYOUT, 'lastSeen', 120)
  expect(tight, 'no wider than the room').toBe('minmax(0px, 35fr) 94px')
})

test('UI-1: a column comes back where it belongs among the others, and moves no further than the ends', () => {
  const without = withColumnToggled(INITIAL_LAYOUT, 'phone')
  expect(withColumnToggled(without, 'phone')).toEqual(INITIAL_LAYOUT)
  expect(withColumnMoved(INITIAL_LAYOUT, 'phone', -9).columns[0]).toBe('phone')
  expect(withColumnMoved(INITIAL_LAYOUT, 'tags', 1)).toBe(INITIAL_LAYOUT)
})
