import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ALL_CHOSEN,
  afterOtherQuery,
  chosenCount,
  isChosen,
  type ListSelection,
  NOTHING_CHOSEN,
  toAsk,
  withRun,
  withToggled,
} from './list-selection.ts'

const ROWS = Array.from({ length: 12 }, (_, n) => `row ${n}`)
const QUERY = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } } as const
const row = fc.nat({ max: ROWS.length - 1 })
const step = fc.oneof(
  fc.record({ kind: fc.constant('toggle' as const), at: row }),
  fc.record({ kind: fc.constant('extend' as const), at: row }),
  fc.constant({ kind: 'all' as const }),
  fc.constant({ kind: 'none' as const }),
)

const between = (a: number, b: number) => ROWS.slice(Math.min(a, b), Math.max(a, b) + 1)
const shown = (selection: ListSelection) => ROWS.map((id) => isChosen(selection, id))

/** The same as a plain row of boxes. */
function boxes() {
  let ticked = ROWS.map(() => false)
  let before = ticked
  let anchor: number | null = null
  return {
    ticked: () => ticked,
    anchor: () => anchor,
    toggle: (at: number) => {
      ticked = ticked.map((is, n) => (n === at ? !is : is))
      before = ticked
      anchor = at
    },
    extend: (from: number, at: number) => {
      if (anchor === null) before = ticked
      anchor = from
      ticked = before.map((is, n) => is || (n >= Math.min(from, at) && n <= Math.max(from, at)))
    },
    set: (is: boolean) => {
      ticked = ROWS.map(() => is)
      before = ticked
      anchor = null
    },
  }
}

test('UI-1: whatever is toggled, extended, chosen whole or cleared, the choice is that of a row of boxes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const model = boxes()
      let selection = NOTHING_CHOSEN
      for (const next of steps) {
        if (next.kind === 'toggle') {
          model.toggle(next.at)
          selection = withToggled(selection, ROWS[next.at] ?? '')
        } else if (next.kind === 'extend') {
          const from = model.anchor() ?? 0
          model.extend(from, next.at)
          selection = withRun(selection, ROWS[from] ?? '', between(from, next.at))
        } else {
          model.set(next.kind === 'all')
          selection = next.kind === 'all' ? ALL_CHOSEN : NOTHING_CHOSEN
        }
        expect(shown(selection)).toEqual(model.ticked())
        expect(chosenCount(selection, ROWS.length)).toBe(model.ticked().filter(Boolean).length)
      }
    }),
  )
})

test('UI-1: all but some is asked for by the query, whatever is loaded', () => {
  const allButOne = withToggled(ALL_CHOSEN, 'row 3')
  expect(toAsk(allButOne, QUERY)).toEqual({ kind: 'all', query: QUERY, except: ['row 3'] })
  expect(chosenCount(allButOne, 100_000)).toBe(99_999)
  expect(toAsk(withToggled(NOTHING_CHOSEN, 'row 3'), QUERY)).toEqual({ kind: 'some', ids: ['row 3'] })
})

test('UI-1: another search keeps whom somebody chose one by one, and ends a choice of all it had found', () => {
  const some = withToggled(NOTHING_CHOSEN, 'row 3')
  expect(afterOtherQuery(some)).toBe(some)
  expect(chosenCount(afterOtherQuery(ALL_CHOSEN), 10)).toBe(0)
})
