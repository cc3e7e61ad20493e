import { expect, test } from 'vitest'
import type { RequestInput } from '#shared/replica-api/contract.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { customerId, oneCompany } from '../testing/one-company.ts'
import type { TestDevice } from '../testing/test-device.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }
const EVERYBODY: RequestInput<'export.open'> = {
  format: 'csv',
  scope: { kind: 'query', query: ALL },
  columns: ['name', 'email'],
}

async function readAll(device: TestDevice, exportId: string): Promise<string[]> {
  const pieces: string[] = []
  for (;;) {
    const next = await device.ask('export.next', { exportId })
    if (!next.ok) throw new Error(next.error.message)
    if (next.value.text === null) return pieces
    pieces.push(next.value.text)
  }
}

test('IO-5: an export is in the company’s log before its first row, and comes piece by piece', async () => {
  const { server, user, device } = oneCompany({ role: 'manager', rows: 1_500 })
  await device.signIn(user)
  await device.synced()
  const opened = await device.ask('export.open', EVERYBODY)
  expect(opened).toMatchObject({ ok: true, value: { rows: 1_500 } })
  expect(server.exports).toEqual([{ format: 'csv', rows: 1_500 }])
  if (!opened.ok) return
  const pieces = await readAll(device, opened.value.exportId)
  expect(pieces.length).toBe(3)
  const lines = pieces.join('').trimEnd().split('\r\n')
  expect(lines[0]).toBe('\ufeffName,Email')
  expect(lines.slice(1).sort()).toEqual([...server.rows.values()].map(({ name }) => `${name},`).sort())
  expect(await device.ask('export.next', opened.value)).toMatchObject({ ok: false, error: { code: 'not_found' } })
})

test('IO-5: a selection is exported; whoever is deleted before their piece is read is left out', async () => {
  const { user, device } = oneCompany({ rows: 3 })
  await device.signIn(user)
  await device.synced()
  const scope = { kind: 'ids' as const, ids: [customerId(2), customerId(0)] }
  const opened = await device.ask('export.open', { ...EVERYBODY, scope, columns: ['name'] })
  if (!opened.ok) throw new Error(opened.error.message)
  await device.ask('customers.delete', { id: customerId(0) })
  expect((await readAll(device, opened.value.exportId)).join('')).toBe('\ufeffName\r\nCustomer 2\r\n')
})

test.each([
  ['sales', false, 'forbidden'],
  ['owner', true, 'unreachable'],
] as const)('IO-5: nothing leaves for %s (offline: %s): %s', async (role, isOffline, code) => {
  const { server, user, device } = oneCompany({ role, rows: 2 })
  await device.signIn(user)
  await device.synced()
  device.setOffline(isOffline)
  expect(await device.ask('export.open', EVERYBODY)).toMatchObject({ ok: false, error: { code } })
  expect(server.exports).toEqual([])
})
