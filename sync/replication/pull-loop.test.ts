import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import type { ReplicaCommit } from '#database/local/local-replica.ts'
import { openReplica } from '#database/local/open-replica.ts'
import { customerOf } from '#database/local/testing/replica-fixtures.ts'
import { queueUpdate } from '../outbox/queue-edit.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { putQuote } from '../testing/rows.ts'
import { PullLoop } from './pull-loop.ts'
import { ReplicaStore } from './replica-store.ts'
import { ServerClock } from './server-clock.ts'
import { SyncError } from './sync-error.ts'

/** A replica whose commits are noted, and the pull that fills it from a server with so many customers. */
async function setUp(customers: number) {
  const server = new FakeServer()
  const owner = server.addUser('owner', 'olga')
  server.restore(
    Array.from({ length: customers }, (_, n) => ({ ...customerOf(n), companyId: server.companyId })),
    'epoch-1',
  )
  const place = { indexedDB: new IDBFactory(), IDBKeyRange, userId: owner.id, companyId: server.companyId }
  const replica = await openReplica(place)
  const commits: ReplicaCommit[] = []
  const store = await ReplicaStore.load(
    {
      ...replica,
      commit: (commit) => {
        commits.push(commit)
        return replica.commit(commit)
      },
    },
    () => undefined,
  )
  const transport = server.transportFor(owner)
  const pullInto = (into: ReplicaStore) =>
    new PullLoop({
      store: into,
      transport,
      clock: new ServerClock(() => Date.now(), undefined),
      companyId: server.companyId,
      newId: () => crypto.randomUUID(),
      now: () => 0,
      onProgress: () => undefined,
    })
  /** The same replica after a restart. */
  const reopened = async () => {
    await store.close()
    const again = await ReplicaStore.load(await openReplica(place), () => undefined)
    return { store: again, pullAgain: pullInto(again) }
  }
  return { server, store, commits, pull: pullInto(store), transport, reopened }
}

/** What each commit wrote: how many customers, how many records, and whether the checkpoint. */
const shape = (commits: readonly ReplicaCommit[]) =>
  commits.map(({ customers = [], records = [], state = {} }) => [
    customers.length,
    records.length,
    'checkpoint' in state,
  ])

test('SY-3: a page is written in parts, its checkpoint in the same write as the last of them', async () => {
  const { server, store, commits, pull } = await setUp(1_100)
  putQuote(server, 1, customerOf(1).id, 1)
  expect(await pull.run(() => false)).toBe(1_101)
  expect(shape(commits)).toEqual([
    [1_000, 0, false],
    [100, 0, false],
    [0, 1, true],
  ])
  await store.close()
})

test('SY-3: an idle poll writes nothing; a page of what is here already moves the checkpoint only', async () => {
  const { server, store, commits, pull } = await setUp(3)
  await pull.run(() => false)
  commits.length = 0
  expect(await pull.run(() => false)).toBe(0)
  expect(commits).toEqual([])
  await store.write(() => ({ state: { checkpoint: { epoch: server.epoch, rev: '1' } } }))
  commits.length = 0
  expect(await pull.run(() => false)).toBe(0)
  expect(shape(commits)).toEqual([[0, 0, true]])
  await store.close()
})

test('SY-3: a row under a number that another version had before a restore is taken', async () => {
  const { server, store, pull } = await setUp(1)
  await pull.run(() => false)
  const { rev } = store.customers.get(customerOf(0).id) ?? {}
  const changed = { ...customerOf(0, 'Restored'), companyId: server.companyId, updatedAt: '2026-02-01T00:00:00Z' }
  server.restore([changed], server.epoch)
  await store.write(() => ({ state: { checkpoint: { epoch: server.epoch, rev: '0' } } }))
  await pull.run(() => false)
  expect(store.customers.get(changed.id)).toMatchObject({ name: 'Restored', rev })
  await store.close()
})

test('SY-3: rows of a first page that was broken off go before it is asked for again: a restored server may not know them', async () => {
  const { server, store, pull } = await setUp(1_100)
  putQuote(server, 1, customerOf(1).id, 1)
  // The page was stored whole, but for its checkpoints.
  await pull.run(() => false)
  await store.write(() => ({ state: { checkpoint: null, recordCheckpoints: {} } }))
  server.restore([{ ...customerOf(0), companyId: server.companyId }], 'epoch-2')
  await pull.run(() => false)
  expect([...store.customers.keys()]).toEqual([customerOf(0).id])
  expect([...store.records.all()]).toEqual([])
  await store.close()
})

test('SY-2: an edit that is being saved while those rows go is kept', async () => {
  const { store, pull } = await setUp(3)
  await pull.run(() => false)
  await store.write(() => ({ state: { checkpoint: null, recordCheckpoints: {} } }))
  const edit = { mutationId: crypto.randomUUID(), editedAt: '2026-03-01T00:00:00Z' }
  const id = customerOf(1).id
  const saving = store.write(() => {
    const held = store.customers.get(id)
    return held === undefined ? null : { put: [queueUpdate(held, { phone: '0412 345 678' }, edit)] }
  })
  const pulling = pull.run(() => false)
  expect((await saving)?.put).toHaveLength(1)
  await pulling
  expect([...store.waiting()].map((held) => [held.id, held.phone])).toEqual([[id, '0412 345 678']])
  await store.close()
})

test('SY-3: a server that says "start over" to a replica that has just begun is a fault of the server', async () => {
  const { store, pull, transport } = await setUp(3)
  const { pull: ask } = transport
  let asked = 0
  transport.pull = async (...args) => {
    asked += 1
    if (asked > 20) throw new Error('It runs away')
    const answer = await ask(...args)
    const pages = Object.entries(answer.pages).map(([name, page]) => [name, { ...page, reset: true }])
    return { ...answer, pages: Object.fromEntries(pages) }
  }
  await expect(pull.run(() => false)).rejects.toMatchObject({ name: 'SyncError', kind: 'protocol' })
  await store.close()
})

test('SY-2: a row that can’t be read is fetched again, although a walk breaks off, while all others show', async () => {
  const { pull, transport, reopened, store: first } = await setUp(12)
  await pull.run(() => false)
  const whole = first.customers.get(customerOf(7).id)
  const damaged = { ...whole, tags: 'not a list' } as unknown as NonNullable<typeof whole>
  await first.write(() => ({ put: [damaged] }))
  const { store, pullAgain } = await reopened()
  expect(store.customers.size).toBe(11)
  const { pull: ask } = transport
  let walks = 0
  transport.pull = async (companyId, checkpoints, limit) => {
    // The list was never emptied.
    expect(store.customers.size).toBeGreaterThanOrEqual(11)
    const isWalk = checkpoints.customers === null
    if (isWalk) walks += 1
    if (isWalk && walks === 1) throw new SyncError('unreachable', 'No network.')
    return ask(companyId, checkpoints, limit)
  }
  await expect(pullAgain.run(() => false)).rejects.toBeInstanceOf(SyncError)
  expect(await pullAgain.run(() => false)).toBe(1)
  expect(store.customers.get(customerOf(7).id)).toEqual(whole)
  // Once is enough.
  expect(await pullAgain.run(() => false)).toBe(0)
  expect(walks).toBe(2)
  await store.close()
})

test('SY-2: so is a row of any other collection, and only that one is walked again', async () => {
  const { server, pull, transport, reopened, store: first } = await setUp(1)
  putQuote(server, 1, customerOf(0).id, 1)
  await pull.run(() => false)
  const [quote] = [...first.records.of('quotes')]
  if (quote === undefined) throw new Error('No quote')
  await first.write(() => ({ records: { put: [{ ...quote, body: 7 as unknown as string }] } }))
  const { store, pullAgain } = await reopened()
  expect(store.records.size).toBe(0)
  const { pull: ask } = transport
  const walked: string[][] = []
  transport.pull = (companyId, checkpoints, limit) => {
    if (!('customers' in checkpoints)) walked.push(Object.keys(checkpoints))
    return ask(companyId, checkpoints, limit)
  }
  await pullAgain.run(() => false)
  expect(store.records.get(quote.key)).toEqual(quote)
  expect(walked).toEqual([['quotes']])
  await store.close()
})
