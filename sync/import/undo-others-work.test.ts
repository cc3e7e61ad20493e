import { expect, test } from 'vitest'
import type { Customer } from '#shared/domain/customer.ts'
import type { FakeServer } from '../testing/fake-server.ts'
import { importEverybody } from '../testing/import-files.ts'
import { oneCompany } from '../testing/one-company.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const TWO = 'Name,Email\nBob Ray,bob@example.com\nAnn Lee,ann@example.com\n'
const AT = '2026-06-15T12:00:00.000Z'
const STRANGER = 'a0000000-0000-4000-8000-0000000000aa'

const common = (server: FakeServer) => ({ id: crypto.randomUUID(), companyId: server.companyId, rev: '0' })

/** What hangs on a customer beside its fields. */
const WORK: Readonly<Record<string, (server: FakeServer, customer: Customer) => unknown>> = {
  'a quote': (server, { id }) =>
    server.records.put('quotes', {
      ...common(server),
      customerId: id,
      sessionId: null,
      number: 'Q-1',
      status: 'draft',
      currency: 'EUR',
      total: '1.00',
      lineItems: [],
      createdAt: AT,
      updatedAt: AT,
    }),
  'a call, also of one’s own': (server, { id, createdByUserId, createdByUserName }) =>
    server.records.put('interactions', {
      ...common(server),
      customerId: id,
      sessionId: null,
      type: 'call',
      at: AT,
      userId: createdByUserId,
      userName: createdByUserName,
    }),
  'an edit of a colleague that was written over': (server, { id }) =>
    server.records.put('activity', {
      ...common(server),
      customerId: id,
      action: 'updated',
      changes: { phone: { from: null, to: '1' } },
      userId: STRANGER,
      userName: 'Mona',
      at: AT,
    }),
  'somebody merged into them': (server, customer) => {
    const id = crypto.randomUUID()
    server.rows.set(id, { ...customer, id, name: 'Anna Lee', mergedInto: customer.id, deletedAt: AT })
    server.flag(id)
  },
}

async function imported() {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  await device.synced()
  const { importId } = await importEverybody(device, TWO)
  await device.synced()
  const ann = [...server.rows.values()].find(({ name }) => name === 'Ann Lee')
  if (ann === undefined) throw new Error('Ann did not come')
  return { server, device, importId, ann }
}

async function ownerOf(server: FakeServer) {
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('owner', 'otto'))
  await device.synced()
  return device
}

test.each(Object.entries(WORK))('IO-4: %s is seen before an import is undone, and told', async (_, add) => {
  const { server, device, importId, ann } = await imported()
  add(server, ann)
  await device.synced()
  const owner = await ownerOf(server)
  const preview = async (one: typeof device) => (await one.ask('import.undoPreview', { importId })) as unknown
  expect(await preview(device)).toMatchObject({ ok: true, value: { removed: 1, notAllowed: 1 } })
  expect(await preview(owner)).toMatchObject({ ok: true, value: { removed: 1, notAllowed: 0, editedSince: 1 } })
  // Who may delete takes them along, and nothing is refused.
  await owner.ask('import.undo', { importId, editedToo: true })
  await owner.synced()
  expect(await owner.ask('attention.list', null)).toEqual([])
  expect([...server.rows.values()].every(({ deletedAt }) => deletedAt !== null)).toBe(true)
})

test('IO-4: looks, the making of a customer and exports are nobody’s work', async () => {
  const { server, device, importId, ann } = await imported()
  const log = (action: string) =>
    server.records.put('activity', {
      ...common(server),
      customerId: ann.id,
      action,
      changes: {},
      userId: STRANGER,
      userName: 'Mona',
      at: AT,
    })
  for (const action of ['created', 'exported']) log(action)
  server.records.put('interactions', {
    ...common(server),
    customerId: ann.id,
    sessionId: null,
    type: 'view',
    at: AT,
    userId: STRANGER,
    userName: 'Mona',
  })
  await device.synced()
  expect(await device.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: 2 } })
  await device.synced()
  expect(await device.ask('attention.list', null)).toEqual([])
})

test('IO-4: an edit of somebody else that claims to be of an import is theirs', async () => {
  const { server, device, importId, ann } = await imported()
  const edit = { at: AT, by: STRANGER, byName: 'Mona', importId }
  server.restore(
    [...server.rows.values()].map((row) =>
      row.id === ann.id ? { ...row, phone: '1', fieldEdits: { phone: edit } } : row,
    ),
    'epoch-2',
  )
  await device.synced()
  expect(await device.ask('import.undoPreview', { importId })).toMatchObject({
    ok: true,
    value: { removed: 1, notAllowed: 1 },
  })
})

test('IO-4: values come back where the importer replaced them, not where somebody claims the import', async () => {
  const { server, importId, ann } = await imported()
  const replaced = (name: string, by: string | null) => {
    const id = crypto.randomUUID()
    const fieldEdits = { phone: { at: AT, by, byName: null, importId } }
    server.rows.set(id, { ...ann, id, name, source: 'manual', phone: '2', fieldEdits })
    server.flag(id)
    server.records.put('activity', {
      ...common(server),
      customerId: id,
      action: 'updated',
      changes: { phone: { from: '1', to: '2' } },
      userId: by,
      userName: null,
      at: AT,
    })
    return id
  }
  const ids = [replaced('By the import', ann.createdByUserId), replaced('By a stranger', STRANGER)]
  const owner = await ownerOf(server)
  expect(await owner.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: 2, restored: 1 } })
  await owner.synced()
  expect(ids.map((id) => server.rows.get(id)?.phone)).toEqual(['1', '2'])
})
