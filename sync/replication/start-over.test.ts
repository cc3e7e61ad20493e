import { expect, test } from 'vitest'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'
import { SyncError } from './sync-error.ts'

/** A laptop that has made customers since the last backup, and is offline. */
async function setUp(...names: string[]) {
  const server = new FakeServer()
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('owner', 'Ann'))
  const ids: string[] = []
  for (const name of names) {
    const made = await device.ask('customers.create', { fields: { ...fieldsOf(name), email: `${name}@a.example` } })
    if (made.ok) ids.push(made.value.id)
  }
  await device.synced()
  device.setOffline(true)
  const old = { ...emptyCustomer('00000000-0000-4000-8000-000000000001', server.companyId), name: 'Old' }
  return { server, device, ids, old }
}
const shown = async (device: TestDevice, ids: readonly string[]) => {
  const details = await Promise.all(ids.map((id) => device.ask('customers.get', { id })))
  return details.map((detail) => detail?.customer.name ?? null)
}

test('SY-2: a customer that a restored server does not know waits under Needs attention with all its values', async () => {
  const { server, device, ids, old } = await setUp('Ada', 'Bea', 'Cyd', 'Dot')
  const [ada = '', bea = '', cyd = ''] = ids
  await device.ask('customers.update', { id: ada, changes: { phone: '1', notes: 'Called' } })
  await device.ask('customers.update', { id: bea, changes: { phone: '2' } })
  await device.ask('customers.delete', { id: cyd })
  await device.ask('records.change', { kind: 'interaction.note', customerId: ada, type: 'call' })
  server.restore([old], 'epoch-2')
  device.setOffline(false)
  await device.synced()
  const status = await device.until(({ attention }) => attention >= 2)
  expect(status.waiting).toBe(0)
  // Nothing stale shows, and what nobody worked on is gone with the server's.
  expect(await shown(device, [old.id, ...ids])).toEqual(['Old', null, null, null, null])
  const items = await device.ask('attention.list', null)
  expect(items).toHaveLength(2)
  expect(items[0]).toMatchObject({
    kind: 'rejected',
    op: 'create',
    customerId: ada,
    code: 'unknown_on_server',
    changes: { ...fieldsOf('Ada'), email: 'Ada@a.example', phone: '1', notes: 'Called' },
    current: null,
  })
  await device.restart()
  expect(await device.ask('attention.resend', { customerId: ada })).toMatchObject({ ok: true })
  expect(await device.ask('attention.discard', { customerId: bea })).toMatchObject({ ok: true })
  await device.synced()
  expect(server.rows.get(ada)).toMatchObject({ name: 'Ada', phone: '1', notes: 'Called', deletedAt: null })
  expect(server.rows.has(bea)).toBe(false)
  expect(await device.ask('attention.list', null)).toEqual([])
  expect(await shown(device, [ada, bea])).toEqual(['Ada', null])
})

test('SY-2: what is decided only when everything was shown again, however often the pull breaks off', async () => {
  const { server, device, ids, old } = await setUp('Ada', 'Bea')
  const [ada = '', bea = ''] = ids
  device.setOffline(false)
  await device.ask('customers.update', { id: bea, changes: { name: 'poison' } })
  await device.until(({ attention }) => attention === 1)
  device.setOffline(true)
  await device.ask('customers.update', { id: ada, changes: { phone: '1' } })
  const known = server.rows.get(ada)
  if (known === undefined || device.network === null) throw new Error('Not there')
  server.restore([old, known], 'epoch-2')
  let pulls = 0
  device.network.beforePull = () => {
    pulls += 1
    // The first asks for the epoch, the second would show everything.
    if (pulls > 1) throw new SyncError('unreachable', 'No network.')
  }
  device.setOffline(false)
  await device.until(() => pulls > 1)
  expect(await device.ask('attention.list', null)).toMatchObject([{ op: 'update', changes: { name: 'poison' } }])
  // Given up meanwhile: nothing of this user's is left about Bea.
  await device.ask('attention.discard', { customerId: bea })
  device.setOffline(true)
  await device.restart()
  device.setOffline(false)
  await device.synced()
  expect(await device.ask('attention.list', null)).toEqual([])
  expect(server.rows.get(ada)?.phone).toBe('1')
  expect(await shown(device, ids)).toEqual(['Ada', null])
})
