import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { HeldRows, ListQuery } from '#shared/replica-api/list.ts'
import { listCustomer, listId, listTable } from '../testing/list-customers.ts'

const BY_NAME: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }
const SCREEN = 6
const CUSTOMERS = 60

/** What happens between two looks: customers that come in, are renamed (they move), or leave. */
const changes = fc.array(
  fc.record({ kind: fc.constantFrom('new', 'rename', 'remove'), n: fc.nat(CUSTOMERS - 1), name: fc.nat(999_999) }),
  { maxLength: SCREEN - 1 },
)

/** Numbers spread wide, so that there is room for names in between. */
const named = (n: number, name: number) => listCustomer(n, { name: String(name).padStart(6, '0') })
const start = () => listTable(CUSTOMERS, (n) => ({ name: String(n * 15_000).padStart(6, '0') }))

test('UI-1: whoever scrolls through a list that changes sees each customer that did not change once, and misses none', () => {
  fc.assert(
    fc.property(
      fc.array(changes, { minLength: 30, maxLength: 30 }),
      fc.integer({ min: 1, max: SCREEN }),
      (steps, by) => {
        const table = start()
        const changed = new Set<string>()
        const seen: string[] = []
        let next = CUSTOMERS
        let first = 0
        let held: HeldRows | undefined
        for (let look = 0; ; look += 1) {
          for (const { kind, n, name } of steps[look] ?? []) {
            changed.add(listId(kind === 'new' ? next : n))
            if (kind === 'remove') table.apply({ put: [], removed: [listId(n)] })
            else table.apply({ put: [named(kind === 'new' ? next++ : n, name)], removed: [] })
          }
          const renewed = table.window(BY_NAME, first, SCREEN, { held })
          if (held !== undefined) {
            // What was on the screen is there, in the same order; who left it left no hole.
            const kept = held.ids.filter((id) => table.position(BY_NAME, id, renewed.version) !== null)
            expect(renewed.rows.map((row) => row.id).slice(0, kept.length)).toEqual(kept)
            // When everybody who was on the screen has left, nobody says where it was.
            fc.pre(kept.length > 0)
            first = renewed.heldFirst ?? first
          }
          // Scrolls on in the same version.
          const target = first + by
          const window = table.window(BY_NAME, target, SCREEN, { version: renewed.version })
          expect(window.version).toBe(renewed.version)
          const before = new Set(held?.ids)
          const inView = new Set([...renewed.rows, ...window.rows].map((row) => row.id))
          seen.push(...[...inView].filter((id) => !before.has(id)))
          if (target >= window.total) break
          first = target
          held = { version: window.version, first, ids: window.rows.map((row) => row.id) }
        }
        const unchanged = Array.from({ length: CUSTOMERS }, (_, n) => listId(n)).filter((id) => !changed.has(id))
        expect(seen.filter((id) => !changed.has(id))).toEqual(unchanged)
      },
    ),
    { numRuns: 200 },
  )
})

function screenOf(table: ReturnType<typeof start>, first: number): HeldRows {
  const window = table.window(BY_NAME, first, SCREEN)
  return { version: window.version, first, ids: window.rows.map((row) => row.id) }
}

const put = (table: ReturnType<typeof start>, ...customers: ReplicaCustomer[]) =>
  table.apply({ put: customers, removed: [] })

test('UI-1: rows that come in above move the list, not the screen; those in between wait below', () => {
  const table = start()
  const held = screenOf(table, 10)
  put(table, named(100, 0), named(101, 10), named(102, 11 * 15_000 + 1))
  const { rows, heldFirst, total } = table.window(BY_NAME, 10, SCREEN + 1, { held })
  expect(heldFirst).toBe(12)
  expect(rows.map((row) => row.id)).toEqual([...held.ids, listId(102)])
  expect(total).toBe(CUSTOMERS + 3)
  // The next question finds everybody in their places.
  expect(table.window(BY_NAME, 14, 1).rows[0]?.id).toBe(listId(102))
})

test('UI-1: a row on the screen changes where it is, and settles when it is off the screen', () => {
  const table = start()
  const held = screenOf(table, 10)
  put(table, named(12, 999_999))
  const { rows, version } = table.window(BY_NAME, 10, SCREEN, { held })
  expect(rows.map((row) => row.id)).toEqual(held.ids)
  expect(rows[2]?.name).toBe('999999')
  const further = table.window(BY_NAME, 30, SCREEN, { version })
  put(table, named(40, 40 * 15_000))
  const away: HeldRows = { version, first: 30, ids: further.rows.map((row) => row.id) }
  const renewed = table.window(BY_NAME, 30, SCREEN, { held: away })
  expect(renewed.heldFirst).toBe(29)
  expect(table.position(BY_NAME, listId(12), renewed.version)).toBe(CUSTOMERS - 1)
})

test('UI-1: a customer that is deleted leaves the screen, and nobody shows in its place of another version', () => {
  const table = start()
  const held = screenOf(table, 10)
  table.apply({ put: [], removed: [listId(11)] })
  expect(table.window(BY_NAME, 10, SCREEN, { version: held.version }).rows.map((row) => row.id)).toEqual(
    held.ids.filter((id) => id !== listId(11)),
  )
  const { rows, total } = table.window(BY_NAME, 10, SCREEN, { held })
  expect(rows.map((row) => row.id)).toEqual([...held.ids.filter((id) => id !== listId(11)), listId(16)])
  expect(total).toBe(CUSTOMERS - 1)
})

test('UI-1: whom this user has just made stands where they belong, also in the middle of the screen', () => {
  const table = start()
  const held = screenOf(table, 10)
  const mutation = { op: 'create', sent: false, mutationId: listId(7), id: listId(100), editedAt: '', changes: {} }
  const local = { shadow: null, mutations: [mutation], rejected: null, conflicts: [] }
  put(table, { ...named(100, 12 * 15_000 + 1), local: local as unknown as ReplicaCustomer['local'] })
  const { rows } = table.window(BY_NAME, 10, SCREEN, { held })
  expect(rows.map((row) => row.id)).toEqual([10, 11, 12, 100, 13, 14].map(listId))
})

test('SE-1: what is marked is marked in the text that was searched', () => {
  const table = listTable(3)
  const search: ListQuery = { search: 'berger', filter: {}, sort: { by: 'relevance', direction: 'desc' } }
  const { rows, version } = table.window(search, 0, 3)
  expect(rows[0]?.match?.ranges.name).toHaveLength(1)
  put(table, named(0, 1))
  const [changed] = table.window(search, 0, 3, { version }).rows.filter((row) => row.id === listId(0))
  expect(changed).toMatchObject({ name: '000001', match: null })
})
