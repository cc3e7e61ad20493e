import { expect, test } from 'vitest'
import { IMPORT_KINDS, type ImportAction, type ImportKind } from '#shared/replica-api/import.ts'
import { customerIdOf, type ImportPlan } from './import-journal.ts'
import { PlanRows } from './import-plan.ts'
import { ACTIONS } from './rehearsal.ts'

const IMPORT = '10000000-0000-4000-8000-000000000000'
const EXISTING = '20000000-0000-4000-8000-000000000000'

type Row = readonly [kind: ImportKind, action: ImportAction, match?: string | number]

function planned(rows: readonly Row[]): PlanRows {
  const plan: ImportPlan = {
    fileName: 'list.csv',
    at: '2026-06-15T12:00:00.000Z',
    digest: '',
    reading: {},
    country: 'DE',
    mapping: [],
    headers: [],
    rows: rows.length,
    numbers: [],
    kinds: rows.map(([kind]) => IMPORT_KINDS.indexOf(kind)).join(''),
    actions: rows.map(([, action]) => ACTIONS.indexOf(action)).join(''),
    matches: rows.flatMap(([, , match], place): ImportPlan['matches'] => (match === undefined ? [] : [[place, match]])),
    fixes: [],
    failed: [],
  }
  return new PlanRows(IMPORT, plan)
}

test('IO-2: what repeats a row that is left out is written into nobody, least of all into whom that row may be', () => {
  const twin = ['duplicateInFile', 'updateEmpty', 0] as const
  const ofTwin = (...first: Row) => planned([first, twin]).customerOf(1)
  expect(ofTwin('duplicateOfExisting', 'skip', EXISTING)).toBeNull()
  expect(ofTwin('new', 'skip')).toBeNull()
  // Once somebody has decided about the row, the other one follows it.
  expect(ofTwin('duplicateOfExisting', 'updateEmpty', EXISTING)).toBe(EXISTING)
  expect(ofTwin('duplicateOfExisting', 'create', EXISTING)).toBe(customerIdOf(IMPORT, 0))
})

test('IO-2: a row that is left out still tells whom it is', () => {
  const plan = planned([
    ['unchanged', 'skip', EXISTING],
    ['new', 'create'],
    ['duplicateInFile', 'skip', 1],
  ])
  expect([0, 1, 2].map((place) => plan.customerOf(place))).toEqual([
    EXISTING,
    customerIdOf(IMPORT, 1),
    customerIdOf(IMPORT, 1),
  ])
})
