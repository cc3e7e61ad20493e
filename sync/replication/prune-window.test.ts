import { expect, test } from 'vitest'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf, putQuote } from '../testing/rows.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const DAY = 86_400_000
const idOf = (n: number) => `d0000000-0000-4000-8000-${String(n).padStart(12, '0')}`

async function setUp() {
  const server = new FakeServer()
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('owner', 'Ann'))
  const made = await device.ask('customers.create', { fields: fieldsOf('Ada') })
  if (!made.ok) throw new Error(made.error.message)
  await device.synced()
  const customerId = made.value.id
  const chat = (n: number, daysAgo: number) => {
    const contact = {
      name: 'Ada',
      email: null,
      phone: null,
      address: null,
      summary: null,
      messages: [],
      sessionId: null,
    }
    const links = { linkSource: null, linkedAt: null, interactionNumber: 1, viewCount: 0, lastViewedAt: null }
    const createdAt = new Date(Date.now() - daysAgo * DAY).toISOString()
    const row = { ...contact, ...links, id: idOf(n), companyId: server.companyId, customerId, createdAt, rev: '0' }
    server.records.put('conversations', row)
  }
  const here = async () => {
    const { conversations } = await device.ask('customers.history', { id: customerId })
    return conversations.rows.map(({ id }) => id)
  }
  return { server, device, customerId, chat, here }
}

test('SY-3: what fell out of the sync window leaves the replica a week later, what changes there wait stays', async () => {
  const { server, device, customerId, chat, here } = await setUp()
  for (const [n, daysAgo] of [1, 80, 95, 98, 99].entries()) chat(n, daysAgo)
  putQuote(server, 9, customerId, 0)
  await device.synced()
  expect(await here()).toEqual([0, 1, 2, 3, 4].map(idOf))
  device.setOffline(true)
  await device.ask('records.change', { kind: 'chat.link', conversationId: idOf(4), customerId: null })
  await device.ask('records.change', { kind: 'chat.link', conversationId: idOf(4), customerId })
  server.windowDays = 90
  await device.restart()
  server.records.breaksAt = () => true
  device.setOffline(false)
  await device.until(({ phase }) => phase.kind === 'failed')
  expect(await here()).toEqual([0, 1, 2, 4].map(idOf))
  // Not by its age alone: quotes have no window.
  expect((await device.ask('customers.history', { id: customerId })).quotes.total).toBe(1)
  // Sent by now: nothing holds it at the next look.
  server.records.breaksAt = () => false
  await device.synced()
  await device.restart()
  await device.synced()
  expect(await here()).toEqual([0, 1, 2].map(idOf))
  await device.restart()
  expect(await here()).toEqual([0, 1, 2].map(idOf))
})

test('SY-3: a laptop whose clock is years ahead drops nothing for it', async () => {
  const { server, device, chat, here } = await setUp()
  chat(1, 10)
  server.windowDays = 90
  device.clockOffset = 1_000 * DAY
  await device.restart()
  await device.synced()
  expect(await here()).toEqual([idOf(1)])
})
