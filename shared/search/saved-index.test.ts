import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_FIELDS } from '../domain/customer.ts'
import { atOnce } from '../util/in-steps.ts'
import { CustomerSearchIndex } from './customer-search-index.ts'
import type { SearchableCustomer } from './searchable-customer.ts'

const FIRST = ['Anna', 'Jürgen', 'Łukasz', 'Дмитрий', 'Ελένη', 'Jean-Pierre', 'Mary', 'O’Neil']
const LAST = ['Müller', 'Mueller', 'Schmidt', 'Иванов', 'Οικονόμου', 'Brown', 'Lefèvre', 'Wong']
const QUERIES = [
  'anna',
  'mull',
  'shmidt',
  'ivanov',
  'iwanow',
  '5550',
  'web.de',
  'jeanp',
  'm',
  'anna brown',
  'vip',
  'oikonomou',
]

const version = fc.record({
  name: fc.tuple(fc.constantFrom(...FIRST), fc.constantFrom(...LAST)).map((words) => words.join(' ')),
  email: fc.option(fc.constantFrom('anna@web.de', 'j.mueller@acme.com', 'wong55@mail.com')),
  phone: fc.option(fc.constantFrom('+49 5550 1234567', '0412 345 678')),
  address: fc.option(fc.constantFrom('Hauptstraße 5, Berlin', '12 High St, Perth')),
  notes: fc.constant(null),
  tags: fc.constantFrom([], ['vip']),
})
/** Puts (with a version) and removals (null) of twelve customers. */
const changes = fc.array(fc.tuple(fc.nat(11), fc.option(version)), { maxLength: 40 })

type Base = Map<string, SearchableCustomer>

function change(
  base: Base,
  index: CustomerSearchIndex | null,
  steps: readonly (readonly [number, object | null])[],
): void {
  for (const [n, fields] of steps) {
    const id = `c${n}`
    if (fields === null) {
      base.delete(id)
      index?.remove(id)
    } else {
      const customer = { id, ...fields } as SearchableCustomer
      base.set(id, customer)
      index?.upsertMany([customer])
    }
  }
}

/** Who is found for each query, with the score; in the order of ids where scores are equal. */
function answers(index: CustomerSearchIndex): unknown[] {
  return QUERIES.map((query) => {
    const found = index.search(query)
    const { hits, total } = found.best(100)
    const said = hits.map(({ customer, score }) => `${score.toFixed(6)} ${customer.id} ${found.explain(customer).why}`)
    return { query, total, hits: said.sort() }
  })
}

/** The index as it is saved where nothing changes meanwhile. */
function save(index: CustomerSearchIndex): Uint8Array<ArrayBuffer> {
  const bytes = atOnce(index.saving())
  if (bytes === null) throw new Error('changed while it was saved')
  return bytes
}

function fresh(base: Base): CustomerSearchIndex {
  const index = new CustomerSearchIndex()
  index.upsertMany(base.values())
  return index
}

test('SE-1: after any changes the index answers as one that is built anew; saved and loaded, too', () => {
  fc.assert(
    fc.property(changes, changes, (before, after) => {
      const base: Base = new Map()
      const index = new CustomerSearchIndex()
      change(base, index, before)
      expect(answers(index)).toEqual(answers(fresh(base)))
      const bytes = save(index)
      expect(answers(index)).toEqual(answers(fresh(base)))

      const loaded = CustomerSearchIndex.load(bytes, (id) => base.get(id))
      if (loaded === null) throw new Error('not loaded')
      expect(answers(loaded)).toEqual(answers(index))
      // What changed since it was saved is given to it next.
      change(base, loaded, after)
      expect(answers(loaded)).toEqual(answers(fresh(base)))
      expect(loaded.size).toBe(base.size)
    }),
    { numRuns: 15 },
  )
})

test('SE-1: whatever happens between two steps of saving, the index answers as one that is built anew', () => {
  const interruptions = fc.array(fc.tuple(fc.nat(80), fc.option(fc.tuple(fc.nat(11), fc.option(version)))), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(changes, interruptions, (before, interrupted) => {
      const base: Base = new Map()
      const index = new CustomerSearchIndex()
      change(base, index, before)
      const steps = index.saving()
      let saved: Uint8Array | null = null
      let isChanged = false
      for (let n = 0; ; n += 1) {
        const step = steps.next()
        if (step.done === true) {
          saved = step.value
          break
        }
        for (const [at, what] of interrupted) {
          if (at !== n) continue
          if (what !== null) change(base, index, [what])
          isChanged ||= what !== null
          expect(answers(index)).toEqual(answers(fresh(base)))
        }
      }
      if (!isChanged) expect(saved).not.toBeNull()
      expect(answers(index)).toEqual(answers(fresh(base)))
      const loaded = saved && CustomerSearchIndex.load(saved, (id) => base.get(id))
      if (loaded !== null) expect(answers(loaded)).toEqual(answers(fresh(base)))
    }),
    { numRuns: 30 },
  )
})

test('SE-1: a customer that is gone when a saved index is loaded is found by nobody', () => {
  const base: Base = new Map()
  change(base, null, [[1, { name: 'Anna Brown', email: null, phone: null, address: null, notes: null, tags: [] }]])
  const loaded = CustomerSearchIndex.load(save(fresh(base)), () => undefined)
  expect(loaded?.search('anna').best(10)).toEqual({ hits: [], total: 0 })
  expect(loaded?.size).toBe(0)
})

test('SE-1: what is not a saved index of this version is refused, not half read', () => {
  const base: Base = new Map()
  change(base, null, [
    [1, { name: 'Anna Brown', email: 'a@b.de', phone: '123456', address: 'X', notes: null, tags: [] }],
  ])
  const bytes = save(fresh(base))
  const find = (id: string) => base.get(id)
  expect(CustomerSearchIndex.load(new Uint8Array(0), find)).toBeNull()
  expect(CustomerSearchIndex.load(bytes.slice(0, bytes.length - 8), find)).toBeNull()
  expect(
    CustomerSearchIndex.load(
      Uint8Array.from(bytes, (byte, i) => (i === 0 ? byte ^ 1 : byte)),
      find,
    ),
  ).toBeNull()
  const other = new TextEncoder().encode('"version":')
  const at = bytes.findIndex((_, i) => other.every((byte, j) => bytes[i + j] === byte)) + other.length
  expect(
    CustomerSearchIndex.load(
      Uint8Array.from(bytes, (byte, i) => (i === at ? byte + 1 : byte)),
      find,
    ),
  ).toBeNull()
  // Where the bytes begin in their buffer does not matter.
  const moved = new Uint8Array(bytes.length + 1)
  moved.set(bytes, 1)
  expect(CustomerSearchIndex.load(moved.subarray(1), find)?.search('anna').numbers.length).toBe(1)
})

test('SE-1: what a saved index means has not changed without its version (else: raise INDEX_VERSION, and this with it)', async () => {
  const base: Base = new Map()
  const words = [
    ...FIRST,
    ...LAST,
    'Weiß',
    'van der Berg',
    "D'Angelo",
    'Aalborg',
    'Þór',
    'Щербакова',
    'Ευαγγελία',
    'Straße 12b',
  ]
  for (const [n, name] of words.entries()) {
    const fields = {
      name,
      email: `x.${n}@Bäcker-${n}.de`,
      phone: `+49 (0)30 ${n}55-0`,
      address: name,
      notes: null,
      tags: ['a b'],
    }
    change(base, null, [[n, fields]])
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', save(fresh(base))))
  expect([...digest.slice(0, 8)].join()).toBe('254,131,224,69,89,225,14,78')
})

test('DB-8: of whom the index has forgotten, no word is saved', () => {
  const anna = { ...NO_FIELDS, id: 'c1', name: 'Anna Müller' }
  const text = (index: CustomerSearchIndex) => new TextDecoder().decode(save(index)).toLowerCase()
  const index = new CustomerSearchIndex()
  index.upsertMany([anna, { ...NO_FIELDS, id: 'c2', name: 'Ottilie Brandt', notes: 'Anna knows her from Toowoomba' }])
  const saved = save(index)
  expect(new TextDecoder().decode(saved)).toContain('toowoomba')
  index.upsertMany([{ ...NO_FIELDS, id: 'c2', name: 'Erased customer' }])
  expect(text(index)).not.toMatch(/ottilie|brandt|toowoomba/)
  expect(text(index)).toContain('anna')
  index.remove('c1')
  index.remove('c2')
  expect(text(index)).not.toMatch(/anna|erased/)
  index.upsertMany([anna])
  expect(
    index
      .search('mueller')
      .best(5)
      .hits.map(({ customer }) => customer.id),
  ).toEqual(['c1'])

  const loaded = CustomerSearchIndex.load(saved, (id) => (id === 'c1' ? anna : undefined))
  expect(loaded === null ? '' : text(loaded)).not.toMatch(/ottilie|brandt|toowoomba/)
})
