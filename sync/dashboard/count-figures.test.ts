import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CustomerFilter } from '#shared/domain/customer-filter.ts'
import type { CustomerTable } from '../list/customer-table.ts'
import { LIST_NOW, LIST_USER, listId, listTable } from '../testing/list-customers.ts'
import type { CustomerFigures } from './count-figures.ts'
import { DashboardReads } from './dashboard-reads.ts'
import { lastMonths, lastWeeks, seenStretches } from './day-stretches.ts'

const DAY = 86_400_000

function figuresOf(table: CustomerTable): CustomerFigures {
  const counting = table.figures()
  for (;;) {
    const step = counting.next()
    if (step.done === true) return step.value
  }
}

const instant = (daysAgo: number) => fc.integer({ min: -DAY, max: daysAgo * DAY }).map((ms) => iso(LIST_NOW - ms))
const iso = (at: number) => new Date(at).toISOString()
const customer = fc.record({
  email: fc.option(fc.constant('a@b.example')),
  phone: fc.option(fc.constant('+49 40 1234567')),
  address: fc.option(fc.constant('Elbchaussee 1')),
  tags: fc.constantFrom([], ['vip'], ['vip', 'north']),
  ownerId: fc.option(fc.constantFrom(LIST_USER, listId(7))),
  source: fc.constantFrom('chat' as const, 'manual' as const, 'import' as const),
  createdAt: instant(420),
  lastSeenAt: fc.option(instant(420)),
  deletedAt: fc.option(fc.constant(iso(LIST_NOW)), { freq: 5 }),
})

test('UI-1: each figure of the dashboard is the number of customers that the list of its filter shows', () => {
  fc.assert(
    fc.property(fc.array(customer, { maxLength: 60 }), (customers) => {
      const table = listTable(customers.length, (n) => customers[n] ?? {})
      const shown = (filter: CustomerFilter) =>
        table.window({ search: '', filter, sort: { by: 'name', direction: 'asc' } }, 0, 1).total
      const live = customers.filter(({ deletedAt }) => deletedAt === null)
      const { total, has, lastSeen, neverSeen, weeks, months } = figuresOf(table)
      expect(total).toBe(shown({}))
      expect(has).toEqual({
        email: shown({ email: true }),
        phone: shown({ phone: true }),
        both: shown({ email: true, phone: true }),
        address: shown({ address: true }),
        tags: live.filter(({ tags }) => tags.length > 0).length,
        owner: total - shown({ owners: [null] }),
      })
      for (const { from, to, count } of lastSeen) {
        expect(count).toBe(shown({ lastSeen: { kind: 'between', from, to } }))
      }
      expect(neverSeen).toBe(live.filter(({ lastSeenAt }) => lastSeenAt === null).length)
      expect(lastSeen.reduce((sum, { count }) => sum + count, neverSeen)).toBe(total)
      for (const { from, to, sources } of [...weeks, ...months]) {
        for (const source of ['chat', 'manual', 'import'] as const) {
          expect(sources[source]).toBe(shown({ created: { kind: 'between', from, to }, sources: [source] }))
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('UI-1: weeks, months and stretches of days follow each other without a gap, also where clocks change', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(2001, 0), max: new Date(2090, 0), noInvalidDate: true }), (date) => {
      const now = date.getTime()
      for (const stretches of [lastWeeks(now), lastMonths(now), seenStretches(now).reverse()]) {
        for (const [n, { start, end }] of stretches.entries()) {
          expect(start).toBeLessThan(end)
          expect(stretches[n + 1]?.start ?? end).toBe(end)
        }
        const last = stretches.at(-1)
        expect(last !== undefined && last.start <= now && now < last.end).toBe(true)
      }
      expect(lastWeeks(now).map(({ start }) => new Date(start).getDay())).toEqual(new Array(12).fill(1))
    }),
  )
})

test('UI-1: figures are counted once for a state of the customers, and anew after a change', async () => {
  const table = listTable(3)
  let counted = 0
  const figures = table.figures.bind(table)
  table.figures = () => {
    counted += 1
    return figures()
  }
  const reads = new DashboardReads({ table, merges: () => [], dismissals: () => [], now: () => LIST_NOW })
  expect((await Promise.all([reads.read(), reads.read()])).map(({ total }) => total)).toEqual([3, 3])
  expect(counted).toBe(1)
  table.apply({ put: [], removed: [listId(1)] })
  expect((await reads.read()).total).toBe(2)
  expect(counted).toBe(2)
})

test('UI-1: duplicates count as solved in the month in which it was done; merges that were undone do not', async () => {
  const row = { id: listId(1), companyId: listId(2), rev: '1' }
  const merge = (mergedAt: string, undoneAt: string | null = null) => ({
    ...row,
    targetId: listId(3),
    sourceIds: [listId(4)],
    fieldChoices: {},
    fieldChanges: {},
    mergedByUserId: null,
    mergedByUserName: null,
    mergedAt,
    undoneAt,
    undoneByUserId: null,
  })
  const apart = (createdAt: string) => ({
    ...row,
    customerA: listId(5),
    customerB: listId(6),
    userId: null,
    createdAt,
  })
  const reads = new DashboardReads({
    table: listTable(0),
    merges: () => [merge('2026-06-10T00:00:00Z'), merge('2026-06-10T00:00:00Z', iso(LIST_NOW)), merge(iso(0))],
    dismissals: () => [apart('2026-06-11T00:00:00Z'), apart('2026-04-11T00:00:00Z')],
    now: () => LIST_NOW,
  })
  expect((await reads.read()).solved).toEqual({ merged: 1, apart: 1 })
})
