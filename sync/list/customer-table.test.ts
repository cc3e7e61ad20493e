import { describe, expect, test } from 'vitest'
import type { SortBy } from '#shared/domain/saved-list.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { LIST_USER, listCustomer, listId, listTable, searchFinding } from '../testing/list-customers.ts'
import { CustomerTable } from './customer-table.ts'

const query = (more: Partial<ListQuery> = {}): ListQuery => ({
  search: 'berger',
  filter: {},
  sort: { by: 'relevance', direction: 'asc' },
  ...more,
})

describe('SE-1: a search leaves nobody out', () => {
  test('all that match are counted and can be scrolled to, each once', () => {
    const table = listTable(2_500)
    const seen = new Set<string>()
    let version: number | undefined
    for (let offset = 0; offset < 2_500; offset += 500) {
      const window = table.window(query(), offset, 500, { version })
      expect(window.total).toBe(2_500)
      version ??= window.version
      expect(window.version).toBe(version)
      for (const row of window.rows) seen.add(row.id)
    }
    expect(seen.size).toBe(2_500)
  })

  test('a filter applies to all that match, not to the best of them', () => {
    // The only one of mine is the last that the search would rank.
    const table = listTable(2_500, (n) =>
      n === 2_499 ? { ownerId: LIST_USER, name: 'Bergerhausen Ann Zacharias' } : {},
    )
    const { rows, total } = table.window(query({ filter: { view: 'mine' } }), 0, 10)
    expect({ total, ids: rows.map((row) => row.id) }).toEqual({ total: 1, ids: [listId(2_499)] })
  })

  test('another order sorts all that match', () => {
    const table = listTable(2_500)
    const byConversations = query({ sort: { by: 'conversations', direction: 'desc' } })
    expect(table.window(byConversations, 0, 1).rows[0]?.id).toBe(listId(2_499))
    expect(table.position(query(), listId(2_499))).not.toBeNull()
  })
})

test('UI-5: a number shows as people in the country of the company read it, marked where the search found it', () => {
  const phones = ['+61400615844', '(02) 9018 2000', null]
  const table = listTable(3, (n) => ({ phone: phones[n] ?? null }))
  expect(table.window(query(), 0, 3).rows.map(({ phone, phoneText }) => [phone, phoneText])).toEqual([
    ['+61400615844', '0400 615 844'],
    ['(02) 9018 2000', '(02) 9018 2000'],
    [null, null],
  ])
  const found = table.window(query({ search: '0400615' }), 0, 3).rows
  const [start, end] = found[0]?.match?.ranges.phone?.[0] ?? []
  expect(found[0]?.phoneText?.slice(start, end)).toBe('400 615')
})

test('SE-1: reasons are worked out for the rows of the window only', () => {
  let asked = 0
  const explain = () => {
    asked += 1
    return { why: 'phone', ranges: {} }
  }
  const search = searchFinding(() => Array.from({ length: 100 }, (_, n) => listId(n)), explain)
  const table = new CustomerTable(search, LIST_USER, Date.now, () => 'AU')
  table.apply({ put: Array.from({ length: 100 }, (_, n) => listCustomer(n)), removed: [] })
  expect(table.window(query(), 0, 10).rows.map((row) => row.match?.why)).toEqual(Array(10).fill('phone'))
  expect(asked).toBe(10)
})

test('SE-1: a row that is held on the screen, and that the search finds no longer, says no reason', () => {
  const table = listTable(3)
  const { version, rows } = table.window(query(), 0, 10)
  expect(rows.map((row) => row.match !== null)).toEqual([true, true, true])
  table.apply({ put: [listCustomer(1, { name: 'Hugo Pell' })], removed: [] })
  const held = { version, first: 0, ids: rows.map((row) => row.id) }
  const after = table.window(query(), 0, 10, { held })
  expect(after.rows.map((row) => [row.name, row.match === null])).toEqual([
    ['Anna Berger 0000', false],
    ['Hugo Pell', true],
    ['Anna Berger 0002', false],
  ])
  // Nor in a later version: what it says now was not searched for.
  table.apply({ put: [listCustomer(5)], removed: [] })
  const later = table.window(query(), 0, 10, { held: { ...held, version: after.version } })
  expect(later.rows.find((row) => row.name === 'Hugo Pell')?.match).toBeNull()
})

test('SE-1: rows held behind the first thousand hits keep their reasons, their place and the count', () => {
  const ids = Array.from({ length: 1_500 }, (_, n) => listId(n))
  const table = new CustomerTable(
    searchFinding(() => ids),
    LIST_USER,
    Date.now,
    () => 'AU',
  )
  table.apply({ put: ids.map((_, n) => listCustomer(n)), removed: [] })
  const { version, rows } = table.window(query(), 980, 20)
  const held = { version, first: 980, ids: rows.map((row) => row.id) }
  // A better hit comes in: what was the thousandth is one more.
  ids.unshift(listId(1_500))
  table.apply({ put: [listCustomer(1_500)], removed: [] })
  const after = table.window(query(), 980, 20, { held })
  expect(after).toMatchObject({ offset: 981, heldFirst: 981, total: 1_501 })
  expect(after.rows.map((row) => row.id)).toEqual(held.ids)
  expect(after.rows.every((row) => row.match !== null)).toBe(true)
  // Many come in between those on the screen: what is asked for lies behind what was ranked.
  ids.splice(985, 0, ...Array.from({ length: 30 }, (_, n) => listId(1_501 + n)))
  table.apply({ put: Array.from({ length: 30 }, (_, n) => listCustomer(1_501 + n)), removed: [] })
  const later = table.window(query(), 980, 30, { held: { ...held, first: 960, version: after.version } })
  expect(later).toMatchObject({ total: 1_531, rows: { length: 30 } })
})

test('SE-1: filters and orders of a search go by the right customers when the index has numbered them anew', () => {
  // Every change gives the index a new number; after 4,096 dead ones it numbers all of them anew.
  const table = listTable(900, (n) => ({ ownerId: n % 7 === 0 ? LIST_USER : null }))
  const found = (sort: ListQuery['sort']) => table.ids(query({ filter: { view: 'mine' }, sort })).sort()
  const mine = (rounds: number) =>
    Array.from({ length: 900 }, (_, n) => n).filter((n) => n % 7 === 0 && !(rounds > 0 && n % 2 === 0))
  for (const rounds of [0, 1, 12]) {
    for (let round = 0; round < rounds; round += 1) {
      const put = mine(0).map((n) =>
        listCustomer(n, { ownerId: LIST_USER, name: `${n % 2 === 0 ? 'Pell' : 'Berger'} ${round}` }),
      )
      const others = Array.from({ length: 450 }, (_, n) =>
        listCustomer(n * 2 + 1, { ownerId: (n * 2 + 1) % 7 === 0 ? LIST_USER : null, name: `Berger ${round}` }),
      )
      table.apply({ put: [...put, ...others], removed: [] })
    }
    for (const by of ['relevance', 'created'] as const) {
      expect(found({ by, direction: 'desc' })).toEqual(mine(rounds).map(listId).sort())
    }
  }
})

test('SE-2: each order sorts by what it says, both ways, ties by id; never seen counts as longest ago', () => {
  const day = (n: number) => `2026-01-0${n}T00:00:00Z`
  const table = listTable(4, (n) => ({
    name: ['Zoë', 'adam', 'Ábel', 'Bea'][n] ?? '',
    createdAt: day([2, 1, 2, 3][n] ?? 1),
    updatedAt: day([4, 3, 2, 1][n] ?? 1),
    lastSeenAt: [day(1), null, day(3), day(2)][n] ?? null,
    conversationCount: [0, 5, 0, 1][n] ?? 0,
  }))
  table.setRecent([listId(3), listId(0)])
  const order = (by: SortBy) =>
    table.window(query({ search: '', sort: { by, direction: 'asc' } }), 0, 10).rows.map((row) => row.id)
  const reversed = (by: SortBy) =>
    table.window(query({ search: '', sort: { by, direction: 'desc' } }), 0, 10).rows.map((row) => row.id)
  const expected: Partial<Record<SortBy, number[]>> = {
    name: [2, 1, 3, 0],
    created: [1, 0, 2, 3],
    changed: [3, 2, 1, 0],
    lastSeen: [1, 0, 3, 2],
    conversations: [0, 2, 3, 1],
    opened: [1, 2, 0, 3],
  }
  for (const [by, numbers] of Object.entries(expected) as [SortBy, number[]][]) {
    expect(order(by), by).toEqual(numbers.map(listId))
    expect(reversed(by), by).toEqual(numbers.toReversed().map(listId))
  }
  expect(
    table.window(query({ filter: { view: 'recent' }, sort: { by: 'opened', direction: 'desc' }, search: '' }), 0, 10)
      .rows,
  ).toMatchObject([{ id: listId(3) }, { id: listId(0) }])
})

test('SE-1: what a search found in half an index is looked for again when the index is whole', () => {
  let found: readonly string[] = []
  const search = searchFinding(() => found)
  const table = new CustomerTable(search, LIST_USER, Date.now, () => 'AU')
  table.apply({ put: [listCustomer(1)], removed: [] })
  expect(table.window(query(), 0, 10).total).toBe(0)
  found = [listId(1)]
  table.searchGrew()
  expect(table.window(query(), 0, 10).rows.map(({ id }) => id)).toEqual([listId(1)])
})
