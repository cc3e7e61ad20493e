import { expect, test } from 'vitest'
import type { ImportRow } from '#shared/replica-api/import.ts'
import { apply, kindsOf, rehearse, reportOf } from '../testing/import-files.ts'
import { oneCompany } from '../testing/one-company.ts'
import type { TestDevice } from '../testing/test-device.ts'

async function signedIn() {
  const company = oneCompany()
  await company.device.signIn(company.user)
  await company.device.synced()
  return company
}

async function rowsOf(device: TestDevice, importId: string): Promise<ImportRow[]> {
  const page = await device.ask('import.rows', { importId, kind: null, offset: 0, limit: 100 })
  if (!page.ok) throw new Error(page.error.message)
  return page.value.rows
}

test('IO-2: who repeats a row that becomes somebody else is judged anew, and so is who repeats them', async () => {
  const { server, device } = await signedIn()
  const summary = await rehearse(
    device,
    'Name,Email,Phone\nAnn Lee,ann@example.com,\nAnn Lee,ann@example.com,0412345678\nAnn Lee,ann@example.com,\nCy Wolf,cy@example.com,\n',
  )
  const { importId } = summary
  expect(kindsOf(summary)).toEqual({ new: 2, duplicateInFile: 2 })
  await device.ask('import.choose', { importId, rows: [5], action: 'skip' })
  const fixed = await device.ask('import.fix', {
    importId,
    row: 2,
    fields: { name: 'Bob Ray', email: 'bob@example.com' },
  })
  expect(fixed).toMatchObject({ ok: true, value: { row: { kind: 'new', isFixed: true } } })
  expect(fixed.ok && kindsOf(fixed.value.summary)).toEqual({ new: 3, duplicateInFile: 1 })
  expect((await rowsOf(device, importId)).map(({ kind, action, match }) => [kind, action, match?.row])).toEqual([
    ['new', 'create', undefined],
    ['new', 'create', undefined],
    ['duplicateInFile', 'updateEmpty', 3],
    ['new', 'skip', undefined],
  ])
  expect(await apply(device, importId)).toMatchObject({ counts: { created: 2, updated: 0, skipped: 1 } })
  await device.synced()
  const people = [...server.rows.values()].map(({ name, email, phone }) => [name, email, phone !== null])
  expect(people.sort()).toEqual([
    ['Ann Lee', 'ann@example.com', true],
    ['Bob Ray', 'bob@example.com', false],
  ])
})

test('IO-2: a correction keeps what was chosen for who still repeats the row', async () => {
  const { device } = await signedIn()
  const { importId } = await rehearse(
    device,
    'Name,Email,Phone\nAnn Lee,ann@example.com,\nAnn Lee,ann@example.com,0412345678\n',
  )
  await device.ask('import.choose', { importId, rows: [3], action: 'skip' })
  await device.ask('import.fix', { importId, row: 2, fields: { notes: 'Calls back' } })
  expect(await rowsOf(device, importId)).toMatchObject([{ kind: 'new' }, { kind: 'duplicateInFile', action: 'skip' }])
})

test('IO-3: a correction that leaves no name, or a value at fault, does no harm to the journal', async () => {
  const { server, device } = await signedIn()
  const { importId } = await rehearse(device, 'Name,Email,Notes\n,,Met at the fair\n,broken,\n')
  const fixed = await device.ask('import.fix', { importId, row: 2, fields: { email: 'ann@example.com' } })
  expect(fixed).toMatchObject({ ok: true, value: { row: { kind: 'new', fields: { name: 'ann@example.com' } } } })
  const left = await device.ask('import.fix', { importId, row: 3, fields: { notes: 'Who is this?' } })
  expect(left).toMatchObject({ ok: true })
  const report = await apply(device, importId)
  expect(report.counts.created).toBeGreaterThan(0)
  await device.synced()
  expect(await reportOf(device, importId)).toMatchObject({ state: 'done', counts: report.counts })
  expect(await device.ask('import.undo', { importId })).toMatchObject({
    ok: true,
    value: { removed: report.counts.created },
  })
  await device.synced()
  expect([...server.rows.values()].filter(({ deletedAt }) => deletedAt === null)).toEqual([])
})
