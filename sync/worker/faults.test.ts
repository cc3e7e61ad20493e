import { expect, test } from 'vitest'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import type { Mutation } from '#shared/sync-protocol/push.ts'
import { SyncError } from '../replication/sync-error.ts'
import { countCustomers, customerId, networkOf, oneCompany } from '../testing/one-company.ts'
import { fieldsOf } from '../testing/rows.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }

test('SY-2: a lost answer is asked for again with the same content, and the server applies it once', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  const network = networkOf(device)
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

test('SY-2: an edit made while its customer is being pushed goes out as a change of its own', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const created = await device.ask('customers.create', { fields: fieldsOf('Busy') })
  if (!created.ok) throw new Error(created.error.message)
  const network = networkOf(device)
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
  const { server, user, device } = oneCompany({ rows: 1 })
  device.clockOffset = 86_400_000
  await device.signIn(user)
  await device.synced()
  await device.ask('customers.update', { id: customerId(0), changes: { phone: 'first' } })
  await device.synced()
  device.setOffline(true)
  device.clockOffset = -86_400_000
  const before = server.now
  await device.restart()
  await device.ask('customers.update', { id: customerId(0), changes: { phone: 'second' } })
  device.setOffline(false)
  await device.synced()
  expect(server.rows.get(customerId(0))?.phone).toBe('second')
  const sent = networkOf(device).pushes.flat().at(-1)
  expect(Date.parse(sent?.editedAt ?? '')).toBeGreaterThanOrEqual(before - 2_000)
})

test('SY-3: a row that makes the server fail delays no other', { timeout: 20_000 }, async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  for (let n = 0; n < 40; n += 1)
    await device.ask('customers.create', { fields: fieldsOf(n === 17 ? 'crash' : `Fine ${n}`) })
  networkOf(device).beforePush = (mutations) => {
    if (mutations.some((mutation) => mutation.op === 'create' && mutation.changes.name === 'crash')) {
      throw new SyncError('bad_request', 'The server stumbled.')
    }
  }
  device.setOffline(false)
  const status = await device.until((now) => now.phase.kind === 'failed')
  expect(status).toMatchObject({ waiting: 1, phase: { error: { code: 'server_error' } } })
  expect(server.rows.size).toBe(39)
})

test('SY-3: rows that make the server fail, however many, delay neither the others nor what colleagues did', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  for (let n = 0; n < 30; n += 1)
    await device.ask('customers.create', { fields: fieldsOf(n < 8 ? 'crash' : `Fine ${n}`) })
  networkOf(device).beforePush = (mutations) => {
    if (mutations.some((mutation) => mutation.op === 'create' && mutation.changes.name === 'crash')) {
      throw new SyncError('bad_request', 'The server stumbled.')
    }
  }
  const colleague = server.transportFor(user)
  const mutationId = crypto.randomUUID()
  const at = new Date().toISOString()
  const changes = fieldsOf('From a colleague')
  await colleague.push(server.companyId, [
    { op: 'create', mutationId, id: customerId(99), changes, source: 'manual', createdAt: at, editedAt: at },
  ])
  device.setOffline(false)
  await device.until((now) => now.waiting === 8 && now.phase.kind === 'failed', 20_000)
  expect(server.rows.size).toBe(23)
  expect(await device.ask('customers.get', { id: customerId(99) })).toMatchObject({
    customer: { name: 'From a colleague' },
  })
  expect((await device.ask('sync.status', null)).phase).toMatchObject({ error: { code: 'server_error' } })
})

test('R-3 SY-3: a refused row is kept with its reason, can be corrected and sent again, and delays no other', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  const bad = await device.ask('customers.create', { fields: { ...fieldsOf('poison'), phone: '1' } })
  await device.ask('customers.create', { fields: fieldsOf('Good') })
  await device.synced()
  if (!bad.ok) throw new Error(bad.error.message)
  expect([...server.rows.values()].map((row) => row.name)).toEqual(['Good'])
  expect(await countCustomers(device)).toBe(1)
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
  const { server, user, device } = oneCompany()
  await device.signIn(user)
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
  const { server, user, device } = oneCompany({ rows: 3 })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.update', { id: customerId(1), changes: { phone: 'kept' } })
  const kept = [0, 1].map((n) => ({ ...emptyCustomer(customerId(n), server.companyId), name: `Restored ${n}` }))
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

test('SY-3: verdicts about other mutations than were sent are not believed', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.create', { fields: fieldsOf('One') })
  await device.ask('customers.create', { fields: fieldsOf('Two') })
  const network = networkOf(device)
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
  const { server, user, device } = oneCompany({ rows: 900 })
  const limits: number[] = []
  device.start()
  await device.ask('app.open', { config: { supabaseUrl: 'http://server.example', publishableKey: 'public' } })
  networkOf(device).beforePull = (limit) => {
    limits.push(limit)
    if (limit > 400) throw new SyncError('unreachable', 'Too slow.', { timedOut: true })
  }
  await device.signIn(user)
  await device.until((status) => status.phase.kind === 'upToDate', 15_000)
  expect(limits.slice(0, 3)).toEqual([5_000, 1_250, 312])
  expect(await countCustomers(device)).toBe(server.rows.size)
})
