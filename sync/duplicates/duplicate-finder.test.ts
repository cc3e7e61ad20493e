import { expect, test } from 'vitest'
import type { Derived, DerivedStore } from '#database/local/local-replica.ts'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { listCustomer, listId } from '../testing/list-customers.ts'
import { DuplicateFinder } from './duplicate-finder.ts'

type Fields = Parameters<typeof listCustomer>[1]

/** A base in memory, what is kept between starts, and timers that ring when they are told to. */
function setUp() {
  const customers = new Map<string, ReplicaCustomer>()
  const saved = new Map<string, Derived>()
  const changedSince = new Set<string>()
  const apart = new Set<string>()
  const due = new Set<() => void>()
  const bugs: unknown[] = []
  let isSynced = true
  const derived: DerivedStore = {
    read: async (name) => saved.get(name) ?? null,
    changedAfter: async () => changedSince,
    save: async (name, what) => {
      saved.set(name, what)
      return true
    },
    head: () => 7,
  }
  const open = () =>
    new DuplicateFinder({
      derived,
      timing: {
        now: () => Date.parse('2026-01-01T00:00:00Z'),
        random: () => 0,
        after: (_ms, run) => {
          due.add(run)
          return () => void due.delete(run)
        },
      },
      atRest: async (work) => work(),
      shown: { all: () => customers.values(), get: (id) => customers.get(id), onTop: () => [] },
      markedApart: (a, b) => apart.has(`${a} ${b}`) || apart.has(`${b} ${a}`),
      areAllThere: () => isSynced,
      onChange: () => undefined,
      reportBug: (error) => bugs.push(error),
    })
  /** Rings every timer, until the finder has nothing to do. */
  const rest = async (finder: DuplicateFinder) => {
    for (let idle = 0; idle < 5; ) {
      const runs = [...due]
      due.clear()
      for (const run of runs) run()
      await new Promise((resolve) => setTimeout(resolve))
      idle = runs.length === 0 && finder.status().state !== 'scanning' ? idle + 1 : 0
    }
    expect(bugs).toEqual([])
  }
  const put = (n: number, fields: Fields) => {
    customers.set(listId(n), listCustomer(n, fields))
    return listId(n)
  }
  return {
    customers,
    saved,
    changedSince,
    apart,
    due,
    open,
    rest,
    put,
    setSynced: (synced: boolean) => (isSynced = synced),
  }
}

const ANNA = {
  name: 'Anna Vogel',
  email: 'anna.vogel@example.org',
  phone: '+49 30 5550177',
  address: '5 Lindenallee, 10115 Berlin',
}
const NAMES = 'Rosa Hugo Ines Paul Vera Emil Nora Karl Olga Theo'.split(' ')
const FAMILIES = 'Stal Borg Wend Kuhn Pell Rast Dorn Finke Grub Halm Jost'.split(' ')

/** Strangers, and a customer who is there three times. */
function base({ put }: ReturnType<typeof setUp>): void {
  for (let n = 10; n < 60; n++) {
    const family = `${FAMILIES[(n * 3) % 11]}${FAMILIES[n % 7]}`.toLowerCase()
    put(n, {
      name: `${NAMES[n % 10]} ${family}`,
      email: `${family}${n}@x${n}.example`,
      phone: `+49 30 ${7_000_000 + n * 77_777}`,
    })
  }
  put(1, ANNA)
  put(2, { ...ANNA, name: 'Anna Vogl', email: null })
  put(3, { ...ANNA, phone: '030 5550177', address: null })
}
const members = (finder: DuplicateFinder) => finder.groups.map((group) => [...group.members])

test('SE-3: a base is scanned in the background when the first sync is done; then each change counts', async () => {
  const world = setUp()
  base(world)
  world.setSynced(false)
  const finder = world.open()
  finder.start()
  expect(finder.status()).toMatchObject({ state: 'waiting', groups: 0, scannedAt: null })
  for (const run of [...world.due]) run()
  expect(finder.status().state).toBe('waiting')
  world.setSynced(true)
  await world.rest(finder)
  expect(members(finder)).toEqual([[listId(1), listId(2), listId(3)]])
  expect(finder.status()).toMatchObject({ state: 'ready', groups: 1, suggested: 1, done: 53, total: 53 })
  expect(finder.groupOf(listId(2))).toBe(finder.groups[0])

  // Deleted, edited into somebody else, made, and edited into a duplicate.
  world.put(2, { ...ANNA, deletedAt: '2026-01-02T00:00:00.000Z' })
  world.put(3, { name: 'Berta Kern' })
  world.put(4, { ...ANNA, phone: null })
  finder.changed([listId(2), listId(3), listId(4)])
  await world.rest(finder)
  expect(members(finder)).toEqual([[listId(1), listId(4)]])
  world.put(20, { name: 'Hugo Borgstal', email: 'berta@kern.example' })
  world.put(3, { name: 'Hugo Borgstal', email: 'berta@kern.example' })
  finder.changed([listId(3), listId(20)])
  await world.rest(finder)
  expect(members(finder).map((group) => group.toSorted())).toContainEqual([listId(3), listId(20)])
  expect(finder.groupOf(listId(2))).toBeUndefined()
  finder.stop()
})

test('SE-3: whoever is marked apart leaves the group at once, and comes back when the mark is taken back', async () => {
  const world = setUp()
  base(world)
  const finder = world.open()
  finder.start()
  await world.rest(finder)
  for (const other of [1, 3]) world.apart.add(`${listId(2)} ${listId(other)}`)
  finder.remarked([listId(1), listId(2), listId(3)])
  await world.rest(finder)
  expect(members(finder)).toEqual([[listId(1), listId(3)]])
  world.apart.clear()
  finder.remarked([listId(1), listId(2)])
  await world.rest(finder)
  expect(members(finder)).toEqual([[listId(1), listId(2), listId(3)]])
})

test('SE-3: a start takes what the last one has found, and looks at what changed since only', async () => {
  const world = setUp()
  base(world)
  const first = world.open()
  first.start()
  await world.rest(first)
  first.stop()
  expect([...world.saved.keys()]).toEqual(['duplicates'])
  world.put(5, { ...ANNA, address: null })
  world.changedSince.add(listId(5))
  const second = world.open()
  second.start()
  await world.rest(second)
  expect(members(second)).toEqual([[listId(1), listId(2), listId(3), listId(5)]])
  // The time of the scan is the first one's: nothing was scanned again.
  expect(second.status()).toMatchObject({ state: 'ready', scannedAt: first.status().scannedAt, done: 54 })
})

test('SE-3: a damaged saved scan, or one of other rules, is made again', async () => {
  const world = setUp()
  base(world)
  world.saved.set('duplicates', { seq: 1, bytes: new TextEncoder().encode('{"version":0}') })
  const finder = world.open()
  finder.start()
  await world.rest(finder)
  expect(members(finder)).toEqual([[listId(1), listId(2), listId(3)]])
})

test('PF-8: a scan is stopped between two slices, and begun again when it is asked for', async () => {
  const world = setUp()
  base(world)
  for (let n = 100; n < 3_000; n++) world.put(n, { name: `${NAMES[n % 10]} ${FAMILIES[n % 11]}${n}` })
  const finder = world.open()
  finder.scan()
  for (const run of [...world.due]) run()
  while (finder.status().state !== 'scanning') await new Promise((resolve) => setTimeout(resolve))
  finder.stopScan()
  expect(finder.status().state).toBe('stopped')
  await world.rest(finder)
  expect(finder.status()).toMatchObject({ state: 'stopped', groups: 0, scannedAt: null })
  finder.scan()
  await world.rest(finder)
  expect(finder.status()).toMatchObject({ state: 'ready', scannedAt: '2026-01-01T00:00:00.000Z' })
  expect(finder.groupOf(listId(1))?.members).toEqual([listId(1), listId(2), listId(3)])
}, 20_000)

test('SE-3: who is typed is compared with everybody', async () => {
  const world = setUp()
  base(world)
  const finder = world.open()
  const typed = {
    id: 'typed',
    name: 'Ana Vogel',
    email: 'anna.vogel@example.org',
    phone: null,
    address: null,
    notes: null,
  }
  // The first question makes the index.
  expect(finder.check(typed)).toEqual([])
  await world.rest(finder)
  const found = finder.check(typed)
  expect(found.map(({ a, b }) => (a === 'typed' ? b : a)).toSorted()).toEqual([listId(1), listId(2), listId(3)])
  expect(found[0]?.probability).toBeGreaterThan(0.9)
})
