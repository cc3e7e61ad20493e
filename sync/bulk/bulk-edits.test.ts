import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { failWrites } from '#database/local/testing/storage-faults.ts'
import type { RequestOutput } from '#shared/replica-api/contract.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { customerId, networkOf, oneCompany } from '../testing/one-company.ts'
import type { TestDevice } from '../testing/test-device.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }
const BULK = '00000000-0000-4000-8000-0000000000b1'
const OTHER = '00000000-0000-4000-8000-0000000000b2'
const TAG = { kind: 'tags' as const, add: ['fair'], remove: [] }

const some = (...numbers: number[]) => ({ kind: 'some' as const, ids: numbers.map(customerId) })
const everybody = { kind: 'all' as const, query: ALL, except: [] }

async function fields(device: TestDevice, n: number) {
  const profile = await device.ask('customers.get', { id: customerId(n) })
  return profile?.customer ?? null
}

function valueIn<T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

test('UI-1: one act tags all that a query finds but some, durable and offline; the server hears of it later', async () => {
  const { server, user, device } = oneCompany({ rows: 1_203 })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const chosen = { ...everybody, except: [customerId(7), customerId(8)] }
  expect(await device.ask('bulk.look', { chosen })).toMatchObject({ count: 1_201, editable: 1_201, tags: [] })
  const done = valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen, change: TAG }))
  expect(done).toEqual({ changed: 1_201, unchanged: 0, notAllowed: 0, tooManyTags: 0, stopped: false, error: null })
  await device.restart()
  device.setOffline(false)
  await device.synced(60_000)
  const tagged = [...server.rows.values()].filter(({ tags }) => tags.includes('fair')).map(({ id }) => id)
  expect(tagged.length).toBe(1_201)
  expect(tagged).not.toContain(customerId(7))
  expect(tagged).not.toContain(customerId(8))
})

test('R-1: a sales rep changes their own customers; the others stay as they are, and are counted', async () => {
  const { server, user, device } = oneCompany({ role: 'sales', rows: 4 })
  for (const n of [1, 2]) {
    const row = server.rows.get(customerId(n))
    if (row !== undefined) server.rows.set(row.id, { ...row, ownerId: user.id })
  }
  await device.signIn(user)
  await device.synced()
  expect(await device.ask('bulk.look', { chosen: everybody })).toMatchObject({ count: 4, editable: 2 })
  const done = await device.ask('bulk.edit', { bulkId: BULK, chosen: everybody, change: TAG })
  expect(done).toMatchObject({ ok: true, value: { changed: 2, notAllowed: 2 } })
  expect((await fields(device, 1))?.tags).toEqual(['fair'])
  expect((await fields(device, 0))?.tags).toEqual([])
})

test.each([
  ['sales', { kind: 'delete' }],
  ['manager', { kind: 'delete' }],
  ['analyst', TAG],
] as const)('R-1: an act that the role refuses for everybody does nothing (%s)', async (role, change) => {
  const { user, device } = oneCompany({ role, rows: 2 })
  await device.signIn(user)
  await device.synced()
  const done = await device.ask('bulk.edit', { bulkId: BULK, chosen: some(0, 1), change })
  expect(done).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect((await device.ask('bulk.look', { chosen: everybody })).count).toBe(2)
})

test('UI-1: a choice says how many of it the list finds that stands there', async () => {
  const { user, device } = oneCompany({ rows: 4 })
  await device.signIn(user)
  await device.synced()
  await device.ask('bulk.edit', { bulkId: BULK, chosen: some(2, 3), change: TAG })
  const query = { ...ALL, filter: { tags: { match: 'any' as const, of: ['fair'] } } }
  const listed = async (...numbers: number[]) =>
    (await device.ask('bulk.look', { chosen: some(...numbers), query })).listed
  expect([await listed(0, 1), await listed(1, 2), await listed(1, 2, 3)]).toEqual([0, 1, 2])
})

test('UI-1: undo takes exactly the act back and keeps what was edited since', async () => {
  const { user, device } = oneCompany({ rows: 4 })
  await device.signIn(user)
  await device.synced()
  await device.ask('customers.update', { id: customerId(0), changes: { tags: ['old', 'both'] } })
  await device.ask('customers.update', { id: customerId(1), changes: { tags: ['fair'] } })
  const change = { kind: 'tags' as const, add: ['fair'], remove: ['old'] }
  const done = await device.ask('bulk.edit', { bulkId: BULK, chosen: some(0, 1, 2, 3), change })
  expect(done).toMatchObject({ ok: true, value: { changed: 3, unchanged: 1 } })
  expect((await fields(device, 0))?.tags).toEqual(['both', 'fair'])
  await device.ask('customers.update', { id: customerId(2), changes: { tags: ['fair', 'later'], phone: '030 1' } })
  await device.ask('customers.update', { id: customerId(3), changes: { tags: [] } })
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 2, kept: 1 } })
  expect(await device.ask('bulk.list', null)).toMatchObject([{ changed: 3, left: 0, restored: 2 }])
  expect((await fields(device, 0))?.tags).toEqual(['old', 'both'])
  expect((await fields(device, 1))?.tags).toEqual(['fair'])
  expect(await fields(device, 2)).toMatchObject({ tags: ['later'], phone: '030 1' })
  expect((await fields(device, 3))?.tags).toEqual([])
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ ok: false, error: { code: 'not_found' } })
})

test('UI-1: many are deleted and come back at once; nobody else is touched, and nothing is left to send', async () => {
  const { server, user, device } = oneCompany({ rows: 5 })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: some(1, 2, 3), change: { kind: 'delete' } }))
  expect((await device.ask('bulk.look', { chosen: everybody })).first).toEqual([customerId(0), customerId(4)])
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 3, kept: 0 } })
  expect((await device.ask('sync.status', null)).waiting).toBe(0)
  device.setOffline(false)
  await device.synced()
  expect([...server.rows.values()].every(({ deletedAt }) => deletedAt === null)).toBe(true)
})

test('UI-1: a new owner is taken back, but not where somebody else was put in charge since', async () => {
  const { server, user, device } = oneCompany({ rows: 2 })
  const colleague = server.addUser('sales', 'ben')
  await device.signIn(user)
  await device.synced()
  const change = { kind: 'owner' as const, ownerId: colleague.id }
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: some(0, 1), change }))
  await device.ask('customers.update', { id: customerId(1), changes: { ownerId: user.id } })
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 1, kept: 1 } })
  expect([(await fields(device, 0))?.ownerId, (await fields(device, 1))?.ownerId]).toEqual([null, user.id])
})

test('UI-1: whoever gave customers away gets them back by undo while the server has not heard of it, not later', async () => {
  const { server, user, device } = oneCompany({ role: 'sales', rows: 1 })
  const colleague = server.addUser('sales', 'ben')
  const row = server.rows.get(customerId(0))
  if (row !== undefined) server.rows.set(row.id, { ...row, ownerId: user.id })
  await device.signIn(user)
  await device.synced()
  const change = { kind: 'owner' as const, ownerId: colleague.id }
  device.setOffline(true)
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: some(0), change }))
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 1 } })
  device.setOffline(false)
  valueIn(await device.ask('bulk.edit', { bulkId: OTHER, chosen: some(0), change }))
  await device.synced()
  expect(await device.ask('bulk.undo', { bulkId: OTHER })).toMatchObject({
    value: { restored: 0, kept: 0, notAllowed: 1 },
  })
})

test('UI-1: a long act tells how far it is and is stopped after the piece under way; undo takes back what was done', async () => {
  const { user, device } = oneCompany({ rows: 1_800 })
  await device.signIn(user)
  await device.synced()
  networkOf(device).offline = true
  const running = device.ask('bulk.edit', { bulkId: BULK, chosen: everybody, change: TAG })
  await once(device.told, 'bulk.progress')
  expect(device.notices.at(-1)?.body).toEqual({ bulkId: BULK, done: 500, total: 1_800 })
  await device.ask('bulk.stop', { bulkId: BULK })
  const done: RequestOutput<'bulk.edit'> = await running
  const { changed, stopped } = valueIn(done)
  expect([stopped, changed % 500, changed < 1_800]).toEqual([true, 0, true])
  expect((await device.ask('bulk.look', { chosen: everybody })).tags).toEqual([{ tag: 'fair', count: changed }])
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: changed, kept: 0 } })
  expect((await device.ask('bulk.look', { chosen: everybody })).tags).toEqual([])
})

test('UI-1: a stop that comes when the act is over stops nothing, not even its undoing', async () => {
  const { user, device } = oneCompany({ rows: 3 })
  await device.signIn(user)
  await device.synced()
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: everybody, change: { kind: 'delete' } }))
  await device.ask('bulk.stop', { bulkId: BULK })
  const undone = valueIn(await device.ask('bulk.undo', { bulkId: BULK }))
  expect(undone).toEqual({ restored: 3, kept: 0, notAllowed: 0, missing: 0, stopped: false })
  expect((await device.ask('bulk.look', { chosen: everybody })).count).toBe(3)
})

test('UI-1: undoing is stopped after the piece under way, too, and a second undo takes the rest back', async () => {
  const { user, device } = oneCompany({ rows: 1_800 })
  await device.signIn(user)
  await device.synced()
  networkOf(device).offline = true
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: everybody, change: TAG }))
  const running = device.ask('bulk.undo', { bulkId: BULK })
  await once(device.told, 'bulk.progress')
  await device.ask('bulk.stop', { bulkId: BULK })
  const { restored, kept, stopped } = valueIn(await running)
  expect([stopped, kept, restored % 500, restored < 1_800]).toEqual([true, 0, 0, true])
  const rest = valueIn(await device.ask('bulk.undo', { bulkId: BULK }))
  expect(rest).toEqual({ restored: 1_800 - restored, kept: 0, notAllowed: 0, missing: 0, stopped: false })
  expect((await device.ask('bulk.look', { chosen: everybody })).tags).toEqual([])
})

test('UI-1: nobody gets more tags than a customer may have; who would is left as they are', async () => {
  const { user, device } = oneCompany({ rows: 2 })
  await device.signIn(user)
  await device.synced()
  const full = Array.from({ length: 50 }, (_, n) => `tag ${n}`)
  await device.ask('customers.update', { id: customerId(0), changes: { tags: full } })
  const done = await device.ask('bulk.edit', { bulkId: BULK, chosen: some(0, 1), change: TAG })
  expect(done).toMatchObject({ ok: true, value: { changed: 1, tooManyTags: 1 } })
  expect((await fields(device, 0))?.tags).toEqual(full)
})

test('UI-1: an act is undone weeks and starts later; what it did to an erased person is forgotten', async () => {
  const { server, user, device } = oneCompany({ rows: 3 })
  await device.signIn(user)
  await device.synced()
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: everybody, change: TAG }))
  valueIn(await device.ask('bulk.edit', { bulkId: OTHER, chosen: some(2), change: { kind: 'delete' } }))
  await device.synced()
  server.erase(customerId(0))
  await device.synced()
  await device.restart()
  expect(await device.ask('bulk.list', null)).toEqual([
    { bulkId: OTHER, at: expect.any(String), change: { kind: 'delete' }, changed: 1, left: 1, restored: 0 },
    { bulkId: BULK, at: expect.any(String), change: TAG, changed: 3, left: 3, restored: 0 },
  ])
  expect(await device.ask('bulk.undo', { bulkId: OTHER })).toMatchObject({ value: { restored: 1, kept: 0 } })
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 2, kept: 0 } })
  expect((await device.ask('bulk.list', null)).map(({ left }) => left)).toEqual([0, 0])
  await device.synced()
  expect(server.rows.get(customerId(2))).toMatchObject({ deletedAt: null, tags: [] })
})

test('UI-1: what an act did before the storage failed is told, and undone with the next start', async () => {
  const { user, device } = oneCompany({ rows: 1_300 })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  let pieces = 0
  const fault = failWrites((value) => {
    if (!String(value.key ?? value.id).startsWith(`bulk:${BULK}`)) return false
    pieces += 1
    return pieces === 2
  })
  onTestFinished(() => fault.restore())
  const done = valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: everybody, change: TAG }))
  expect(done).toMatchObject({ changed: 500, stopped: false, error: { code: 'storage_full' } })
  fault.restore()
  await device.restart()
  expect((await device.ask('bulk.look', { chosen: everybody })).tags).toEqual([{ tag: 'fair', count: 500 }])
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 500, kept: 0 } })
  expect((await device.ask('bulk.look', { chosen: everybody })).tags).toEqual([])
})

test('UI-1: an undo while everything is fetched again leaves whoever is not there yet to the next one', async () => {
  const { user, device } = oneCompany({ rows: 4 })
  await device.signIn(user)
  await device.synced()
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: some(0, 1, 2), change: { kind: 'delete' } }))
  await device.synced()
  const held = Promise.withResolvers<void>()
  networkOf(device).beforePull = () => held.promise
  await device.ask('data.rebuild', null)
  await expect.poll(async () => (await device.ask('deleted.list', { search: '', limit: 9 })).total).toBe(0)
  const undone = valueIn(await device.ask('bulk.undo', { bulkId: BULK }))
  expect(undone).toEqual({ restored: 0, kept: 0, notAllowed: 0, missing: 3, stopped: false })
  expect(await device.ask('bulk.list', null)).toMatchObject([{ left: 3, restored: 0 }])
  held.resolve()
  await expect.poll(async () => (await device.ask('deleted.list', { search: '', limit: 9 })).total).toBe(3)
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 3, missing: 0 } })
  expect(await device.ask('bulk.list', null)).toMatchObject([{ left: 0, restored: 3 }])
})

test('R-1: an act that the role does not allow any more is not undone, and can be when the role allows it again', async () => {
  const { server, user, device } = oneCompany({ rows: 2 })
  await device.signIn(user)
  await device.synced()
  valueIn(await device.ask('bulk.edit', { bulkId: BULK, chosen: some(0, 1), change: { kind: 'delete' } }))
  await device.synced()
  const become = async (role: 'manager' | 'owner') => {
    server.users[0] = { ...user, role }
    await device.restart()
    await device.synced()
  }
  await become('manager')
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ error: { code: 'forbidden' } })
  await become('owner')
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: 2 } })
})

test('UI-1: an act ends as stopped when its company is left, and is undone later', async () => {
  const { user, device } = oneCompany({ rows: 1_800 })
  await device.signIn(user)
  await device.synced()
  networkOf(device).offline = true
  const running = device.ask('bulk.edit', { bulkId: BULK, chosen: everybody, change: TAG })
  await once(device.told, 'bulk.progress')
  const leaving = device.restart()
  const { changed, stopped, error } = valueIn(await running)
  expect([stopped, error, changed % 500, changed < 1_800]).toEqual([true, null, 0, true])
  await leaving
  expect(await device.ask('bulk.undo', { bulkId: BULK })).toMatchObject({ value: { restored: changed } })
})
