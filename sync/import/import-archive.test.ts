import { expect, test } from 'vitest'
import { openedImports } from '../testing/opened-imports.ts'
import { NO_COUNTS } from './apply-rows.ts'
import { type ImportPlan, type ImportPosition, journalStart } from './import-journal.ts'

const IMPORT = '10000000-0000-4000-8000-000000000000'

const plan: ImportPlan = {
  fileName: 'list.csv',
  at: '2026-06-15T12:00:00.000Z',
  digest: '',
  reading: {},
  country: 'DE',
  mapping: ['name'],
  headers: ['Name'],
  rows: 3,
  numbers: [],
  kinds: '111',
  actions: '111',
  matches: [],
  fixes: [],
  failed: [],
}

test('IO-4: what can’t be read any more of an import is said, and not passed over in its undoing', async () => {
  const { archive, undoing, store } = await openedImports()
  const counts = { ...NO_COUNTS, updated: 3 }
  const position: ImportPosition = { state: 'done', done: 3, chunks: 1, counts, error: null, undoneAt: null }
  await store.write(() => ({
    state: { ...journalStart(IMPORT, plan, position, []), [`import:${IMPORT}:0`]: '{"updates":[{"place":0,' },
  }))
  const damaged = { ok: false, error: { code: 'damaged' } }
  expect(archive.report(IMPORT)).toMatchObject(damaged)
  expect(archive.reportRows(IMPORT, null, 0, 10)).toMatchObject(damaged)
  expect(archive.failedRows(IMPORT)).toMatchObject(damaged)
  expect(await undoing.preview(IMPORT)).toMatchObject({ ok: true, value: { restored: 0, elsewhere: 3 } })
  await store.close()
})
