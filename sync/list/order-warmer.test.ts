import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SortBy } from '#shared/domain/saved-list.ts'
import { LIST_NOW, LIST_USER, listCustomer, listId, searchFinding } from '../testing/list-customers.ts'
import { CustomerTable } from './customer-table.ts'
import { OrderWarmer } from './order-warmer.ts'

const SORTS = ['name', 'lastSeen', 'created', 'changed', 'conversations'] as const
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + (n % 300))).toISOString()
const fields = (n: number) => ({
  name: `Berger ${(n * 7) % 50}`,
  createdAt: day(n * 11),
  updatedAt: day(n * 13),
  lastSeenAt: n % 3 === 0 ? null : day(n * 17),
  conversationCount: n % 4,
})

/** A table without a search, whose index would take most of the time. */
function unsearched(count: number): CustomerTable {
  const table = new CustomerTable(
    searchFinding(() => []),
    LIST_USER,
    () => LIST_NOW,
    () => 'AU',
  )
  table.apply({ put: Array.from({ length: count }, (_, n) => listCustomer(n, fields(n))), removed: [] })
  return table
}

function inOrder(table: CustomerTable, by: SortBy): string[] {
  return table.window({ search: '', filter: {}, sort: { by, direction: 'asc' } }, 0, 10_000).rows.map(({ id }) => id)
}

test('PF-2: orders that are made step by step, while customers come, change and go, are those that sorting gives', () => {
  const put = fc.record({ put: fc.nat(2_600), as: fc.nat(400) })
  const step = fc.oneof(put, fc.record({ remove: fc.nat(2_600) }), fc.record({ read: fc.constantFrom(...SORTS) }))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const table = unsearched(2_500)
      const warming = table.warm()[Symbol.iterator]()
      const held = new Map(Array.from({ length: 2_500 }, (_, n) => [n, listCustomer(n, fields(n))]))
      for (const change of steps) {
        if ('put' in change) held.set(change.put, listCustomer(change.put, fields(change.as)))
        else if ('remove' in change) held.delete(change.remove)
        else inOrder(table, change.read)
        if ('put' in change) table.apply({ put: [listCustomer(change.put, fields(change.as))], removed: [] })
        if ('remove' in change) table.apply({ put: [], removed: [listId(change.remove)] })
        warming.next()
      }
      const present = unsearched(0)
      present.apply({ put: [...held.values()], removed: [] })
      for (const by of SORTS) expect(inOrder(table, by)).toEqual(inOrder(present, by))
    }),
    { numRuns: 6 },
  )
})

test('PF-2: what was warmed once is not made again', () => {
  const table = unsearched(2_500)
  expect([...table.warm()].length).toBeGreaterThan(SORTS.length)
  // One look at each.
  expect([...table.warm()].length).toBe(SORTS.length)
})

test('PF-2: orders are warmed when nothing has changed for a while, once, and not after the end', async () => {
  const due: (() => void)[] = []
  const timing = {
    now: () => 0,
    random: () => 0,
    after: (_ms: number, run: () => void) => {
      due.push(run)
      return () => void due.splice(due.indexOf(run) >>> 0, 1)
    },
  }
  let steps = 0
  const work = function* () {
    for (let n = 0; n < 3; n += 1) {
      steps += 1
      yield
    }
  }
  const bugs: unknown[] = []
  const warmer = new OrderWarmer({ timing, steps: work, reportBug: (bug) => bugs.push(bug) })
  warmer.soon()
  warmer.soon()
  expect([due.length, steps]).toEqual([1, 0])
  due.shift()?.()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(steps).toBe(3)
  warmer.soon()
  warmer.stop()
  warmer.soon()
  expect(due).toEqual([])
  expect(bugs).toEqual([])
})
