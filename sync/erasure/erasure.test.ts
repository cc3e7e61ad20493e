import { expect, test } from 'vitest'
import { storedText } from '#database/local/testing/stored-text.ts'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import { SyncError } from '../replication/sync-error.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const SECRET = 'Ottilie'
const ROW = 'd0000000-0000-4000-8000-00000000000'

async function setUp() {
  const server = new FakeServer()
  const user = server.addUser('owner', 'Ann')
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(user)
  const fields = { ...NO_FIELDS, name: `${SECRET} Kern`, email: `${SECRET}@a.example` }
  const made = await device.ask('customers.create', { fields })
  if (!made.ok) throw new Error(made.error.message)
  await device.synced()
  return { server, device, user, id: made.value.id }
}
type SetUp = Awaited<ReturnType<typeof setUp>>

const networkOf = (device: TestDevice) => {
  if (device.network === null) throw new Error('Not started')
  return device.network
}
function chat({ server, id }: SetUp, n: number) {
  const contact = { name: SECRET, email: null, phone: null, address: null, summary: `About ${SECRET}` }
  const none = { sessionId: null, linkSource: null, linkedAt: null, lastViewedAt: null, messages: [] }
  const counts = { interactionNumber: 1, viewCount: 0, createdAt: '2026-01-01T00:00:00.000Z' }
  const row = { ...contact, ...none, ...counts, id: `${ROW}${n}`, companyId: server.companyId, rev: '0' }
  return server.records.put('conversations', { ...row, customerId: id })
}
/** Everything that a laptop can hold of a person beside the customer. */
async function fill(all: SetUp) {
  const { server, device, id } = all
  chat(all, 1)
  // It falls out of the window later: the server will never send it again.
  chat(all, 5)
  const activity = { companyId: server.companyId, customerId: id, userId: null, userName: null, rev: '0' }
  const at = '2026-01-01T00:00:00.000Z'
  server.records.put('activity', { ...activity, id: `${ROW}2`, action: 'created', changes: {}, at })
  const changes = { name: { from: SECRET, to: 'X' } }
  server.records.put('activity', { ...activity, id: `${ROW}3`, action: 'updated', changes, at })
  const settled = { status: 'open' as const, decidedAt: null, decidedByUserId: null, decidedByUserName: null }
  const value = { field: 'name' as const, value: SECRET, conversationId: null, createdAt: at }
  const suggestion = { id: `${ROW}4`, companyId: server.companyId, customerId: id, rev: '0' }
  server.records.put('suggestions', { ...suggestion, ...value, ...settled })
  await device.ask('customers.get', { id })
  await device.synced()
  // A refused edit, a conflict, and what waits.
  await device.ask('customers.update', { id, changes: { name: 'poison', notes: `Likes ${SECRET}` } })
  await device.until((status) => status.attention > 0)
  device.setOffline(true)
  await device.ask('customers.update', { id, changes: { phone: `1 ${SECRET}` } })
  await device.ask('records.change', { kind: 'quote.request', customerId: id, quoteId: null, note: SECRET })
  await device.ask('records.change', { kind: 'interaction.note', customerId: id, type: 'call' })
}

test('DB-8: of an erased person nothing is left on a laptop, waiting and refused edits included, before it says so', async () => {
  const all = await setUp()
  const { server, device, id } = all
  await fill(all)
  expect(await storedText(device.disk)).toContain(SECRET)
  expect((await device.ask('customers.history', { id })).conversations.total).toBe(2)
  server.erase(id)
  server.records.rows.get('conversations')?.delete(`${ROW}5`)
  // The waiting edits must go by the pull alone.
  networkOf(device).beforePush = () => {
    throw new SyncError('bad_request', 'The server stumbles.')
  }
  let atReceipt = ''
  networkOf(device).beforeReceipt = async () => {
    atReceipt = await storedText(device.disk)
  }
  device.setOffline(false)
  await device.until(() => server.receipts.length > 0)
  networkOf(device).beforePush = () => undefined
  await device.synced()
  expect(server.receipts).toEqual([id])
  expect(atReceipt).toContain('Erased customer')
  expect(atReceipt).not.toContain(SECRET)
  expect(device.notices.filter(({ name }) => name === 'customers.erased')).toEqual([
    { name: 'customers.erased', body: { ids: [id] } },
  ])
  expect(await device.ask('customers.get', { id })).toBeNull()
  expect(await device.ask('attention.list', null)).toEqual([])
  expect(await device.ask('attention.records', null)).toEqual([])
  expect(await device.ask('sync.status', null)).toMatchObject({ waiting: 0, attention: 0 })
  const history = await device.ask('customers.history', { id })
  expect(history.conversations.rows.map(({ name, summary }) => ({ name, summary }))).toEqual([
    { name: null, summary: null },
  ])
  // What the server keeps, in its form; entries without values are not written anew there.
  expect(history.activity.rows.map(({ changes }) => changes)).toEqual([{}, {}])
  expect(history.quoteRequests.total).toBe(0)
  await device.restart()
  await device.synced()
  expect(server.receipts).toEqual([id])
  expect(await storedText(device.disk)).not.toContain(SECRET)
})

test('DB-8 SY-4: an edit that meets the erasure with its push leaves no trace under Needs attention', async () => {
  const { server, device, id } = await setUp()
  device.setOffline(true)
  await device.ask('customers.update', { id, changes: { notes: `More about ${SECRET}` } })
  server.erase(id)
  device.setOffline(false)
  await device.synced()
  await device.until(() => server.receipts.length > 0)
  expect(await device.ask('attention.list', null)).toEqual([])
  expect(server.rows.get(id)?.notes).toBeNull()
  expect(await storedText(device.disk)).not.toContain(SECRET)
})

test('DB-8: a receipt that could not be sent is sent after a restart, and only once the store is clean', async () => {
  const { server, device, id } = await setUp()
  networkOf(device).beforeReceipt = () => {
    throw new SyncError('unreachable', 'No network.')
  }
  server.erase(id)
  await device.ask('sync.now', null)
  await device.until((status) => status.phase.kind === 'offline')
  expect(server.receipts).toEqual([])
  await device.restart()
  await device.until(() => server.receipts.length > 0)
  expect(server.receipts).toEqual([id])
})

test('DB-8: a laptop owes receipts for erasures since the server knows it, also after a sign-out, and for none before', async () => {
  const { server, device, user, id } = await setUp()
  await device.ask('session.signOut', { discardUnsent: true })
  server.erase(id)
  await device.signIn(user)
  await device.synced()
  await device.until(() => server.receipts.length > 0)
  const later = watchedDevice({ createBackend: fakeBackend(server) })
  server.clockOffset = 60_000
  await later.signIn(server.addUser('sales', 'Ben'))
  await later.synced()
  await later.synced()
  expect(server.receipts).toEqual([id])
  expect([...server.devices.keys()]).toHaveLength(2)
})

test('DB-8: many receipts go out over several rounds, each once, so that nothing else waits for them', async () => {
  const { server, device } = await setUp()
  const others: string[] = []
  for (let n = 0; n < 60; n += 1) {
    const made = await device.ask('customers.create', { fields: { ...NO_FIELDS, name: `${SECRET} ${n}` } })
    if (made.ok) others.push(made.value.id)
  }
  await device.synced()
  for (const id of others) server.erase(id)
  await device.ask('sync.now', null)
  await device.until(() => server.receipts.length >= 50)
  await device.ask('sync.now', null)
  await device.until(() => server.receipts.length >= 60)
  await device.synced()
  expect([...server.receipts].sort()).toEqual([...others].sort())
})
