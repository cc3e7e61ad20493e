import { expect, test } from 'vitest'
import type { CustomerFields } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const ANNA = {
  ...fieldsOf('Anna Vogel'),
  email: 'anna.vogel@example.org',
  phone: '+49 30 5550177',
  address: '5 Lindenallee, 10115 Berlin',
}
const TWICE = [ANNA, { ...ANNA, name: 'Anna Vogl', email: null, notes: 'Prefers mornings' }]
const THRICE = [ANNA, { ...ANNA, email: null }, { ...ANNA, phone: '030 5550177', address: null }]

/** An owner's laptop with some customers that the server knows. */
async function setUp(people: readonly CustomerFields[]) {
  const server = new FakeServer()
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('owner', 'Ann'))
  const ids: string[] = []
  for (const fields of [...people, fieldsOf('Rosa Borg'), fieldsOf('Hugo Pell'), fieldsOf('Theo Halm')]) {
    const made = await device.ask('customers.create', { fields })
    if (made.ok) ids.push(made.value.id)
  }
  await device.synced()
  const [a = '', b = '', c = ''] = ids
  return { server, device, a, b, c }
}

/** The groups as sorted names of members, when they have become what is wanted. */
async function groups(device: TestDevice, wanted: readonly (readonly string[])[]): Promise<DuplicateGroup[]> {
  await expect
    .poll(
      async () => {
        const { state } = await device.ask('duplicates.status', null)
        const found = await device.ask('duplicates.groups', { offset: 0, limit: 10, likely: 'all' })
        return state === 'ready' ? found.groups.map(({ members }) => members.map(({ id }) => id).toSorted()) : null
      },
      { interval: 40 },
    )
    .toEqual(wanted.map((ids) => ids.toSorted()))
  return (await device.ask('duplicates.groups', { offset: 0, limit: 10, likely: 'all' })).groups
}

test('SE-3 SE-4: duplicates come with reasons and a merge that keeps what is best; the preview says what it would make', async () => {
  const { device, a, b } = await setUp(TWICE)
  await device.ask('duplicates.scan', null)
  const [group] = await groups(device, [[a, b]])
  expect(group).toMatchObject({
    key: [a, b].toSorted()[0],
    reasons: expect.arrayContaining(['same phone', 'same address', 'family name misspelt']),
    suggestion: { targetId: a, choices: {} },
  })
  expect(await device.ask('duplicates.ofCustomer', { id: b })).toEqual(group)
  expect(device.notices.some(({ name }) => name === 'duplicates.changed')).toBe(true)
  const asked = { targetId: a, sourceIds: [b], choices: group?.suggestion.choices ?? {} }
  expect(await device.ask('merge.preview', asked)).toMatchObject({
    ok: true,
    value: {
      customers: [{ id: a }, { id: b }],
      outcome: { id: a, name: 'Anna Vogel', email: ANNA.email, notes: 'Prefers mornings' },
      moved: { conversations: 0, quotes: 0 },
    },
  })
  expect(await device.ask('merge.preview', { ...asked, sourceIds: [a] })).toMatchObject({ ok: false })
  const found = await device.ask('duplicates.check', { fields: { name: 'Anna Vogel', phone: '030 5550177' } })
  expect(found.map(({ customer }) => customer.id)).toContain(a)
  expect(await device.ask('duplicates.check', { fields: { name: 'Zed Unheard' } })).toEqual([])
  // Merged here, not sent yet: it is no duplicate any more.
  device.setOffline(true)
  const merged = await device.ask('records.change', { kind: 'merge.make', ...asked })
  await groups(device, [])
  await device.ask('records.change', { kind: 'merge.undo', mergeId: merged.ok ? merged.value.id : '' })
  await groups(device, [[a, b]])
})

test('SE-3 SY-2: whom somebody told apart offline stays apart, after a restart, and for everybody; until it is taken back', async () => {
  const { server, device, a, b, c } = await setUp(THRICE)
  await device.ask('duplicates.scan', null)
  await groups(device, [[a, b, c]])
  device.setOffline(true)
  const dismiss = { kind: 'duplicate.dismiss' as const, ids: [b, a, c] }
  expect(await device.ask('records.change', dismiss)).toMatchObject({ ok: true })
  await groups(device, [])
  expect((await device.ask('sync.status', null)).waiting).toBe(3)
  // Once more is nothing more.
  await device.ask('records.change', dismiss)
  expect((await device.ask('sync.status', null)).waiting).toBe(3)
  await device.restart()
  await device.ask('duplicates.scan', null)
  await groups(device, [])

  const other = watchedDevice({ createBackend: fakeBackend(server) })
  await other.signIn(server.addUser('manager', 'Bea'))
  await other.synced()
  await other.ask('duplicates.scan', null)
  await groups(other, [[a, b, c]])
  // Both say so of one pair: one row.
  other.setOffline(true)
  await other.ask('records.change', { kind: 'duplicate.dismiss', ids: [a, b] })
  device.setOffline(false)
  await device.synced()
  other.setOffline(false)
  await other.synced()
  expect(server.records.of('duplicateDismissals')).toHaveLength(3)
  await groups(other, [])
  expect(await other.ask('records.change', { kind: 'duplicate.restore', ids: [a, b, c] })).toMatchObject({ ok: true })
  await other.synced()
  await groups(other, [[a, b, c]])
  expect(server.records.of('duplicateDismissals').every((row) => 'gone' in row)).toBe(true)
})

test('SE-3 DB-6: whoever was told apart from one who was merged is apart from whom that one went into', async () => {
  const { server, device, a, b, c } = await setUp(THRICE)
  await device.ask('duplicates.scan', null)
  await groups(device, [[a, b, c]])
  device.setOffline(true)
  await device.ask('records.change', { kind: 'duplicate.dismiss', ids: [a, c] })
  const merged = await device.ask('records.change', { kind: 'merge.make', targetId: b, sourceIds: [a], choices: {} })
  await groups(device, [])
  await device.ask('records.change', { kind: 'merge.undo', mergeId: merged.ok ? merged.value.id : '' })
  const [group] = await groups(device, [[a, b]])
  expect(group?.members).toHaveLength(2)
  // Taken back of the customer that was merged, by whom it went into.
  await device.ask('records.change', { kind: 'merge.make', targetId: b, sourceIds: [a], choices: {} })
  await groups(device, [])
  await device.ask('records.change', { kind: 'duplicate.restore', ids: [b, c] })
  await groups(device, [[b, c]])
  device.setOffline(false)
  await device.synced()
  expect(server.records.of('duplicateDismissals').every((row) => 'gone' in row)).toBe(true)
})

test('SE-3: one window of groups begins where the one before ends, though a group between them is just gone', async () => {
  const twice = (name: string, last: string) => {
    const one = { ...fieldsOf(name), email: `${last}@example.org`, phone: `+49 30 555${last.length}188` }
    return [one, { ...one, address: '5 Lindenallee, 10115 Berlin' }]
  }
  const people = [...twice('Bruno Kessler', 'kessler'), ...twice('Ida Moor', 'moor'), ...twice('Uwe Tanne', 'tanne')]
  const { device } = await setUp(people)
  await device.ask('duplicates.scan', null)
  const window = (offset: number) => device.ask('duplicates.groups', { offset, limit: 2, likely: 'all' })
  await expect.poll(async () => (await window(0)).total).toBe(3)
  const [gone, second] = (await window(0)).groups
  const [third] = (await window(2)).groups
  await device.ask('customers.delete', { id: gone?.members[0]?.id ?? '' })
  const first = await window(0)
  const next = await window(first.groups.length)
  expect([...first.groups, ...next.groups].map(({ key }) => key)).toEqual([second?.key, third?.key])
  expect(first.total).toBe(2)
})

test('SE-3: imported customers whose ids follow each other are told apart pair by pair, and one pair comes back alone', async () => {
  const server = new FakeServer()
  const ids = [0, 1, 2, 3].map((last) => `00000000-0000-4000-8000-00000000010${last}`)
  const others = ['Rosa Borg', 'Hugo Pell', 'Theo Halm'].map((name) => [crypto.randomUUID(), fieldsOf(name)] as const)
  const rows = [...ids.map((id) => [id, ANNA] as const), ...others]
  server.restore(
    rows.map(([id, fields]) => ({ ...emptyCustomer(id, server.companyId), ...fields })),
    'epoch-1',
  )
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('owner', 'Ann'))
  await device.synced()
  await device.ask('duplicates.scan', null)
  await groups(device, [ids])
  expect(await device.ask('records.change', { kind: 'duplicate.dismiss', ids })).toMatchObject({ ok: true })
  await device.synced()
  expect(server.records.of('duplicateDismissals')).toHaveLength(6)
  await groups(device, [])
  const pair = ids.slice(0, 2)
  expect(await device.ask('records.change', { kind: 'duplicate.restore', ids: pair })).toMatchObject({ ok: true })
  await device.synced()
  await groups(device, [pair])
  expect(server.records.of('duplicateDismissals').filter((row) => !('gone' in row))).toHaveLength(5)
})

test('SE-3 R-3: whoever may not merge sees the groups, and is refused with a reason', async () => {
  const { server, a, b } = await setUp(TWICE)
  for (const role of ['sales', 'analyst'] as const) {
    const device = watchedDevice({ createBackend: fakeBackend(server) })
    await device.signIn(server.addUser(role, role))
    await device.synced()
    await device.ask('duplicates.scan', null)
    await groups(device, [[a, b]])
    for (const kind of ['duplicate.dismiss', 'duplicate.restore'] as const) {
      const answer = await device.ask('records.change', { kind, ids: [a, b] })
      expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    }
    await groups(device, [[a, b]])
  }
})
