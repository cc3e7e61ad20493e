import { afterEach, expect, test } from 'vitest'
import { failWrites, type StorageFault } from '#database/local/testing/storage-faults.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import type { Mutation } from '#shared/sync-protocol/push.ts'
import { SyncError } from '../replication/sync-error.ts'
import { emptyCustomer, FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }
let fault: StorageFault | null = null
afterEach(() => {
  fault?.restore()
  fault = null
})

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
function setUp(rows = 0) {
  const server = new FakeServer()
  const owner = server.addUser('owner', 'olga')
  server.restore(
    Array.from({ length: rows }, (_, n) => ({ ...emptyCustomer(id(n), server.companyId), name: `Customer ${n}` })),
    'epoch-1',
  )
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  return { server, owner, device }
}
const all = async (device: TestDevice) =>
  (await device.ask('customers.window', { query: ALL, offset: 0, limit: 1 })).all
const flow = (device: TestDevice) => {
  if (device.network === null) throw new Error('Not started')
  return device.network
}

test('SY-3: a write that fails in the middle of a page stops the pull before its checkpoint, and no row is missing afterwards', {
  timeout: 20_000,
}, async () => {
  const { server, owner, device } = setUp(1_100)
  let writes = 0
  fault = failWrites((value) => {
    if (typeof value.id !== 'string' || !value.id.startsWith('00000000-')) return false
    writes += 1
    return writes === 1_050
  })
  await device.signIn(owner)
  const stuck = await device.until((status) => status.phase.kind === 'failed')
  expect(stuck.phase).toMatchObject({
    error: { code: 'storage_full', message: expect.stringContaining('Free some space') },
    retryAt: null,
  })
  expect(fault.failed()).toBe(1)
  // Nothing goes on although the disk works again: memory and disk may differ until it is read anew.
  await device.ask('sync.now', null)
  expect((await device.ask('customers.create', { fields: fieldsOf('Too late') })).ok).toBe(false)
  expect((await device.ask('sync.status', null)).phase.kind).toBe('failed')
  await device.restart()
  await device.synced()
  expect(await all(device)).toBe(server.rows.size)
  await device.restart()
  expect(await all(device)).toBe(1_100)
})

test('SY-2: a command that could not be stored says so and shows nothing', async () => {
  const { owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  fault = failWrites((value) => typeof value.id === 'string')
  const answer = await device.ask('customers.create', { fields: fieldsOf('Unlucky') })
  expect(answer).toMatchObject({ ok: false, error: { code: 'storage_full' } })
  expect(await all(device)).toBe(0)
  fault.restore()
  await device.restart()
  expect(await all(device)).toBe(0)
})

test('SY-2: a lost answer is asked for again with the same content, and the server applies it once', async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  const network = flow(device)
  network.loseAnswers = 1
  const created = await device.ask('customers.create', { fields: fieldsOf('Once') })
  if (!created.ok) throw new Error(created.error.message)
  await device.until((status) => status.phase.kind === 'offline')
  // An edit meanwhile must not change what may already be on the server.
  await device.ask('customers.update', { id: created.value.id, changes: { phone: '42' } })
  await device.synced()
  const [first, second, third] = network.pushes
  expect(second).toEqual(first)
  expect(third?.map((mutation) => mutation.op)).toEqual(['update'])
  expect(server.rows.size).toBe(1)
  expect(server.rows.get(created.value.id)).toMatchObject({ name: 'Once', phone: '42' })
  expect([...server.applied.values()]).toEqual([1, 1])
})

test('SY-2: a crash between the server applying a push and its verdict being stored repeats it harmlessly', async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  const created = await device.ask('customers.create', { fields: fieldsOf('Twice sent') })
  if (!created.ok) throw new Error(created.error.message)
  const network = flow(device)
  network.beforePush = () => {
    fault = failWrites((value) => value.id === created.value.id)
  }
  device.setOffline(false)
  await device.until((status) => status.phase.kind === 'failed')
  const [sent] = network.pushes
  fault?.restore()
  await device.restart()
  await device.synced()
  expect(flow(device).pushes[0]).toEqual(sent)
  expect(server.rows.size).toBe(1)
  expect([...server.applied.values()]).toEqual([1])
})

test('SY-2: the mark that a mutation is under way is stored before the request leaves', async () => {
  const { owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  const created = await device.ask('customers.create', { fields: fieldsOf('Marked') })
  if (!created.ok) throw new Error(created.error.message)
  fault = failWrites((value) => value.id === created.value.id)
  device.setOffline(false)
  await device.until((status) => status.phase.kind === 'failed')
  expect(flow(device).pushes).toEqual([])
})

test('SY-2: an edit made while its customer is being pushed goes out as a change of its own', async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  const created = await device.ask('customers.create', { fields: fieldsOf('Busy') })
  if (!created.ok) throw new Error(created.error.message)
  const network = flow(device)
  network.beforePush = async (mutations: readonly Mutation[]) => {
    if (mutations[0]?.op !== 'create') return
    expect(
      await device.ask('customers.update', { id: created.value.id, changes: { phone: '7', name: 'Busier' } }),
    ).toMatchObject({ ok: true })
  }
  device.setOffline(false)
  await device.synced()
  expect(network.pushes.map((batch) => batch.map((mutation) => mutation.op))).toEqual([['create'], ['update']])
  expect(server.rows.get(created.value.id)).toMatchObject({ name: 'Busier', phone: '7' })
})

test('SY-2 SY-4: a clock that was set back neither holds edits back nor makes them look old', async () => {
  const { server, owner, device } = setUp(1)
  device.clockOffset = 86_400_000
  await device.signIn(owner)
  await device.synced()
  await device.ask('customers.update', { id: id(0), changes: { phone: 'first' } })
  await device.synced()
  device.setOffline(true)
  device.clockOffset = -86_400_000
  const before = server.now
  await device.restart()
  await device.ask('customers.update', { id: id(0), changes: { phone: 'second' } })
  device.setOffline(false)
  await device.synced()
  expect(server.rows.get(id(0))?.phone).toBe('second')
  const sent = flow(device).pushes.flat().at(-1)
  expect(Date.parse(sent?.editedAt ?? '')).toBeGreaterThanOrEqual(before - 2_000)
})

test('SY-3: a row that makes the server fail delays no other', { timeout: 20_000 }, async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  for (let n = 0; n < 40; n += 1)
    await device.ask('customers.create', { fields: fieldsOf(n === 17 ? 'crash' : `Fine ${n}`) })
  flow(device).beforePush = (mutations) => {
    if (mutations.some((mutation) => mutation.op === 'create' && mutation.changes.name === 'crash')) {
      throw new SyncError('bad_request', 'The server stumbled.')
    }
  }
  device.setOffline(false)
  const status = await device.until((now) => now.phase.kind === 'failed')
  expect(status).toMatchObject({ waiting: 1, phase: { error: { code: 'server_error' } } })
  expect(server.rows.size).toBe(39)
})

test('SY-3: rows that make the server fail, however many, delay neither the others nor what colleagues did', {
  timeout: 30_000,
}, async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  for (let n = 0; n < 30; n += 1)
    await device.ask('customers.create', { fields: fieldsOf(n < 8 ? 'crash' : `Fine ${n}`) })
  flow(device).beforePush = (mutations) => {
    if (mutations.some((mutation) => mutation.op === 'create' && mutation.changes.name === 'crash')) {
      throw new SyncError('bad_request', 'The server stumbled.')
    }
  }
  const colleague = server.transportFor(owner)
  const mutationId = crypto.randomUUID()
  const at = new Date().toISOString()
  const changes = fieldsOf('From a colleague')
  await colleague.push(server.companyId, [
    { op: 'create', mutationId, id: id(99), changes, source: 'manual', createdAt: at, editedAt: at },
  ])
  device.setOffline(false)
  await device.until((now) => now.waiting === 8 && now.phase.kind === 'failed', 20_000)
  expect(server.rows.size).toBe(23)
  expect(await device.ask('customers.get', { id: id(99) })).toMatchObject({ customer: { name: 'From a colleague' } })
  expect((await device.ask('sync.status', null)).phase).toMatchObject({ error: { code: 'server_error' } })
})

test('R-3 SY-3: a refused row is kept with its reason, can be corrected and sent again, and delays no other', async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  const bad = await device.ask('customers.create', { fields: { ...fieldsOf('poison'), phone: '1' } })
  await device.ask('customers.create', { fields: fieldsOf('Good') })
  await device.synced()
  if (!bad.ok) throw new Error(bad.error.message)
  expect([...server.rows.values()].map((row) => row.name)).toEqual(['Good'])
  expect(await all(device)).toBe(1)
  expect(await device.ask('attention.list', null)).toMatchObject([
    {
      kind: 'rejected',
      op: 'create',
      code: 'invalid',
      reason: 'This name is not allowed.',
      field: 'name',
      current: null,
      changes: { name: 'poison', phone: '1' },
    },
  ])
  await device.restart()
  expect(await device.ask('attention.resend', { customerId: bad.value.id, changes: { name: 'Cured' } })).toEqual({
    ok: true,
    value: null,
  })
  await device.synced()
  expect(server.rows.get(bad.value.id)).toMatchObject({ name: 'Cured', phone: '1' })
  expect(await device.ask('attention.list', null)).toEqual([])
  const worse = await device.ask('customers.create', { fields: fieldsOf('poison') })
  await device.synced()
  if (!worse.ok) throw new Error(worse.error.message)
  await device.ask('attention.discard', { customerId: worse.value.id })
  expect((await device.ask('sync.status', null)).attention).toBe(0)
})

test('SY-8: a server of another version is told in the status, and nothing is lost', async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  server.protocol = 2
  await device.ask('customers.create', { fields: fieldsOf('Patient') })
  const status = await device.until((now) => now.phase.kind === 'failed')
  expect(status.phase).toMatchObject({ error: { code: 'version_mismatch' } })
  expect(status.waiting).toBe(1)
  server.protocol = 1
  await device.synced()
  expect(server.rows.size).toBe(1)
})

test('SY-3: after a restore of the server the replica starts over and keeps unsent edits', async () => {
  const { server, owner, device } = setUp(3)
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.update', { id: id(1), changes: { phone: 'kept' } })
  const kept = [0, 1].map((n) => ({ ...emptyCustomer(id(n), server.companyId), name: `Restored ${n}` }))
  server.restore(kept, 'epoch-2')
  device.setOffline(false)
  await device.synced()
  await device.synced()
  const { rows } = await device.ask('customers.window', { query: ALL, offset: 0, limit: 10 })
  expect(rows.map((row) => [row.name, row.phone])).toEqual([
    ['Restored 0', null],
    ['Restored 1', 'kept'],
  ])
})

test('SY-2: what a push has brought is not written again by the pull behind it', async () => {
  const { owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  let writes = 0
  fault = failWrites((value) => {
    if (typeof value.id === 'string' && value.id.includes('-')) writes += 1
    return false
  })
  await device.ask('customers.create', { fields: fieldsOf('Thrice') })
  await device.synced()
  // The creation, the mark that it is under way, the verdict.
  expect(writes).toBe(3)
})

test('SY-3: verdicts about other mutations than were sent are not believed', async () => {
  const { server, owner, device } = setUp()
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('One') })
  await device.ask('customers.create', { fields: fieldsOf('Two') })
  const network = flow(device)
  network.change = (answer) => ({ ...answer, verdicts: answer.verdicts.toReversed() })
  device.setOffline(false)
  const status = await device.until((now) => now.phase.kind === 'failed')
  expect(status).toMatchObject({ waiting: 2, phase: { error: { code: 'version_mismatch' } } })
  network.change = (answer) => answer
  await device.synced()
  expect(server.rows.size).toBe(2)
  expect([...server.applied.values()]).toEqual([1, 1])
})

test('SY-3: on a network too slow for large pages the first sync ends with smaller ones', {
  timeout: 20_000,
}, async () => {
  const { server, owner, device } = setUp(900)
  const limits: number[] = []
  device.start()
  await device.ask('app.open', { config: { supabaseUrl: 'http://server.example', publishableKey: 'public' } })
  flow(device).beforePull = (limit) => {
    limits.push(limit)
    if (limit > 400) throw new SyncError('unreachable', 'Too slow.', { timedOut: true })
  }
  await device.signIn(owner)
  await device.until((status) => status.phase.kind === 'upToDate', 15_000)
  expect(limits.slice(0, 3)).toEqual([5_000, 1_250, 312])
  expect(await all(device)).toBe(server.rows.size)
})
