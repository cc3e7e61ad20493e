import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openReplica } from '#database/local/open-replica.ts'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { StorageError } from '#database/local/storage-error.ts'
import { edited, idOf } from '#database/local/testing/replica-fixtures.ts'
import { CUSTOMER_FIELDS, FIELD_LIMITS } from '#shared/domain/customer.ts'
import { ReplicaStore } from './replica-store.ts'
import { DOCUMENT_VERSION, upgradeCustomers, upgradeDocument } from './upgrade-documents.ts'

const ID = '00000000-0000-4000-8000-000000000001'
const at = '2026-03-01T08:00:00.000Z'
const QUEUED = {
  op: 'update',
  mutationId: 'f0000000-0000-4000-8000-000000000001',
  id: ID,
  editedAt: at,
  base: { email: null },
  changes: { email: 'ada@a.example' },
  sent: true,
}
/** Later versions name the times of fields otherwise: where those can't be read, the time of the whole edit counts. */
const STORED = { ...QUEUED, fieldTimes: { email: at } }
/** A customer as version 1 of the app has stored it: an edit waits, one was refused, a conflict is open. */
const V1 = {
  id: ID,
  companyId: 'c0000000-0000-4000-8000-000000000001',
  name: 'Ada',
  email: 'ada@a.example',
  phone: '2',
  address: null,
  notes: null,
  tags: ['a'],
  ownerId: null,
  source: 'manual',
  createdByUserId: null,
  createdByUserName: null,
  createdAt: at,
  updatedAt: at,
  lastSeenAt: null,
  conversationCount: 0,
  viewCount: 0,
  deletedAt: null,
  mergedInto: null,
  fieldEdits: {},
  rev: '7',
  local: {
    shadow: {
      name: 'Ada',
      email: null,
      phone: '2',
      address: null,
      notes: null,
      tags: ['a'],
      ownerId: null,
      deletedAt: null,
    },
    mutations: [STORED],
    rejected: {
      mutations: [{ ...QUEUED, mutationId: 'f0000000-0000-4000-8000-000000000002', changes: { name: 'Bea' } }],
      code: 'forbidden',
      message: 'No.',
      field: null,
      at,
    },
    conflicts: [
      { field: 'phone', shown: 'theirs', mine: '1', mineAt: at, theirs: '2', theirsAt: at, theirsByName: 'Mia' },
    ],
  },
}

const options = () => ({
  indexedDB: new IDBFactory(),
  IDBKeyRange,
  userId: ID,
  companyId: V1.companyId,
})
const failed = () => {
  throw new Error('The store broke')
}

test('SY-8: a customer that version 1 has stored becomes one of today, with every queued, refused and open edit', () => {
  const { customers, changed, damaged } = upgradeCustomers(1, [], [{ id: ID, hasLocalState: true, stored: V1 }])
  expect(damaged).toEqual([])
  expect(changed).toEqual(customers)
  const [conflict] = V1.local.conflicts
  expect(customers).toEqual([
    {
      ...V1,
      website: null,
      local: {
        ...V1.local,
        shadow: { ...V1.local.shadow, website: null },
        mutations: [QUEUED],
        conflicts: [{ ...conflict, base: null }],
      },
    },
  ])
})

test('SY-8: a replica of version 1 opens with its queued edits, is written once in the new form, and opens again as such', async () => {
  const place = options()
  const replica = await openReplica(place)
  // Written as version 1 did: without a version, in the old form.
  await replica.commit({ customers: [V1 as unknown as ReplicaCustomer] })
  await replica.close()
  const first = await ReplicaStore.load(await openReplica(place), failed)
  expect(first.state('documentVersion')).toBe(DOCUMENT_VERSION)
  expect(first.customers.get(ID)?.local?.mutations).toEqual([QUEUED])
  expect(first.customers.get(ID)?.local?.conflicts).toMatchObject([{ base: null, mine: '1', theirs: '2' }])
  expect([...first.waiting()].map(({ id }) => id)).toEqual([ID])
  expect(first.state('quarantine')).toBeUndefined()
  const shown = first.customers.get(ID)
  await first.close()
  const again = await openReplica(place)
  expect((await again.load()).damaged).toEqual([])
  await again.close()
  const second = await ReplicaStore.load(await openReplica(place), failed)
  expect(second.customers.get(ID)).toEqual(shown)
  await second.close()
})

test('SY-8: a replica that a newer app has written is not touched, and says what to do', async () => {
  const place = options()
  const replica = await openReplica(place)
  await replica.commit({ customers: [], state: { documentVersion: DOCUMENT_VERSION + 1 } })
  await expect(ReplicaStore.load(replica, failed)).rejects.toMatchObject({
    code: 'newer_version',
    message: expect.stringContaining('Update the app'),
  })
  await expect(ReplicaStore.load(replica, failed)).rejects.toBeInstanceOf(StorageError)
  await replica.close()
})

test('SY-8: what no version can read stays damaged, and a document of today is left as it is', () => {
  const broken = { id: ID, hasLocalState: true, stored: { ...V1, name: 7 } }
  expect(upgradeCustomers(1, [], [broken])).toMatchObject({ customers: [], changed: [], damaged: [broken] })
  const today = upgradeDocument(V1, 1)
  expect(upgradeDocument(today, 1)).toEqual(today)
  expect(upgradeDocument('text', 1)).toBe('text')
})

test('SY-8: an edit that was queued under looser rules stays readable: the server judges it', async () => {
  const place = options()
  const replica = await openReplica(place)
  await replica.commit({ customers: [edited(1, '7'.repeat(FIELD_LIMITS.phone + 1))] })
  expect(await replica.load()).toMatchObject({ customers: [{ id: idOf(1) }], damaged: [] })
  await replica.close()
})

test('SY-8: whoever changes the fields of customers also raises the version of documents', () => {
  // An older app would drop a field that it does not know from the edits that wait.
  expect({ version: DOCUMENT_VERSION, fields: CUSTOMER_FIELDS }).toEqual({
    version: 3,
    fields: ['name', 'email', 'phone', 'address', 'website', 'notes', 'tags', 'ownerId'],
  })
})
