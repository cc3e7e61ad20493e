import { afterEach, expect, test } from 'vitest'
import { failWrites, type StorageFault } from '#database/local/testing/storage-faults.ts'
import type { Conversation } from '#shared/domain/conversation.ts'
import type { CustomerFields } from '#shared/domain/customer.ts'
import { oneCompany } from '#sync/testing/one-company.ts'
import { fieldsOf, putQuote } from '#sync/testing/rows.ts'
import { fakeBackend } from '#sync/testing/test-device.ts'
import { watchedDevice } from '#sync/testing/watched-device.ts'
import type { AskReplica } from './ask-replica.ts'
import { createCustomerServices } from './customer-services.ts'

const EVERYBODY = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } } as const
const ANNA = { ...fieldsOf('Anna Vogel'), email: 'anna.vogel@example.org', phone: '030 5550177' }
const AT = '2026-03-01T10:00:00.000Z'

let fault: StorageFault | null = null
afterEach(() => {
  fault?.restore()
  fault = null
})

/** A chat of which only this is known. */
function conversation(said: Partial<Conversation>): Conversation {
  return {
    id: crypto.randomUUID(),
    companyId: crypto.randomUUID(),
    sessionId: null,
    interactionNumber: 1,
    customerId: null,
    linkSource: null,
    linkedAt: null,
    name: null,
    email: null,
    phone: null,
    address: null,
    summary: null,
    messages: [],
    viewCount: 0,
    lastViewedAt: null,
    createdAt: AT,
    rev: '0',
    ...said,
  }
}

/** Somebody's laptop, its services, and chats on the server. */
async function setUp(role: 'owner' | 'manager' | 'analyst' = 'owner') {
  const { server, user, device } = oneCompany({ role })
  await device.signIn(user)
  await device.synced()
  const services = createCustomerServices(
    (name, input) => device.ask(name, input),
    () => 'DE',
  )
  let n = 0
  async function chat(said: Partial<Conversation>): Promise<Conversation> {
    n += 1
    const id = `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    const row = server.records.put('conversations', conversation({ id, companyId: server.companyId, ...said }))
    await device.synced()
    return row
  }
  async function create(fields: CustomerFields): Promise<string> {
    const made = await services.customers.createCustomer(fields)
    if (!made.ok) throw new Error(made.error.message)
    return made.value.id
  }
  async function sync(row: Conversation) {
    const answer = await services.chats.createOrUpdateFromChat(row)
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value
  }
  return { server, device, ...services, chat, create, sync }
}

test('DB-12: CustomerRepository creates, lists, reads, updates and deletes without a network', async () => {
  const { server, device, customers, create } = await setUp()
  device.setOffline(true)
  const id = await create(ANNA)
  expect(await customers.getCustomers(EVERYBODY, { offset: 0, limit: 10 })).toMatchObject({ total: 1, rows: [{ id }] })
  putQuote(server, 1, id, 1)
  expect((await customers.updateCustomer(id, { notes: 'Mornings' }, { notes: null })).ok).toBe(true)
  expect(await customers.updateCustomer(id, { email: 'no address' }, { email: ANNA.email })).toMatchObject({
    ok: false,
    error: { code: 'invalid', field: 'email' },
  })
  device.setOffline(false)
  await device.synced()
  expect(await customers.getCustomerById(id)).toMatchObject({
    customer: { ...ANNA, notes: 'Mornings', source: 'manual' },
    waitingFields: [],
    history: { quotes: { total: 1 }, conversations: { total: 0 } },
  })
  expect((await customers.deleteCustomer(id)).ok).toBe(true)
  expect(await customers.getCustomerById(id)).toBeNull()
  expect((await customers.restoreCustomer(id)).ok).toBe(true)
  expect(await customers.getCustomerById(id)).toMatchObject({ customer: { id } })
})

test('DB-12: an edit that began before a colleague’s came in takes nothing from them', async () => {
  const { server, device, customers, create } = await setUp()
  const id = await create(ANNA)
  await device.synced()
  const colleague = watchedDevice({ createBackend: fakeBackend(server) })
  await colleague.signIn(server.addUser('manager', 'ben'))
  await colleague.synced()
  await colleague.ask('customers.update', { id, changes: { phone: '030 1' }, base: { phone: ANNA.phone } })
  await colleague.synced()
  await device.synced()
  expect((await customers.updateCustomer(id, { phone: '030 2' }, { phone: ANNA.phone })).ok).toBe(true)
  await device.synced()
  expect((await customers.getCustomerById(id))?.conflicts).toMatchObject([{ mine: '030 2', theirs: '030 1' }])
})

test('DB-12: a write that the replica crashed at is a failure with words, not an exception', async () => {
  const { customers, chats, dedupe } = createCustomerServices(
    () => Promise.reject(new Error('The replica worker stopped.')),
    () => 'DE',
  )
  const failure = { ok: false, error: { code: 'bug', message: expect.stringContaining('try again') } }
  expect(await customers.createCustomer(ANNA)).toEqual(failure)
  expect(await dedupe.undoMerge(crypto.randomUUID())).toEqual(failure)
  const chat = conversation({ name: 'Bea Lind' })
  expect(await chats.createOrUpdateFromChat(chat)).toEqual(failure)
})

test('DB-12: a chat of nobody known makes a customer from what it says, offline, and the next one finds it', async () => {
  const { server, device, customers, chat, sync } = await setUp()
  const first = await chat({ name: ' Bea Lind ', email: 'Bea@Example.org', phone: '030 5550199' })
  const second = await chat({ name: 'B. Lind', phone: '+49 30 555 01 99', address: '5 Lindenallee, Berlin' })
  device.setOffline(true)
  const made = await sync(first)
  expect(made.kind).toBe('created')
  const id = made.kind === 'created' ? made.customerId : ''
  expect(await sync(second)).toEqual({ kind: 'filled', customerId: id, filledFields: ['address'] })
  device.setOffline(false)
  await device.synced()
  expect(await customers.getCustomerById(id)).toMatchObject({
    customer: {
      name: 'Bea Lind',
      email: 'bea@example.org',
      phone: '030 5550199',
      address: '5 Lindenallee, Berlin',
      source: 'chat',
    },
    history: { conversations: { total: 2 } },
  })
  expect(server.records.of('conversations')).toMatchObject([{ customerId: id }, { customerId: id }])
})

test('DB-12: a chat fills what is empty and writes over nothing; linked, it is the server that goes on', async () => {
  const { device, customers, chat, create, sync } = await setUp()
  const id = await create({ ...ANNA, phone: null })
  const row = await chat({ name: 'Anna Vogel-Hahn', email: ANNA.email, phone: '030 5550177' })
  expect(await sync(row)).toEqual({ kind: 'filled', customerId: id, filledFields: ['phone'] })
  await device.synced()
  expect(await customers.getCustomerById(id)).toMatchObject({ customer: { name: 'Anna Vogel', phone: '030 5550177' } })
  expect(await sync(await chat({ email: ANNA.email }))).toEqual({ kind: 'linked', customerId: id })
  // Another phone is a matter for the server's suggestions; the phone of somebody else is nobody's to take.
  const ben = await create({ ...ANNA, name: 'Ben Vogel', email: 'ben@example.org', phone: null })
  await create({ ...fieldsOf('Udo Pell'), phone: '030 5550188' })
  const full = { email: 'full@example.org', phone: '030 5550111', address: '5 Lindenallee, Berlin' }
  const filled = await create({ ...fieldsOf('Ida Full'), ...full })
  const differs = await chat({ email: full.email, phone: '030 5550122', address: 'Elsewhere 1' })
  expect(await sync(differs)).toEqual({ kind: 'linked', customerId: filled })
  expect(await customers.getCustomerById(filled)).toMatchObject({ customer: full })
  const borrowed = await chat({ email: 'ben@example.org', phone: '030 5550188' })
  expect(await sync(borrowed)).toEqual({ kind: 'linked', customerId: ben })
  const other = crypto.randomUUID()
  expect(await sync({ ...row, customerId: other })).toEqual({ kind: 'linked', customerId: other })
})

test('DB-12: several candidates are never guessed: the chat stays as it is and they are named', async () => {
  const { server, device, chat, create, sync } = await setUp()
  const [a, b] = [await create({ ...ANNA, email: null }), await create({ ...fieldsOf('Udo Vogel'), phone: ANNA.phone })]
  const shared = await sync(await chat({ name: 'Somebody Else', phone: '+49305550177' }))
  expect(shared).toMatchObject({ kind: 'needs_review', reason: 'shared_phone' })
  expect(shared.kind === 'needs_review' ? shared.candidates.map(({ id }) => id).toSorted() : []).toEqual(
    [a, b].toSorted(),
  )
  // A name singles one of them out.
  expect(await sync(await chat({ name: 'Udo Vogl', phone: ANNA.phone }))).toEqual({ kind: 'linked', customerId: b })
  await create(fieldsOf('Kim Berg'))
  await create(fieldsOf('Kim Berg'))
  expect(await sync(await chat({ name: 'kim berg' }))).toMatchObject({ kind: 'needs_review', reason: 'shared_name' })
  // The search finds who looks like it, too; that is not enough.
  await create(fieldsOf('Rosalind Bergmann'))
  expect(await sync(await chat({ name: 'Rosalind Bergman' }))).toMatchObject({ kind: 'created' })
  expect(await sync(await chat({ name: 'Guest' }))).toEqual({
    kind: 'needs_review',
    reason: 'no_contact',
    candidates: [],
  })
  await device.synced()
  expect(
    server.records.of('conversations').filter((row) => 'customerId' in row && row.customerId !== null),
  ).toHaveLength(2)
})

test('DB-12: as long as the search does not know everybody, no chat is matched and nobody is made', async () => {
  const { device, chat } = await setUp()
  const row = await chat({ name: 'Bea Lind', email: 'bea@example.org' })
  const asked: string[] = []
  const ask = async (name: string, input: never) => {
    asked.push(name)
    return { ...(await device.ask('customers.window', input)), indexing: { done: 1, total: 2 } }
  }
  const { chats } = createCustomerServices(ask as unknown as AskReplica, () => 'DE')
  expect(await chats.createOrUpdateFromChat(row)).toMatchObject({ ok: false, error: { code: 'not_ready' } })
  expect(asked).toEqual(['customers.window', 'customers.window'])
})

test('DB-12: who may not create or link is refused and nothing is written', async () => {
  const { server, device, chats, chat } = await setUp('analyst')
  const row = await chat({ name: 'Bea Lind', email: 'bea@example.org' })
  expect(await chats.createOrUpdateFromChat(row)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await chats.syncToChat(row.id, crypto.randomUUID())).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  await device.synced()
  expect(server.records.of('conversations')).toMatchObject([{ customerId: null }])
})

test('DB-12: CustomerEnrichmentService tells counts, times, summaries and open suggestions, and settles one offline', async () => {
  const { server, device, enrichment, chats, chat, create } = await setUp()
  const id = await create(ANNA)
  await device.synced()
  const early = await chat({ customerId: id, summary: 'Asked for a price' })
  const late = await chat({ customerId: id, createdAt: '2026-05-01T10:00:00.000Z' })
  const suggestion = (n: number, status: 'open' | 'dismissed') =>
    server.records.put('suggestions', {
      id: `e0000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      companyId: server.companyId,
      customerId: id,
      field: 'phone',
      value: `+4930555010${n}`,
      conversationId: late.id,
      status,
      createdAt: AT,
      decidedAt: null,
      decidedByUserId: null,
      decidedByUserName: null,
      rev: '0',
    })
  const open = suggestion(1, 'open')
  suggestion(2, 'dismissed')
  await device.synced()
  expect(await enrichment.enrichCustomer(id)).toEqual({
    conversationCount: 2,
    firstSeenAt: early.createdAt,
    lastSeenAt: late.createdAt,
    summaries: [{ conversationId: early.id, at: early.createdAt, summary: 'Asked for a price' }],
    suggestions: [expect.objectContaining({ id: open.id, field: 'phone', value: '+49305550101' })],
  })
  device.setOffline(true)
  expect((await enrichment.settleSuggestion(open.id, 'accepted')).ok).toBe(true)
  expect((await chats.syncToChat(late.id, null)).ok).toBe(true)
  expect(await enrichment.enrichCustomer(id)).toMatchObject({ conversationCount: 1, suggestions: [] })
  device.setOffline(false)
  await device.synced()
  expect(server.records.of('suggestions')).toMatchObject([{ status: 'dismissed' }, { status: 'accepted' }])
  expect(server.records.of('conversations')).toMatchObject([{ id: early.id }, { id: late.id, customerId: null }])
})

test('DB-12: CustomerDedupeService finds, checks, previews, merges and takes back, and tells apart', async () => {
  const { device, customers, dedupe, create } = await setUp()
  const [a, b] = [await create(ANNA), await create({ ...ANNA, email: null, notes: 'Mornings' })]
  for (const name of ['Rosa Borg', 'Hugo Pell', 'Theo Halm']) await create(fieldsOf(name))
  await device.synced()
  await dedupe.scan()
  const keys = async () =>
    (await dedupe.findDuplicates({ offset: 0, limit: 10, likely: 'all' })).groups.map(({ key }) => key)
  const [key] = [a, b].toSorted()
  const become = (wanted: unknown) => expect.poll(keys, { interval: 40 }).toEqual(wanted)
  await become([key])
  expect(await dedupe.duplicatesOf(b)).toMatchObject({ key })
  const alike = await dedupe.checkCustomer({ name: ANNA.name, phone: ANNA.phone }, a)
  expect(alike.map(({ customer }) => customer.id)).toEqual([b])
  const wish = { targetId: a, sourceIds: [b], choices: {} }
  expect(await dedupe.previewMerge(wish)).toMatchObject({ ok: true, value: { outcome: { id: a, notes: 'Mornings' } } })
  const merged = await dedupe.mergeCustomers(wish)
  await become([])
  expect((await customers.getCustomerById(a))?.customer.notes).toBe('Mornings')
  await dedupe.undoMerge(merged.ok ? merged.value.id : '')
  await become([key])
  await dedupe.markDistinct([a, b])
  await become([])
  await dedupe.unmarkDistinct([a, b])
  await become([key])
})

test('DB-4 SY-4: a chat that a colleague has linked meanwhile stays theirs, and no second customer is made of it', async () => {
  const { server, device, chats, chat, create } = await setUp()
  const anna = await create(ANNA)
  await device.synced()
  const seen = await chat({ name: 'Nora Neu' })
  server.records.put('conversations', { ...seen, customerId: anna, linkSource: 'manual', linkedAt: AT })
  await device.synced()
  const settled = { ok: false, error: { code: 'nothing_to_do' } }
  expect(await chats.createFromChat(seen)).toMatchObject(settled)
  expect(await chats.createOrUpdateFromChat(seen)).toMatchObject(settled)
  expect(await chats.syncToChat(seen.id, anna, seen.customerId)).toMatchObject(settled)
  expect((await device.ask('customers.window', { query: EVERYBODY, offset: 0, limit: 9 })).all).toBe(1)
  await device.synced()
  expect(server.records.of('conversations')).toMatchObject([{ customerId: anna }])
})

test('SY-2: a customer and the chat it is made from are kept by one write', async () => {
  const { device, chats, chat } = await setUp()
  const said = await chat({ name: 'Nora Neu' })
  fault = failWrites(({ key }) => key === `conversations:${said.id}`)
  expect(await chats.createFromChat(said)).toMatchObject({ ok: false, error: { code: 'storage_full' } })
  fault.restore()
  await device.restart()
  expect((await device.ask('customers.window', { query: EVERYBODY, offset: 0, limit: 9 })).all).toBe(0)
})

test('DB-12: a person makes a customer from a chat although somebody looks like it, and asks for a quote, offline', async () => {
  const { server, device, chats, customers, chat, create } = await setUp()
  const anna = await create(ANNA)
  await device.synced()
  const said = await chat({ name: 'Anna Vogel', phone: '030 5550999' })
  const nobody = await chat({ summary: 'Nobody said who' })
  device.setOffline(true)
  const made = await chats.createFromChat(said)
  const id = made.ok ? made.value.id : ''
  expect(id).not.toBe(anna)
  expect((await customers.requestQuote(id, null, '  ')).ok).toBe(true)
  expect(await customers.getCustomerById(id)).toMatchObject({
    customer: { name: 'Anna Vogel', phone: '030 5550999', source: 'chat' },
    history: { conversations: { total: 1 }, quoteRequests: { rows: [{ note: null, status: 'open' }] } },
  })
  expect(await chats.getWaitingChats({ offset: 0, limit: 5 })).toEqual({ chats: [], total: 0, older: 0 })
  expect(await chats.createFromChat(nobody)).toMatchObject({
    ok: false,
    error: { code: 'invalid' },
  })
  device.setOffline(false)
  await device.synced()
  expect(server.records.of('conversations')).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: said.id, customerId: id })]),
  )
})
