import { expect, test } from 'vitest'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }

function device(server: FakeServer): TestDevice {
  const made = watchedDevice({ createBackend: fakeBackend(server) })
  return made
}
const names = async (on: TestDevice, query: ListQuery = ALL) =>
  (await on.ask('customers.window', { query, offset: 0, limit: 100 })).rows.map((row) => row.name)

test('SY-1 SY-2: first sync, edits offline, a restart without a network, and both devices agree in the end', async () => {
  const server = new FakeServer()
  const owner = server.addUser('owner', 'olga')
  const manager = server.addUser('manager', 'mia')
  const a = device(server)
  await a.signIn(owner)
  await a.synced()
  const created = await a.ask('customers.create', { fields: fieldsOf('Ada Lovelace') })
  if (!created.ok) throw new Error(created.error.message)
  await a.synced()
  const b = device(server)
  await b.signIn(manager)
  await b.synced()
  expect(await names(b)).toEqual(['Ada Lovelace'])

  a.setOffline(true)
  expect(await a.ask('customers.update', { id: created.value.id, changes: { email: 'ada@example.com' } })).toEqual({
    ok: true,
    value: null,
  })
  await a.ask('customers.create', { fields: fieldsOf('Grace Hopper') })
  const state = await a.restart()
  expect(state.kind).toBe('signedIn')
  expect(await names(a)).toEqual(['Ada Lovelace', 'Grace Hopper'])
  expect((await a.ask('sync.status', null)).waiting).toBe(2)

  await b.ask('customers.update', { id: created.value.id, changes: { phone: '+61 2 1234 5678' } })
  await b.synced()
  a.setOffline(false)
  await a.synced()
  await a.synced()
  await b.synced()
  for (const on of [a, b]) {
    const detail = await on.ask('customers.get', { id: created.value.id })
    expect(detail?.customer).toMatchObject({ email: 'ada@example.com', phone: '+61 2 1234 5678' })
    expect(detail?.conflicts).toEqual([])
    expect(await names(on)).toEqual(['Ada Lovelace', 'Grace Hopper'])
  }
  expect(server.rows.size).toBe(2)
})

test('SE-1 UI-1: the window searches, sorts and filters what is in the replica', async () => {
  const server = new FakeServer()
  const owner = server.addUser('owner', 'olga')
  const rows = ['Zoë', 'adam', 'Ábel', 'Bea'].map((name, index) => ({
    ...emptyCustomer(`00000000-0000-4000-8000-00000000000${index}`, server.companyId),
    name,
    conversationCount: index,
  }))
  server.restore(rows, 'epoch-1')
  const a = device(server)
  await a.signIn(owner)
  await a.synced()
  expect(await names(a)).toEqual(['Ábel', 'adam', 'Bea', 'Zoë'])
  expect(await names(a, { ...ALL, sort: { by: 'conversations', direction: 'desc' } })).toEqual([
    'Bea',
    'Ábel',
    'adam',
    'Zoë',
  ])
  expect(await names(a, { ...ALL, search: 'zoe', sort: { by: 'relevance', direction: 'desc' } })).toEqual(['Zoë'])
  expect(await names(a, { ...ALL, filter: { view: 'mine' } })).toEqual([])
  await a.ask('customers.get', { id: rows[3]?.id ?? '' })
  expect(await names(a, { ...ALL, filter: { view: 'recent' } })).toEqual(['Bea'])
  expect(await a.ask('customers.position', { query: ALL, id: rows[0]?.id ?? '' })).toBe(3)
})

test('SY-6: a page that wakes up makes the worker sync at once, over a new connection for hints', async () => {
  const server = new FakeServer()
  server.hints.set(true)
  const a = device(server)
  await a.signIn(server.addUser('owner', 'olga'))
  await a.synced()
  await expect.poll(() => server.hints.connections).toBe(1)
  const { pulls = 0 } = a.network ?? {}
  // The connection has died in its sleep, and nobody has heard of it.
  server.hints.isDumb = true
  server.restore(
    [{ ...emptyCustomer('00000000-0000-4000-8000-000000000009', server.companyId), name: 'Ada' }],
    'epoch-2',
  )
  const tries = server.hints.tries
  await a.ask('sync.wake', null)
  await expect.poll(() => names(a)).toEqual(['Ada'])
  expect(a.network?.pulls).toBeGreaterThan(pulls)
  expect(server.hints.tries).toBe(tries + 1)
})

test('SY-7: a change that waits is in the status before its command is answered, however lately the status was told', async () => {
  const server = new FakeServer()
  const a = device(server)
  await a.signIn(server.addUser('owner', 'olga'))
  await a.synced()
  a.setOffline(true)
  await a.ask('customers.create', { fields: fieldsOf('Ada Lovelace') })
  const told = a.notices.filter(({ name }) => name === 'sync.status')
  expect(told.at(-1)?.body).toMatchObject({ waiting: 1 })
})
