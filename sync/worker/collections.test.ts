import { afterEach, expect, test } from 'vitest'
import { failWrites, type StorageFault } from '#database/local/testing/storage-faults.ts'
import { createCustomer, oneCompany } from '../testing/one-company.ts'
import { putQuote } from '../testing/rows.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

let fault: StorageFault | null = null
afterEach(() => {
  fault?.restore()
  fault = null
})
const id = (n: number) => `d0000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const instant = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

test('SY-1 SY-3: the history of a customer comes with the pull, newest first, is there offline and after a restart', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const customerId = await createCustomer(device, 'Ada')
  const other = await createCustomer(device, 'Bob')
  for (const [n, minute] of [3, 1, 2].entries()) putQuote(server, n, customerId, minute)
  putQuote(server, 9, other, 9)
  await device.synced()
  const numbers = async () =>
    (await device.ask('customers.history', { id: customerId })).quotes.rows.map((row) => row.number)
  expect(await numbers()).toEqual(['Q-0', 'Q-2', 'Q-1'])
  device.setOffline(true)
  await device.restart()
  expect(await numbers()).toEqual(['Q-0', 'Q-2', 'Q-1'])
})

test('SY-3: a row that is gone leaves, one that moved to another customer moves', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const [a, b] = [await createCustomer(device, 'Ada'), await createCustomer(device, 'Bob')]
  putQuote(server, 1, a, 1)
  putQuote(server, 2, a, 2)
  await device.synced()
  server.records.bury('quotes', id(1))
  putQuote(server, 2, b, 2)
  await device.synced()
  expect((await device.ask('customers.history', { id: a })).quotes).toEqual({ rows: [], total: 0 })
  expect((await device.ask('customers.history', { id: b })).quotes.total).toBe(1)
})

test('SY-2 SY-3: a first sync that breaks off in the middle goes on where it was and skips no row of any collection', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  const customerId = id(0)
  for (let n = 0; n < 700; n += 1) putQuote(server, n, customerId, n)
  device.start()
  let pulls = 0
  await device.signIn(user)
  if (device.network === null) throw new Error('not started')
  device.network.beforePull = (limit) => {
    pulls += 1
    expect(limit).toBeLessThanOrEqual(5_000)
    if (pulls === 1) device.setOffline(true)
  }
  await device.until((status) => status.phase.kind !== 'firstSync')
  await device.restart()
  device.setOffline(false)
  await device.synced(10_000)
  expect((await device.ask('customers.history', { id: customerId })).quotes.total).toBe(700)
})

test('UI-1: opening a customer is noted once a day, sent without being called a change, and refused without a word', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const customerId = await createCustomer(device, 'Ada')
  await device.synced()
  device.setOffline(true)
  for (let n = 0; n < 5; n += 1) await device.ask('customers.get', { id: customerId })
  expect((await device.ask('sync.status', null)).waiting).toBe(0)
  await device.restart()
  // The view is there and waits, but nobody would call it a change.
  expect((await device.ask('sync.status', null)).waiting).toBe(0)
  await device.ask('customers.get', { id: customerId })
  device.setOffline(false)
  const views = () => server.records.of('interactions').filter((row) => 'type' in row && row.type === 'view')
  await expect.poll(() => views().length).toBe(1)
  await device.ask('customers.get', { id: customerId })
  await device.synced()
  expect(views()).toHaveLength(1)
  device.clockOffset = server.clockOffset = 86_400_000
  await device.synced()
  await device.ask('customers.get', { id: customerId })
  // Nobody waits for a view: it goes with the next poll.
  await expect.poll(() => views().length).toBe(2)
  expect((await device.ask('sync.status', null)).attention).toBe(0)
})

test('SY-2: a restored server gets the changes that wait, and nothing of before stays', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const customerId = await createCustomer(device, 'Ada')
  putQuote(server, 1, customerId, 1)
  await device.synced()
  device.setOffline(true)
  await device.ask('records.change', {
    kind: 'filter.save',
    id: null,
    fields: { name: 'Mine', filter: {}, shared: false },
  })
  server.restore([...server.rows.values()], 'epoch-2')
  putQuote(server, 2, customerId, 2)
  device.setOffline(false)
  await device.synced()
  expect((await device.ask('customers.history', { id: customerId })).quotes.rows.map((row) => row.number)).toEqual([
    'Q-2',
  ])
  expect(server.records.of('savedFilters')).toMatchObject([{ name: 'Mine' }])
})

test('SY-6: with hints a change of somebody else is there at once; when they go down, with the next poll', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  const rep = server.addUser('manager', 'Ben')
  server.hints.set(true)
  const other = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(user)
  await other.signIn(rep)
  await device.synced()
  await other.synced()
  const arrives = async (name: string) => {
    const customerId = await createCustomer(other, name)
    // With hints the next poll would be half a minute away.
    await expect.poll(() => device.ask('customers.get', { id: customerId })).not.toBeNull()
  }
  await arrives('Hinted')
  server.hints.set(false)
  await arrives('Polled')
})

test('SY-3: rows that the disk refuses in the middle of a page come again after a restart: no checkpoint ran ahead', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  const customerId = id(0)
  for (let n = 0; n < 1_200; n += 1) putQuote(server, n, customerId, n)
  fault = failWrites((document) => document.key === `quotes:${id(700)}`)
  await device.signIn(user)
  await device.until((status) => status.phase.kind === 'failed')
  expect(fault.failed()).toBeGreaterThan(0)
  expect((await device.ask('customers.history', { id: customerId })).quotes.total).toBeLessThan(1_200)
  fault.restore()
  await device.restart()
  await device.synced(10_000)
  expect((await device.ask('customers.history', { id: customerId })).quotes.total).toBe(1_200)
})

test('UI-1: what was looked at on another machine is recent here, too', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const [a, b] = [await createCustomer(device, 'Ada'), await createCustomer(device, 'Bob')]
  await device.synced()
  await device.ask('customers.get', { id: a })
  server.records.put('interactions', {
    id: id(1),
    companyId: server.companyId,
    customerId: b,
    sessionId: null,
    type: 'view',
    at: instant(1),
    userId: user.id,
    userName: user.name,
    rev: '0',
  })
  await device.synced()
  const recent = async () => {
    const query = { search: '', filter: { view: 'recent' }, sort: { by: 'name', direction: 'asc' } } as const
    return (await device.ask('customers.window', { query, offset: 0, limit: 10 })).rows.map((row) => row.name).sort()
  }
  await expect.poll(recent).toEqual(['Ada', 'Bob'])
  await device.restart()
  expect(await recent()).toEqual(['Ada', 'Bob'])
})

test('SY-7: a replica that was never filled says so from the first moment, and is up to date only when its history is there, too', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  for (let n = 0; n < 11_000; n += 1) putQuote(server, n, id(0), n)
  device.start()
  await device.ask('app.open', { config: { supabaseUrl: 'http://server.example', publishableKey: 'public' } })
  if (device.network === null) throw new Error('not started')
  device.network.beforePull = () => new Promise((resolve) => setTimeout(resolve, 200))
  await device.signIn(user)
  await device.until((status) => status.phase.kind === 'upToDate', 20_000)
  const kinds = () =>
    device.notices.flatMap(({ name, body }) =>
      name === 'sync.status' ? [(body as { phase: { kind: string } }).phase.kind] : [],
    )
  await expect.poll(kinds).toContain('upToDate')
  expect(kinds().filter((kind, at, all) => kind !== all[at - 1])).toEqual(['firstSync', 'firstHistory', 'upToDate'])
  expect((await device.ask('customers.history', { id: id(0) })).quotes.total).toBe(11_000)
})
