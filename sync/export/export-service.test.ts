import { expect, test } from 'vitest'
import type { RequestInput } from '#shared/replica-api/contract.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { ok } from '#shared/util/result.ts'
import { CustomerTable } from '../list/customer-table.ts'
import { LIST_NOW, LIST_USER, listCustomer, searchFinding } from '../testing/list-customers.ts'
import { customerId, oneCompany } from '../testing/one-company.ts'
import type { TestDevice } from '../testing/test-device.ts'
import { ExportService } from './export-service.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }
const EVERYBODY: RequestInput<'export.open'> = {
  format: 'csv',
  scope: { kind: 'all', query: ALL, except: [] },
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
  const scope = { kind: 'some' as const, ids: [customerId(2), customerId(0)] }
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

test('IO-5: however long an export is, who leaves the list while it is opened takes nobody else along', async () => {
  const customers = new Map(Array.from({ length: 20_050 }, (_, n) => [customerId(n), listCustomer(n)]))
  const table = new CustomerTable(
    searchFinding(() => []),
    LIST_USER,
    () => LIST_NOW,
    () => 'AU',
  )
  table.apply({ put: [...customers.values()], removed: [] })
  const service = new ExportService({
    customer: (id) => customers.get(id),
    ids: (query) => table.ids(query),
    record: async () => {
      remove(customerId(10_500))
      return ok(null)
    },
    newId: () => 'export',
  })
  const remove = (id: string) => {
    customers.delete(id)
    table.apply({ put: [], removed: [id] })
  }
  const opening = service.open('csv', { kind: 'all', query: ALL, except: [] }, ['name'])
  remove(customerId(10_400))
  expect(await opening).toMatchObject({ ok: true, value: { rows: 20_050 } })
  const lines: string[] = []
  for (;;) {
    const next = service.next('export')
    if (!next.ok || next.value.text === null) break
    lines.push(...next.value.text.trimEnd().split('\r\n'))
  }
  const names = lines.slice(1)
  expect([new Set(names).size, names.length]).toEqual([20_048, 20_048])
  expect(names).toContain('Anna Berger 20049')
})
