import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import type { Customer } from '#shared/domain/customer.ts'
import type { MergeChoices } from '#shared/domain/merge-choices.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'
import type { ReplicaHost } from '../worker/replica-host.ts'
import { pendingMerge, showMerges } from './pending-merges.ts'

/** An owner's laptop with customers that the server knows, then offline. */
function setUp(...names: string[]) {
  return setUpWith({}, ...names)
}

async function setUpWith(platform: Partial<ReplicaHost>, ...names: string[]) {
  const server = new FakeServer()
  const device = watchedDevice({ createBackend: fakeBackend(server), platform })
  await device.signIn(server.addUser('owner', 'Ann'))
  const ids: string[] = []
  for (const name of names) {
    const made = await device.ask('customers.create', { fields: { ...fieldsOf(name), notes: name, tags: [name] } })
    if (made.ok) ids.push(made.value.id)
  }
  await device.synced()
  if (device.network === null) throw new Error('Not started')
  device.setOffline(true)
  const [a = '', b = '', c = ''] = ids
  return { server, device, network: device.network, a, b, c }
}
const merge = (device: TestDevice, targetId: string, sourceIds: string[], choices: MergeChoices = {}) =>
  device.ask('records.change', { kind: 'merge.make', targetId, sourceIds, choices })
const shown = async (device: TestDevice, id: string) => {
  const detail = await device.ask('customers.get', { id })
  return detail === null ? null : [detail.customer.name, detail.customer.notes, detail.customer.phone]
}
const listed = async (device: TestDevice) => {
  const query = { search: '', filter: {}, sort: { by: 'name' as const, direction: 'asc' as const } }
  const { rows } = await device.ask('customers.window', { query, offset: 0, limit: 9 })
  return rows.map(({ name }) => name)
}

test('DB-6 R-3: a merge shows at once in list and detail; refused, it is put back and says why, and an edit on top is kept', async () => {
  const { server, device, a, b } = await setUp('Ada', 'Bea')
  expect(await merge(device, a, [b], { notes: { combine: true }, name: { value: 'Both' } })).toMatchObject({ ok: true })
  expect(await listed(device)).toEqual(['Both'])
  expect(await shown(device, a)).toEqual(['Both', 'Ada\n\nBea', null])
  await device.ask('customers.update', { id: a, changes: { phone: '1', notes: 'Ada\n\nBea\n\nCyd' } })
  await device.restart()
  expect(await shown(device, a)).toEqual(['Both', 'Ada\n\nBea\n\nCyd', '1'])
  expect(await shown(device, b)).toBeNull()
  expect(await device.ask('customers.restore', { id: b })).toMatchObject({ ok: false, error: { code: 'merged' } })
  // Not an owner any more.
  const [ann] = server.users
  if (ann !== undefined) ann.role = 'sales'
  device.setOffline(false)
  await device.synced()
  expect(await listed(device)).toEqual(['Ada', 'Bea'])
  expect(await device.ask('attention.records', null)).toMatchObject([
    { collection: 'merges', op: 'create', code: 'forbidden' },
  ])
  // Both values of what the refused merge had written over are there.
  expect(server.rows.get(a)).toMatchObject({ phone: '1', name: 'Ada' })
  const conflicts = (await device.ask('customers.get', { id: a }))?.conflicts ?? []
  const values = [server.rows.get(a)?.notes, ...conflicts.flatMap(({ mine, theirs }) => [mine, theirs])]
  expect(values).toContain('Ada')
  expect(values.some((value) => String(value).includes('Cyd'))).toBe(true)
})

test('DB-6 SY-4: what was done before a merge is sent before it, what was done on top of it after it, on what it made', async () => {
  const { device, network, a, b, c } = await setUp('Ada', 'Bea', 'Cyd')
  const sent: unknown[] = []
  network.beforePush = (mutations) => void sent.push(...mutations)
  network.changeRecords = (answer) => {
    for (const { mutationId, row } of answer.verdicts.flatMap((one) => (one.status === 'applied' ? one : []))) {
      if ('targetId' in row) sent.push({ merge: mutationId })
    }
    return answer
  }
  await device.ask('customers.update', { id: b, changes: { phone: '5' } })
  await merge(device, a, [b])
  await device.ask('customers.update', { id: a, changes: { phone: '6' } })
  await merge(device, c, [a])
  await device.ask('customers.update', { id: c, changes: { tags: [] } })
  expect(await shown(device, c)).toEqual(['Cyd', 'Cyd', '6'])
  device.setOffline(false)
  await device.synced()
  expect(sent).toMatchObject([
    { id: b, base: { phone: null }, changes: { phone: '5' } },
    { merge: expect.any(String) },
    { id: a, base: { phone: '5' }, changes: { phone: '6' } },
    { merge: expect.any(String) },
    { id: c, base: { tags: ['Cyd', 'Ada', 'Bea'] }, changes: { tags: [] } },
  ])
  for (const mutation of sent) expect(mutation).not.toHaveProperty('after')
})

test('DB-6: a merge that was never sent is undone without a trace, and one that can not be is refused in words', async () => {
  // Without timers nothing is tried once a try has found no network: a try marks what waits as sent.
  const timing = { now: () => Date.now(), after: () => () => undefined, random: () => 0 }
  const { device, network, a, b, c } = await setUpWith({ timing }, 'Ada', 'Bea', 'Cyd')
  await expect.poll(() => network.refused).toBeGreaterThan(0)
  const made = await merge(device, a, [b])
  if (!made.ok) throw new Error(made.error.message)
  expect(await merge(device, c, [b])).toMatchObject({ ok: false, error: { code: 'not_found' } })
  expect(await merge(device, a, [a])).toMatchObject({ ok: false, error: { code: 'not_found' } })
  expect(await merge(device, c, [crypto.randomUUID()])).toMatchObject({ ok: false, error: { code: 'not_found' } })
  const tags = Array.from({ length: 50 }, (_, n) => `t${n}`)
  await device.ask('customers.update', { id: c, changes: { tags } })
  expect(await merge(device, a, [c])).toMatchObject({ ok: false, error: { code: 'invalid', field: 'tags' } })
  await device.ask('records.change', { kind: 'merge.undo', mergeId: made.value.id })
  expect(await listed(device)).toEqual(['Ada', 'Bea', 'Cyd'])
  expect(await shown(device, a)).toEqual(['Ada', 'Ada', null])
  // The tags of Cyd.
  expect((await device.ask('sync.status', null)).waiting).toBe(1)
})

const COMPANY = 'c0000000-0000-4000-8000-000000000001'
const [A, B, M] = [1, 2, 9].map((n) => `d0000000-0000-4000-8000-00000000000${n}`) as [string, string, string]
const at = '2026-01-01T00:00:00.000Z'
const held = (id: string, more: Partial<Customer>): ReplicaCustomer => ({
  ...emptyCustomer(id, COMPANY),
  ...more,
  local: null,
})
function record(more: object, undo = false): ReplicaRecord {
  const who = { mergedByUserId: null, mergedByUserName: null, mergedAt: at, undoneAt: null, undoneByUserId: null }
  const row = {
    id: M,
    companyId: COMPANY,
    targetId: A,
    sourceIds: [B],
    fieldChoices: {},
    fieldChanges: {},
    rev: '50',
    ...who,
    ...more,
  }
  const mutation = { op: 'delete' as const, mutationId: M, id: M, editedAt: at }
  const local = undo ? { mutations: [{ sent: false, mutation }], rejected: null } : null
  return { key: `merges:${M}`, collection: 'merges', id: M, customerId: A, at, body: JSON.stringify(row), local }
}
function show(merged: ReplicaRecord, ...customers: ReplicaCustomer[]) {
  const find = (id: string) => customers.find((customer) => customer.id === id)
  const pending = pendingMerge(merged, find)
  if (pending === null) return null
  const result = [...showMerges([pending], find).values()]
  return result.map(({ customer: { id, name, phone, viewCount, mergedInto } }) => ({
    id,
    name,
    phone,
    viewCount,
    mergedInto,
  }))
}

test('DB-6: a merge that the server has done stays on top of customers older than it, and of no other', () => {
  const old = [held(A, { rev: '40', viewCount: 1 }), held(B, { rev: '41', phone: '2', viewCount: 2 })] as const
  expect(show(record({}), ...old)).toEqual([
    { id: A, name: 'Nobody', phone: '2', viewCount: 3, mergedInto: null },
    { id: B, name: 'Nobody', phone: '2', viewCount: 2, mergedInto: A },
  ])
  // The kept one has come already, the other is on its way.
  const kept = held(A, { rev: '50', phone: '2', viewCount: 3 })
  expect(show(record({}), kept, old[1])?.map(({ id }) => id)).toEqual([B])
  expect(show(record({}), kept, held(B, { rev: '50', mergedInto: A, deletedAt: at }))).toBeNull()
  // Touched by the server later for another reason.
  expect(show(record({ rev: '90' }), kept, held(B, { rev: '50', mergedInto: A, deletedAt: at }))).toBeNull()
})

test('DB-6: an undoing brings customers back and takes off what the merge wrote, unless it was edited since', () => {
  const gone = held(B, { rev: '50', name: 'Bea', mergedInto: A, deletedAt: at })
  const kept = held(A, { rev: '60', name: 'Both', phone: '3', viewCount: 9 })
  const fieldChanges = {
    name: { from: 'Ada', to: 'Both' },
    phone: { from: '1', to: '2' },
    viewCount: { from: 1, to: 3 },
  }
  const back = [
    { id: A, name: 'Ada', phone: '3', viewCount: 7, mergedInto: null },
    { id: B, name: 'Bea', phone: null, viewCount: 0, mergedInto: null },
  ]
  expect(show(record({ fieldChanges }, true), kept, gone)).toEqual(back)
  // Done by the server, the customers on their way.
  expect(show(record({ fieldChanges, undoneAt: at, rev: '70' }), kept, gone)).toEqual(back)
  expect(
    show(record({ fieldChanges, undoneAt: at, rev: '70' }), kept, { ...gone, mergedInto: null, rev: '70' }),
  ).toBeNull()
})
