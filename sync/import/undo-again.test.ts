import { expect, test } from 'vitest'
import type { FakeServer } from '../testing/fake-server.ts'
import { ended, importEverybody, rehearse } from '../testing/import-files.ts'
import { countCustomers, oneCompany } from '../testing/one-company.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const TWO = 'Name,Email\nBob Ray,bob@example.com\nAnn Lee,ann@example.com\n'

/** Writes into the only import of the company, as another computer does. */
function changeBatch(server: FakeServer, changes: object): void {
  const [batch] = server.records.of('importBatches')
  if (batch === undefined) throw new Error('No import')
  server.records.put('importBatches', { ...batch, ...changes })
}

async function managerOf(server: FakeServer) {
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('manager', 'mona'))
  await device.synced()
  return device
}

test('IO-4: an undo waits until the server knows of the import that it names', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  await device.synced()
  server.records.breaksAt = () => true
  const { importId } = await importEverybody(device, TWO)
  await device.until(({ phase }) => phase.kind === 'failed' && server.rows.size === 2)
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: 2 } })
  server.records.breaksAt = () => false
  await device.synced()
  expect([...server.rows.values()].map(({ deletedAt }) => deletedAt !== null)).toEqual([true, true])
  expect(await device.ask('attention.list', null)).toEqual([])
})

test('IO-4: a refused undo that is sent again is still one, for who may not delete', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const { importId } = await importEverybody(device, TWO)
  await device.synced()
  const [row] = server.rows.values()
  if (row === undefined) throw new Error('Nobody came')
  device.setOffline(true)
  await device.ask('import.undo', { importId })
  // Somebody calls them meanwhile, and takes it back.
  server.rows.set(row.id, { ...row, conversationCount: 1 })
  device.setOffline(false)
  await device.synced()
  expect(await device.ask('attention.list', null)).toMatchObject([{ kind: 'rejected', customerId: row.id }])
  server.rows.set(row.id, row)
  expect(await device.ask('attention.resend', { customerId: row.id })).toMatchObject({ ok: true })
  await device.synced()
  expect(server.rows.get(row.id)?.deletedAt).not.toBeNull()
  expect(await device.ask('attention.list', null)).toEqual([])
})

test('IO-4: what runs on another computer is not undone half-way', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const { importId } = await importEverybody(device, TWO)
  await device.synced()
  // As it was begun.
  changeBatch(server, { createdCount: 0, endedAt: null })
  const manager = await managerOf(server)
  expect(await manager.ask('import.undo', { importId })).toMatchObject({ ok: false, error: { code: 'running' } })
  changeBatch(server, { createdCount: 2, endedAt: new Date().toISOString() })
  await manager.synced()
  expect(await manager.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: 2 } })
})

test('IO-4: who came in after an import was undone can be taken back like the rest', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const { importId } = await importEverybody(device, TWO)
  await device.synced()
  changeBatch(server, { undoneAt: new Date().toISOString() })
  const manager = await managerOf(server)
  await device.synced()
  for (const one of [manager, device]) {
    expect(await one.ask('import.undoPreview', { importId })).toMatchObject({ ok: true, value: { removed: 2 } })
  }
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: 2 } })
  await device.synced()
  await manager.synced()
  expect([...server.rows.values()].every(({ deletedAt }) => deletedAt !== null)).toBe(true)
  for (const one of [manager, device]) {
    expect(await one.ask('import.undo', { importId })).toMatchObject({ ok: false, error: { code: 'undone' } })
  }
})

test('IO-4: an import that was undone elsewhere writes nothing more, and what it wrote goes too', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const rows = Array.from({ length: 1_500 }, (_, n) => `Number${n} ${n * 7},p${n}@example.com\n`)
  const { importId } = await rehearse(device, `Name,Email\n${rows.join('')}`)
  await device.ask('import.apply', { importId })
  await device.ask('import.pause', { importId })
  expect(await ended(device, importId)).toMatchObject({ state: 'paused' })
  await device.synced()
  changeBatch(server, { undoneAt: new Date().toISOString() })
  await device.synced()
  const written = await countCustomers(device)
  expect(written).toBeLessThan(1_500)
  await device.ask('import.resume', { importId })
  const told = () => device.notices.findLast(({ name }) => name === 'import.progress')?.body
  await expect.poll(told).toMatchObject({ state: 'failed', error: { code: 'undone' } })
  await device.ask('import.cancel', { importId })
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: written } })
  await device.synced()
  expect(await countCustomers(device)).toBe(0)
})
