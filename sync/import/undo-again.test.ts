import { expect, test } from 'vitest'
import { importEverybody } from '../testing/import-files.ts'
import { oneCompany } from '../testing/one-company.ts'

const TWO = 'Name,Email\nBob Ray,bob@example.com\nAnn Lee,ann@example.com\n'

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
