import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openReplica } from '#database/local/open-replica.ts'
import { ReplicaStore } from '../replication/replica-store.ts'
import { ServerClock } from '../replication/server-clock.ts'
import { NO_COUNTS } from './apply-rows.ts'
import { type ImportPlan, type ImportPosition, journalStart } from './import-journal.ts'
import { createImports } from './imports.ts'

const IMPORT = '10000000-0000-4000-8000-000000000000'
const USER = 'a0000000-0000-4000-8000-000000000001'
const COMPANY = 'c0000000-0000-4000-8000-000000000001'

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
  const disk = { indexedDB: new IDBFactory(), IDBKeyRange, userId: USER, companyId: COMPANY }
  const store = await ReplicaStore.load(await openReplica(disk), () => undefined)
  const counts = { ...NO_COUNTS, updated: 3 }
  const position: ImportPosition = { state: 'done', done: 3, chunks: 1, counts, error: null, undoneAt: null }
  await store.write(() => ({
    state: { ...journalStart(IMPORT, plan, position, []), [`import:${IMPORT}:0`]: '{"updates":[{"place":0,' },
  }))
  const deps = {
    store,
    clock: new ServerClock(() => Date.now(), undefined),
    newId: () => crypto.randomUUID(),
    user: { id: USER, name: 'Ann' },
    workspace: () => ({ companyId: COMPANY, companyName: 'Acme', country: 'DE', role: 'owner' as const, members: [] }),
    derived: null,
    notify: () => undefined,
    nudge: () => undefined,
    now: () => performance.now(),
    reportBug: () => undefined,
  }
  const { archive, undoing } = createImports(deps, () => [])
  const damaged = { ok: false, error: { code: 'damaged' } }
  expect(archive.report(IMPORT)).toMatchObject(damaged)
  expect(archive.reportRows(IMPORT, null, 0, 10)).toMatchObject(damaged)
  expect(archive.failedRows(IMPORT)).toMatchObject(damaged)
  expect(await undoing.preview(IMPORT)).toMatchObject({ ok: true, value: { restored: 0, elsewhere: 3 } })
  await store.close()
})
