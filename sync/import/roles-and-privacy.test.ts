import { expect, test } from 'vitest'
import { storedText } from '#database/local/testing/stored-text.ts'
import type { Role } from '#shared/domain/role.ts'
import type { FakeServer } from '../testing/fake-server.ts'
import { apply, importEverybody, kindsOf, rehearse, reportOf } from '../testing/import-files.ts'
import { customerId, oneCompany } from '../testing/one-company.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

test('R-1: whoever may not create customers may not import', async () => {
  const { user, device } = oneCompany({ role: 'analyst' })
  await device.signIn(user)
  const opened = await device.ask('import.open', { file: new Blob(['Name\nAnn\n']), fileName: 'x.csv' })
  expect(opened).toMatchObject({ ok: false, error: { code: 'forbidden' } })
})

test('R-1: customers of others are not changed by the import of a sales rep, and are named with the reason', async () => {
  const { server, user, device } = oneCompany({ role: 'sales', rows: 1 })
  const [held] = server.rows.values()
  if (held !== undefined) server.restore([{ ...held, name: 'Ann Lee', email: 'ann@example.com' }], 'epoch-2')
  await device.signIn(user)
  await device.synced()
  const list = 'Name,Email,Phone\nAnn Lee,ann@example.com,0412345678\n'
  const summary = await rehearse(device, list)
  const { importId } = summary
  expect(kindsOf(summary)).toEqual({ notAllowed: 1 })
  const rows = await device.ask('import.rows', { importId, kind: 'notAllowed', offset: 0, limit: 10 })
  expect(rows).toMatchObject({
    ok: true,
    value: { rows: [{ match: { differences: ['phone'] }, reasons: [{ message: expect.stringContaining('own') }] }] },
  })
  expect(await apply(device, importId)).toMatchObject({ counts: { failed: 1, created: 0, updated: 0 } })
  await device.synced()
  expect(server.rows.get(customerId(0))?.phone).toBeNull()
  const failed = await device.ask('import.failedRows', { importId })
  expect(failed).toMatchObject({
    ok: true,
    value: { fileName: 'list - failed rows.csv', csv: expect.stringContaining('Ann Lee,ann@example.com,0412345678,') },
  })
  // What failed can be read again, and its column of reasons is not doubled.
  if (!failed.ok) return
  const again = await rehearse(device, failed.value.csv)
  await apply(device, again.importId)
  const twice = await device.ask('import.failedRows', { importId: again.importId })
  expect(twice.ok && twice.value.csv.split('\r\n')[0]).toBe('Name,Email,Phone,Import problem')
})

test('R-3: what the server refuses comes back into the report', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const report = await importEverybody(device, 'Name,Email\npoison,p@example.com\nAnn Lee,ann@example.com\n')
  expect(report).toMatchObject({ counts: { created: 2 }, waiting: 2, refused: 0 })
  device.setOffline(false)
  await device.synced()
  expect(await reportOf(device, report.importId)).toMatchObject({
    counts: { created: 1, failed: 1 },
    waiting: 0,
    refused: 1,
  })
  const failed = await device.ask('import.failedRows', { importId: report.importId })
  expect(failed.ok && failed.value.csv).toContain('poison,p@example.com,')
  expect([...server.rows.values()].map(({ name }) => name)).toEqual(['Ann Lee'])
})

/** A second laptop, of somebody else in the company. */
async function otherDevice(server: FakeServer, role: Role) {
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser(role, `other-${role}`))
  await device.synced()
  return device
}

const TWO = 'Name,Email\nBob Ray,bob@example.com\nAnn Lee,ann@example.com\n'

test.each(['sales', 'manager'] as const)(
  'IO-4: %s take back what they imported, though they may not delete',
  async (role) => {
    const { server, user, device } = oneCompany({ role })
    await device.signIn(user)
    await device.synced()
    const { importId } = await importEverybody(device, TWO)
    await device.synced()
    expect(await device.ask('import.undo', { importId })).toMatchObject({
      ok: true,
      value: { removed: 2, notAllowed: 0 },
    })
    await device.synced()
    expect([...server.rows.values()].map(({ deletedAt }) => deletedAt !== null)).toEqual([true, true])
    expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: false, error: { code: 'undone' } })
  },
)

test('IO-4: whom others have worked with stays, unless it is asked for by somebody who may delete', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const { importId } = await importEverybody(device, TWO)
  await device.synced()
  const manager = await otherDevice(server, 'manager')
  const ann = [...server.rows.values()].find(({ name }) => name === 'Ann Lee')
  await manager.ask('customers.update', { id: ann?.id ?? '', changes: { notes: 'Called her' } })
  await manager.synced()
  await device.synced()
  for (const one of [device, manager]) {
    const preview = await one.ask('import.undoPreview', { importId })
    // Of a manager who has worked with somebody it is asked.
    const expected = one === manager ? { notAllowed: 0, editedSince: 1 } : { notAllowed: 1, editedSince: 0 }
    expect(preview).toMatchObject({ ok: true, value: { removed: 1, ...expected } })
  }
  const owner = await otherDevice(server, 'owner')
  const undone = await owner.ask('import.undo', { importId, editedToo: true })
  expect(undone).toMatchObject({ ok: true, value: { removed: 2, editedSince: 0 } })
  await owner.synced()
  expect([...server.rows.values()].every(({ deletedAt }) => deletedAt !== null)).toBe(true)
})

test('IO-4: who was edited meanwhile stays, and the one who undid it hears why', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const { importId } = await importEverybody(device, TWO)
  await device.synced()
  device.setOffline(true)
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: 2 } })
  const manager = await otherDevice(server, 'manager')
  const ann = [...server.rows.values()].find(({ name }) => name === 'Ann Lee')
  await manager.ask('customers.update', { id: ann?.id ?? '', changes: { notes: 'Called her' } })
  await manager.synced()
  device.setOffline(false)
  await device.synced()
  expect(server.rows.get(ann?.id ?? '')).toMatchObject({ deletedAt: null, notes: 'Called her' })
  const attention = await device.ask('attention.list', null)
  expect(attention).toMatchObject([{ kind: 'rejected', customerId: ann?.id, reason: 'Others have worked there.' }])
})

test('IO-4: on another computer replaced values come back from the log of the company', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  await importEverybody(device, TWO)
  await device.synced()
  const { importId } = await rehearse(
    device,
    'Name,Email,Phone\nBob Ray,bob@example.com,0301\nAnn Lee,ann@example.com,0302\n',
  )
  await device.ask('import.choose', { importId, kind: 'update', action: 'overwrite' })
  expect(await apply(device, importId)).toMatchObject({ counts: { updated: 2 } })
  await device.synced()
  const [bob, ann] = ['Bob Ray', 'Ann Lee'].map((name) => [...server.rows.values()].find((row) => row.name === name))
  // What the triggers of Postgres log. Of Ann nothing is known any more.
  server.records.put('activity', {
    id: 'b0000000-0000-4000-8000-000000000001',
    companyId: server.companyId,
    customerId: bob?.id ?? '',
    action: 'updated',
    changes: { phone: { from: null, to: bob?.phone } },
    userId: user.id,
    userName: user.name,
    at: bob?.updatedAt ?? '',
    rev: '0',
  })
  const manager = await otherDevice(server, 'manager')
  expect(await manager.ask('import.undo', { importId })).toMatchObject({
    ok: true,
    value: { restored: 1, elsewhere: 1 },
  })
  await manager.synced()
  expect([server.rows.get(bob?.id ?? '')?.phone, server.rows.get(ann?.id ?? '')?.phone]).toEqual([null, ann?.phone])
})

test('R-1: sales undo their own imports only', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const { importId } = await importEverybody(device, TWO)
  await device.synced()
  const sales = await otherDevice(server, 'sales')
  const reason = 'Sales can only undo their own imports.'
  expect(await sales.ask('import.history', null)).toMatchObject([{ importId, isMine: false, isHere: false }])
  expect(await sales.ask('import.undo', { importId })).toMatchObject({
    ok: false,
    error: { code: 'forbidden', message: reason },
  })
})

test('DB-8: nothing of an erased person is left in the journal of an import', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await importEverybody(device, 'Name,Email,Phone\nOttilie Kern,ottilie@example.com,\n')
  await device.synced()
  const { importId } = await rehearse(
    device,
    'Name,Email,Phone\nOttilie Kern,ottilie@example.com,0412345678\nOttilie Kern,broken,\n',
  )
  expect(await apply(device, importId)).toMatchObject({ counts: { updated: 1, failed: 1 } })
  await device.synced()
  const [row] = server.rows.values()
  server.erase(row?.id ?? '')
  await device.synced()
  await device.stop()
  expect(await storedText(device.disk)).not.toContain('Ottilie')
})

test('DB-8: an erased person leaves the journal also where the file writes them in another way', async () => {
  const { server, user, device } = oneCompany({ role: 'sales', rows: 1 })
  const [held] = server.rows.values()
  if (held === undefined) throw new Error('Nobody')
  const person = { ...held, name: 'Ottilie Kernbauer', email: 'ottilie@example.com', phone: '+61412345678' }
  server.restore([person], 'epoch-2')
  await device.signIn(user)
  await device.synced()
  const summary = await rehearse(
    device,
    'Last,First,Email,Phone\nKERNBAUER,Ottilie,OTTILIE@EXAMPLE.COM,0412 345 678\nKERNBAUER,Ottilie,broken-1,\nNobody,,broken-2,"(0412) 345-678"\nWolf,Cy,broken-3,\n',
    ['name', 'name', 'email', 'phone'],
  )
  const { importId } = summary
  expect(kindsOf(summary)).toMatchObject({ notAllowed: 1 })
  // Whatever the rows are found to be: none of them is written.
  for (const { kind, rows } of summary.kinds) {
    if (rows > 0) await device.ask('import.choose', { importId, kind, action: 'skip' })
  }
  await apply(device, importId)
  server.erase(held.id)
  await device.synced()
  await device.stop()
  const stored = await storedText(device.disk)
  expect(
    ['KERNBAUER', 'OTTILIE@EXAMPLE', '345 678', '345-678', 'broken-1', 'broken-2'].filter((text) =>
      stored.includes(text),
    ),
  ).toEqual([])
})
