import { expect, test } from 'vitest'
import type { Conversation } from '#shared/domain/conversation.ts'
import { createCustomer, oneCompany } from '../testing/one-company.ts'

const PAGE = { offset: 0, limit: 10 }
const AT = '2026-03-01T10:00:00.000Z'

function id(kind: string, n: number): string {
  return `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

function chatOf(companyId: string, n: number, said: Partial<Conversation>): Conversation {
  const times = { linkedAt: null, lastViewedAt: null, createdAt: `2026-03-0${n}T10:00:00.000Z` }
  const said0 = { name: null, email: null, phone: null, address: null, summary: null, messages: [] }
  const rest = { sessionId: null, interactionNumber: 1, customerId: null, linkSource: null, viewCount: 0, rev: '0' }
  return { id: id('c', n), companyId, ...rest, ...said0, ...times, ...said }
}

async function setUp() {
  const { server, user, device } = oneCompany({ role: 'owner' })
  await device.signIn(user)
  const ada = await createCustomer(device, 'Ada')
  const bea = await createCustomer(device, 'Bea')
  await device.synced()
  const { companyId } = server
  const waits = (
    n: number,
    candidates: readonly (string | null)[],
    said: Partial<Conversation> = {},
    status: 'open' | 'settled' = 'open',
  ): string => {
    const chat = server.records.put('conversations', chatOf(companyId, n, said))
    for (const [at, customerId] of candidates.entries()) {
      const common = {
        companyId,
        conversationId: chat.id,
        reason: 'shared_name',
        status,
        createdAt: AT,
      } as const
      server.records.put('chatReviews', { ...common, id: id('e', n * 10 + at), customerId, rank: at + 1, rev: '0' })
    }
    return chat.id
  }
  return { server, device, ada, bea, waits }
}

test('DB-4 UI-4: chats that wait are listed newest first with their candidates, best first, also offline', async () => {
  const { device, ada, bea, waits } = await setUp()
  const first = waits(1, [bea, ada], { name: 'A.' })
  const second = waits(2, [null])
  waits(3, [ada], { customerId: ada })
  await device.synced()
  device.setOffline(true)
  const { chats, total, older } = await device.ask('chats.waiting', PAGE)
  expect({ total, older }).toEqual({ total: 2, older: 0 })
  expect(chats.map(({ chat }) => chat.id)).toEqual([second, first])
  expect(chats[1]).toMatchObject({
    reason: 'shared_name',
    chat: { name: 'A.' },
    candidates: [{ id: bea }, { id: ada }],
  })
  expect(chats[0]?.candidates).toEqual([])
  expect(await device.ask('chats.waiting', { offset: 1, limit: 1 })).toMatchObject({
    total: 2,
    chats: [{ chat: { id: first } }],
  })
})

test('DB-4 SY-1: a chat that is linked waits no longer, and waits again when that is taken back, before and after it was sent', async () => {
  const { server, device, ada, waits } = await setUp()
  const conversationId = waits(1, [ada])
  await device.synced()
  device.setOffline(true)
  const link = (customerId: string | null) =>
    device.ask('records.change', { kind: 'chat.link', conversationId, customerId })
  await link(ada)
  expect((await device.ask('chats.waiting', PAGE)).total).toBe(0)
  await link(null)
  expect((await device.ask('chats.waiting', PAGE)).total).toBe(1)
  await link(ada)
  device.setOffline(false)
  await device.synced()
  expect(server.records.of('conversations')).toMatchObject([{ customerId: ada }])
  waits(1, [ada], { customerId: ada }, 'settled')
  await device.synced()
  device.setOffline(true)
  await link(null)
  expect((await device.ask('chats.waiting', PAGE)).chats).toMatchObject([
    { reason: 'unlinked_by_hand', candidates: [] },
  ])
})

test('DB-4: a candidate that was merged shows as the customer it went into, once; a deleted one not at all', async () => {
  const { device, ada, bea, waits } = await setUp()
  const cleo = await createCustomer(device, 'Cleo')
  await device.synced()
  waits(1, [ada, bea, cleo])
  await device.synced()
  device.setOffline(true)
  await device.ask('records.change', { kind: 'merge.make', targetId: ada, sourceIds: [bea], choices: {} })
  await device.ask('customers.delete', { id: cleo })
  const { chats } = await device.ask('chats.waiting', PAGE)
  expect(chats[0]?.candidates.map(({ id: one }) => one)).toEqual([ada])
})
