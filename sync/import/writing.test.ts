import { expect, test } from 'vitest'
import { apply, ended, kindsOf, rehearse, reportOf } from '../testing/import-files.ts'
import { createCustomer, customerId, oneCompany } from '../testing/one-company.ts'
import { openedImports } from '../testing/opened-imports.ts'
import type { TestDevice } from '../testing/test-device.ts'

async function signedIn() {
  const company = oneCompany()
  await company.device.signIn(company.user)
  await company.device.synced()
  return company
}

/** Somebody with a mailbox. */
async function annLee(device: TestDevice): Promise<string> {
  const id = await createCustomer(device, 'Ann Lee')
  await device.ask('customers.update', { id, changes: { email: 'ann@example.com' } })
  await device.synced()
  return id
}

async function shown(device: TestDevice, id: string) {
  return (await device.ask('customers.get', { id }))?.customer
}

test('IO-3: an import that is started twice at once is written once, and can be undone', async () => {
  const { server, device } = await signedIn()
  const id = await annLee(device)
  const { importId } = await rehearse(
    device,
    'Name,Email,Phone\nAnn Lee,ann@example.com,0412345678\nBob Ray,bob@example.com,\n',
  )
  const ask = () => device.ask('import.apply', { importId })
  expect(await Promise.all([ask(), ask()])).toMatchObject([{ ok: true }, { ok: true }])
  const counts = { created: 1, updated: 1, unchanged: 0 }
  expect(await ended(device, importId)).toMatchObject({ state: 'done', counts })
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: 1, restored: 1 } })
  await device.synced()
  expect(server.rows.get(id)?.phone).toBeNull()
})

test('PF-7: an import is being written from its start to its end, and not while it is paused', async () => {
  const { desk, writer, store } = await openedImports()
  const rows = Array.from({ length: 1_500 }, (_, n) => `Number${n},p${n}@example.com\n`)
  const opened = await desk.open(new Blob([`Name,Email\n${rows.join('')}`]), 'list.csv')
  if (!opened.ok) throw new Error(opened.error.message)
  const { importId } = opened.value
  await desk.rehearse(importId, ['name', 'email'])
  expect(writer.isWriting).toBe(false)
  const applied = writer.apply(importId)
  expect(writer.isWriting).toBe(true)
  await applied
  writer.pause(importId)
  await expect.poll(() => writer.isWriting).toBe(false)
  const resumed = writer.resume(importId)
  expect(writer.isWriting).toBe(true)
  await resumed
  await expect.poll(() => store.customers.size).toBe(1_500)
  await expect.poll(() => writer.isWriting).toBe(false)
  await writer.stop()
  await store.close()
})

test('R-1: whoever may not create customers any more does not go on with an import', async () => {
  const { user, device } = await signedIn()
  const list = `Name\n${Array.from({ length: 1_200 }, (_, n) => `Person ${n}`).join('\n')}\n`
  const { importId } = await rehearse(device, list)
  await device.ask('import.apply', { importId })
  await device.ask('import.pause', { importId })
  await ended(device, importId)
  user.role = 'analyst'
  await device.restart()
  await device.until((status) => status.phase.kind === 'upToDate')
  const resumed = await device.ask('import.resume', { importId, file: new Blob([list]) })
  expect(resumed).toMatchObject({ ok: false, error: { code: 'forbidden' } })
})

test.each([
  ['stay when they are synced', false],
  ['go when they are undone', true],
])('SY-4: what two rows say of a customer with a pending merge is all there, and they %s', async (_, undoes) => {
  const { server, device } = await signedIn()
  const id = await annLee(device)
  const source = await createCustomer(device, 'Anna Leeds')
  await device.ask('customers.update', { id: source, changes: { notes: 'From the fair' } })
  await device.synced()
  device.setOffline(true)
  const merged = await device.ask('records.change', {
    kind: 'merge.make',
    targetId: id,
    sourceIds: [source],
    choices: {},
  })
  expect(merged.ok).toBe(true)
  const summary = await rehearse(
    device,
    'Name,Email,Phone,Address\nAnn Lee,ann@example.com,0412345678,\nAnn Lee,ann@example.com,,Kiel\n',
  )
  const { importId } = summary
  expect(kindsOf(summary)).toEqual({ update: 2 })
  expect(await apply(device, importId)).toMatchObject({ counts: { updated: 2 } })
  expect(await shown(device, id)).toMatchObject({
    phone: expect.stringContaining('412'),
    address: 'Kiel',
    notes: 'From the fair',
  })
  if (undoes) expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { restored: 2 } })
  const expected = undoes ? { phone: null, address: null } : { phone: expect.stringContaining('412'), address: 'Kiel' }
  expect(await shown(device, id)).toMatchObject(expected)
  device.setOffline(false)
  await device.synced()
  expect(server.rows.get(id)).toMatchObject({ ...expected, notes: 'From the fair' })
})

test('IO-2: a row of which only a part is taken says what was left', async () => {
  const { device } = await signedIn()
  const id = await annLee(device)
  await device.ask('customers.update', { id, changes: { notes: 'Prefers mornings' } })
  await device.synced()
  const { importId } = await rehearse(
    device,
    'Name,Email,Phone,Notes\nAnn Lee,ann@example.com,0412345678,Prefers evenings\n',
  )
  expect(await apply(device, importId)).toMatchObject({ counts: { updated: 1 } })
  const rows = await device.ask('import.reportRows', { importId, outcome: 'updated', offset: 0, limit: 10 })
  expect(rows).toMatchObject({
    ok: true,
    value: { rows: [{ reason: 'Left as it is: the customer has another notes.' }] },
  })
})

test('IO-4: a value that breaks rules of today comes back as it was', async () => {
  const { server, user, device } = oneCompany({ rows: 1 })
  const [held] = server.rows.values()
  if (held === undefined) throw new Error('Nobody')
  const phone = '+61412345678'
  server.restore([{ ...held, name: 'Ann Lee', phone, email: 'no mailbox' }], 'epoch-2')
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const { importId } = await rehearse(device, 'Name,Email,Phone\nAnn Lee,ann@example.com,0412 345 678\n')
  await device.ask('import.choose', { importId, kind: 'update', action: 'overwrite' })
  expect(await apply(device, importId)).toMatchObject({ counts: { updated: 1 } })
  expect(await reportOf(device, importId)).toMatchObject({ counts: { updated: 1 } })
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { restored: 1 } })
  expect((await shown(device, customerId(0)))?.email).toBe('no mailbox')
})
