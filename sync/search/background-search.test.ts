import { afterEach, expect, test, vi } from 'vitest'
import type { Derived, DerivedStore } from '#database/local/local-replica.ts'
import { listCustomer, listId } from '../testing/list-customers.ts'
import { BackgroundSearch } from './background-search.ts'

/** A store of derived data in memory, and timers that ring when they are told to. */
function setUp() {
  const saved = new Map<string, Derived>()
  const changed = new Set<string>()
  const due: (() => void)[] = []
  const ready: number[] = []
  const derived: DerivedStore = {
    read: async (name) => saved.get(name) ?? null,
    changedAfter: async () => changed,
    save: async (name, what) => {
      saved.set(name, what)
      return true
    },
    head: () => 7,
  }
  const open = () =>
    new BackgroundSearch({
      derived,
      timing: {
        now: () => 0,
        random: () => 0,
        after: (_ms, run) => {
          due.push(run)
          return () => void due.splice(due.indexOf(run), 1)
        },
      },
      atRest: async (work) => work(),
      onReady: () => ready.push(1),
    })
  const ring = () => {
    for (const run of due.splice(0)) run()
  }
  const ringUntilSaved = async () => {
    ring()
    await expect.poll(() => [...saved.keys()]).toEqual(['search'])
  }
  return { saved, changed, ready, open, ring, ringUntilSaved, due }
}

afterEach(() => vi.restoreAllMocks())

const base = (count: number) => Array.from({ length: count }, (_, n) => listCustomer(n, { name: `Berger Nr${n}` }))
const found = (search: BackgroundSearch, query: string) =>
  search
    .search(query)
    .best(10)
    .hits.map(({ customer }) => customer.id)

test('PF-6: a large base is indexed in slices between which others run; what is found meanwhile says so', async () => {
  const { open, ready } = setUp()
  const search = open()
  search.upsertMany(base(6_000))
  const started = search.start()
  let turns = 0
  let partly = 0
  const watch = async () => {
    while (search.indexing !== null) {
      turns += 1
      const { done, total } = search.indexing
      expect(total).toBe(6_000)
      if (done > 0 && done < total) partly = search.search('berger').numbers.length
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
  await Promise.all([started, watch()])
  expect(turns).toBeGreaterThan(3)
  expect(partly).toBeGreaterThan(0)
  expect(partly).toBeLessThan(6_000)
  expect(search.search('berger').numbers.length).toBe(6_000)
  expect(ready).toHaveLength(1)
})

test('PF-6: the saved index is taken at the next start, with what changed since', async () => {
  const { open, ringUntilSaved, ready, saved, changed } = setUp()
  const first = open()
  first.upsertMany(base(600))
  await first.start()
  await ringUntilSaved()
  expect(saved.get('search')?.seq).toBe(7)

  const second = open()
  changed.add(listId(5))
  changed.add(listId(6))
  second.upsertMany(
    base(600).flatMap((held) =>
      held.id === listId(6) ? [] : held.id === listId(5) ? { ...held, name: 'Anna Nowak' } : held,
    ),
  )
  const starting = second.start()
  // An edit that comes while the index is being read is not lost.
  second.upsertMany([listCustomer(8, { name: 'Zoe Late' })])
  second.remove(listId(9))
  await starting
  expect(found(second, 'nowak')).toEqual([listId(5)])
  expect(found(second, 'nr5')).not.toContain(listId(5))
  expect(found(second, 'nr6')).not.toContain(listId(6))
  expect(found(second, 'zoe')).toEqual([listId(8)])
  expect(found(second, 'nr9')).not.toContain(listId(9))
  expect(second.search('berger').numbers.length).toBe(596)
  // Nobody has searched before it was whole.
  expect(ready).toEqual([])
})

/** A machine so slow that every step uses up its slice of time. */
function slowMachine(): void {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 100
    return now
  })
}

test('PF-1: whoever types while the index is saved does not wait for it', async () => {
  slowMachine()
  const { open, ring, saved } = setUp()
  const search = open()
  search.upsertMany(base(3_000))
  await search.start()
  ring()
  let answered = 0
  while (!saved.has('search')) {
    await new Promise((resolve) => setTimeout(resolve))
    if (!saved.has('search')) answered += found(search, 'nr2999').length
  }
  expect(answered).toBeGreaterThan(2)
})

test('PF-6: an index that changes while it is saved is saved later, as it is then', async () => {
  slowMachine()
  const { open, ring, ringUntilSaved, saved } = setUp()
  const first = open()
  first.upsertMany(base(3_000))
  await first.start()
  ring()
  await new Promise((resolve) => setTimeout(resolve))
  first.upsertMany([listCustomer(5, { name: 'Anna Nowak' })])
  first.remove(listId(6))
  first.written()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(saved.size).toBe(0)
  await ringUntilSaved()
  const second = open()
  second.upsertMany(base(3_000).flatMap((held) => (held.id === listId(6) ? [] : held)))
  await second.start()
  expect(found(second, 'nowak')).toEqual([listId(5)])
  expect(found(second, 'nr6')).not.toContain(listId(6))
})

test('PF-6: what pending merges show is indexed anew at each start: no write says that it has changed', async () => {
  const { open, ringUntilSaved } = setUp()
  const first = open()
  first.upsertMany(base(600))
  await first.start()
  await ringUntilSaved()
  const second = open()
  second.upsertMany(base(600).map((held) => (held.id === listId(5) ? { ...held, phone: '0412 345 678' } : held)))
  await second.start([listId(5)])
  expect(found(second, '0412345678')).toEqual([listId(5)])
})

test.each([
  [
    'is damaged',
    (index: Derived): Derived => ({ ...index, bytes: index.bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) }),
  ],
  ['is cut off', (index: Derived): Derived => ({ ...index, bytes: index.bytes.slice(0, 100) })],
])('PF-6: a saved index that %s is built anew', async (_what, spoil) => {
  const { open, ringUntilSaved, saved } = setUp()
  const first = open()
  first.upsertMany(base(600))
  await first.start()
  await ringUntilSaved()
  const index = saved.get('search')
  if (index === undefined) throw new Error('not saved')
  saved.set('search', spoil(index))
  const second = open()
  second.upsertMany(base(600))
  await second.start()
  expect(second.search('berger').numbers.length).toBe(600)
})

test('PF-6: an index that lacks somebody is not taken', async () => {
  const { open, ringUntilSaved } = setUp()
  const first = open()
  first.upsertMany(base(600))
  await first.start()
  await ringUntilSaved()
  const second = open()
  // Somebody who is in no list of changes.
  second.upsertMany(base(601))
  await second.start()
  expect(found(second, 'nr600')[0]).toBe(listId(600))
})

test('PF-6: a few changes are not worth saving the index anew, many are, and after the end nothing is', async () => {
  const { open, ringUntilSaved, saved, due } = setUp()
  const search = open()
  search.upsertMany(base(600))
  await search.start()
  await ringUntilSaved()
  saved.clear()
  search.upsertMany([listCustomer(1, { name: 'Anna' })])
  search.written()
  expect(due).toEqual([])
  search.upsertMany(base(600))
  search.written()
  await ringUntilSaved()
  search.upsertMany(base(600))
  search.written()
  search.stop()
  expect(due).toEqual([])
})
