import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { activeParts, type CustomerFilter, customerFilterSchema, withoutPart } from '#shared/domain/customer-filter.ts'
import { PERIOD_DAYS } from '#shared/replica-api/list.ts'
import { LIST_NOW, LIST_USER, listId, listTable } from '../testing/list-customers.ts'

const DAY = 86_400_000
const daysAgo = (days: number) => new Date(LIST_NOW - days * DAY).toISOString()
const byName = { by: 'name', direction: 'asc' } as const
const owner = (n: number) => listId(500_000 + n)

const MUTATION = {
  op: 'update',
  mutationId: listId(1),
  id: listId(1),
  editedAt: daysAgo(0),
  base: {},
  changes: {},
  sent: false,
} as unknown as NonNullable<ReplicaCustomer['local']>['mutations'][number]

/** Customers that differ in everything that filters look at. */
const anyCustomer: fc.Arbitrary<Partial<ReplicaCustomer>> = fc.record({
  email: fc.constantFrom(null, 'a@b.example'),
  phone: fc.constantFrom(null, '1'),
  address: fc.constantFrom(null, 'x'),
  notes: fc.constantFrom(null, 'x'),
  tags: fc.constantFrom([], ['vip'], ['vip', 'new'], ['new']),
  source: fc.constantFrom('chat', 'manual', 'import'),
  ownerId: fc.constantFrom(null, LIST_USER, owner(1)),
  createdAt: fc.integer({ min: 0, max: 400 }).map(daysAgo),
  lastSeenAt: fc.option(fc.integer({ min: 0, max: 400 }).map(daysAgo), { nil: null }),
  local: fc.constantFrom(null, { shadow: null, mutations: [MUTATION], rejected: null, conflicts: [] }),
})

const period = fc.oneof(
  fc.record({ kind: fc.constantFrom('last' as const, 'notLast' as const), days: fc.constantFrom(...PERIOD_DAYS) }),
  fc.record({
    kind: fc.constant('between' as const),
    from: fc.constantFrom(null, '2026-01-15', '2026-05-01'),
    to: fc.constantFrom(null, '2026-05-01', '2026-06-15'),
  }),
)
const anyFilter: fc.Arbitrary<CustomerFilter> = fc.record(
  {
    view: fc.constantFrom('mine', 'recent'),
    sources: fc.constantFrom(['chat'], ['chat', 'import']),
    email: fc.boolean(),
    notes: fc.boolean(),
    tags: fc.record({ match: fc.constantFrom('any', 'all'), of: fc.constantFrom(['vip'], ['vip', 'new'], ['none']) }),
    untagged: fc.constant(true as const),
    owners: fc.constantFrom([null], [owner(1), null]),
    created: period,
    lastSeen: period,
    state: fc.constantFrom('waiting', 'attention'),
    duplicates: fc.constant(true as const),
  },
  { requiredKeys: [] },
)

/** What a filter means, said once more and slowly. */
function fits(
  filter: CustomerFilter,
  held: Partial<ReplicaCustomer>,
  isRecent: boolean,
  isDuplicate: boolean,
): boolean {
  const within = (at: string | null | undefined, wanted: CustomerFilter['created']) => {
    if (wanted === undefined) return true
    const ms = at == null ? null : Date.parse(at)
    if (wanted.kind === 'last') return ms !== null && ms >= LIST_NOW - wanted.days * DAY
    if (wanted.kind === 'notLast') return ms === null || ms < LIST_NOW - wanted.days * DAY
    if (ms === null) return false
    const day = new Date(ms)
    const local = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
    return (wanted.from === null || local >= wanted.from) && (wanted.to === null || local <= wanted.to)
  }
  const { view, sources, tags, owners } = filter
  const has = (tag: string) => held.tags?.includes(tag) === true
  return (
    (view !== 'mine' || held.ownerId === LIST_USER) &&
    (view !== 'recent' || isRecent) &&
    (sources?.includes(held.source ?? 'chat') ?? true) &&
    (filter.email === undefined || filter.email === (held.email !== null)) &&
    (filter.notes === undefined || filter.notes === (held.notes !== null)) &&
    (tags === undefined || (tags.match === 'all' ? tags.of.every(has) : tags.of.some(has))) &&
    (filter.untagged === undefined || held.tags?.length === 0) &&
    (owners?.includes(held.ownerId ?? null) ?? true) &&
    within(held.createdAt, filter.created) &&
    within(held.lastSeenAt, filter.lastSeen) &&
    (filter.duplicates === undefined || isDuplicate) &&
    (filter.state !== 'waiting' || held.local !== null) &&
    filter.state !== 'attention'
  )
}

test('SE-2: any filter shows exactly the customers that fit, and each count is what that value then shows', () => {
  fc.assert(
    fc.property(fc.array(anyCustomer, { minLength: 1, maxLength: 40 }), anyFilter, (customers, filter) => {
      expect(customerFilterSchema.parse(filter)).toEqual(filter)
      const table = listTable(customers.length, (n) => customers[n] ?? {})
      const recent = [0, 3, 5].map(listId)
      table.setRecent(recent)
      const duplicates = [1, 3, 4].map(listId)
      table.setDuplicates(duplicates)
      const found = (wanted: CustomerFilter) =>
        table.window({ search: '', filter: wanted, sort: byName }, 0, 100).rows.map((row) => row.id)
      const expected = customers.flatMap((held, n) =>
        fits(filter, held, recent.includes(listId(n)), duplicates.includes(listId(n))) ? [listId(n)] : [],
      )
      expect(found(filter)).toEqual(expected)

      const facets = table.facets({ search: '', filter, sort: byName })
      expect(facets.total).toBe(expected.length)
      const { view: _view, ...anyView } = filter
      expect(facets.view).toEqual({
        all: found(anyView).length,
        mine: found({ ...filter, view: 'mine' }).length,
        recent: found({ ...filter, view: 'recent' }).length,
      })
      expect(facets.sources.chat).toBe(found({ ...filter, sources: ['chat'] }).length)
      expect(facets.email).toEqual({
        yes: found({ ...filter, email: true }).length,
        no: found({ ...filter, email: false }).length,
      })
      const of = filter.tags?.match === 'all' ? filter.tags.of : []
      for (const { tag, count } of facets.tags) {
        const tags = { match: 'all' as const, of: [...new Set([...of, tag])] }
        expect(count, tag).toBe(found({ ...filter, tags }).length)
      }
      for (const { ownerId, count } of facets.owners) expect(count).toBe(found({ ...filter, owners: [ownerId] }).length)
      for (const [n, days] of PERIOD_DAYS.entries()) {
        expect(facets.lastSeen.last[n]).toBe(found({ ...filter, lastSeen: { kind: 'last', days } }).length)
        expect(facets.created.notLast[n]).toBe(found({ ...filter, created: { kind: 'notLast', days } }).length)
      }
      expect(facets.state.waiting).toBe(found({ ...filter, state: 'waiting' }).length)
      expect(facets.untagged).toBe(found({ ...filter, untagged: true }).length)
      expect(facets.duplicates).toBe(found({ ...filter, duplicates: true }).length)
      const without = activeParts(filter).map((part) => [part, found(withoutPart(filter, part)).length])
      expect(facets.without).toEqual(Object.fromEntries(without))
    }),
    { numRuns: 120 },
  )
})

describe('SE-2: filters go with a search', () => {
  const table = listTable(30, (n) => ({
    name: n % 2 === 0 ? `Berger ${n}` : `Huber ${n}`,
    email: n % 3 === 0 ? 'a@b.example' : null,
  }))
  const search = { search: 'berger', filter: { email: true }, sort: { by: 'relevance', direction: 'desc' } } as const

  test('both narrow', () => {
    expect(table.window(search, 0, 50).total).toBe(5)
  })

  test('the counts say what each of them hides', () => {
    const facets = table.facets(search)
    expect(facets).toMatchObject({ total: 5, email: { yes: 5, no: 10 }, without: { search: 10, email: 15 } })
  })
})

test('SE-2: who stops fitting leaves the list at the next question, and is counted no more', () => {
  const table = listTable(3, () => ({ email: 'a@b.example' }))
  const query = { search: '', filter: { email: true }, sort: byName }
  expect(table.window(query, 0, 10).total).toBe(3)
  table.apply({ put: [], removed: [listId(1)] })
  expect(table.window(query, 0, 10).rows.map((row) => row.id)).toEqual([listId(0), listId(2)])
  expect(table.facets(query).total).toBe(2)
})

test('SE-2: duplicates only shows those of now, and says whether they are others than before', () => {
  const table = listTable(4)
  const query = { search: '', filter: { duplicates: true as const }, sort: byName }
  const shown = () => table.window(query, 0, 10).rows.map((row) => row.id)
  expect([shown(), table.setDuplicates([]), table.setDuplicates([listId(1), listId(3)])]).toEqual([[], false, true])
  expect(shown()).toEqual([listId(1), listId(3)])
  expect([table.setDuplicates([listId(3), listId(1)]), table.setDuplicates([listId(3), listId(0)])]).toEqual([
    false,
    true,
  ])
  expect(shown()).toEqual([listId(0), listId(3)])
  table.apply({ put: [], removed: [listId(0)] })
  expect(shown()).toEqual([listId(3)])
})
