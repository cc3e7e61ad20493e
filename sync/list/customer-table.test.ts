import { describe, expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import { CustomerTable } from './customer-table.ts'

const USER = '00000000-0000-4000-8000-00000000000a'
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

function customer(n: number, more: Partial<ReplicaCustomer> = {}): ReplicaCustomer {
  return {
    id: idOf(n),
    companyId: idOf(999_999),
    name: `Anna Berger ${String(n).padStart(4, '0')}`,
    email: null,
    phone: null,
    address: null,
    notes: null,
    tags: [],
    ownerId: null,
    source: 'manual',
    createdByUserId: null,
    createdByUserName: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    lastSeenAt: null,
    conversationCount: n,
    viewCount: 0,
    deletedAt: null,
    mergedInto: null,
    fieldEdits: {},
    rev: '1',
    local: null,
    ...more,
  }
}

function tableOf(count: number, more?: (n: number) => Partial<ReplicaCustomer>): CustomerTable {
  const table = new CustomerTable(new CustomerSearchIndex(), USER)
  table.apply({ put: Array.from({ length: count }, (_, n) => customer(n, more?.(n))), removed: [] })
  return table
}

const query = (more: Partial<ListQuery> = {}): ListQuery => ({
  search: 'berger',
  view: 'all',
  source: null,
  sort: { by: 'relevance', direction: 'asc' },
  ...more,
})

describe('SE-1: a search leaves nobody out', () => {
  test('all that match are counted and can be scrolled to, each once', () => {
    const table = tableOf(2_500)
    const seen = new Set<string>()
    for (let offset = 0; offset < 2_500; offset += 500) {
      const { rows, total } = table.window(query(), offset, 500)
      expect(total).toBe(2_500)
      for (const row of rows) seen.add(row.id)
    }
    expect(seen.size).toBe(2_500)
  })

  test('a filter applies to all that match, not to the best of them', () => {
    // The only one of mine is the last that the search would rank.
    const table = tableOf(2_500, (n) => (n === 2_499 ? { ownerId: USER, name: 'Bergerhausen Ann Zacharias' } : {}))
    const { rows, total } = table.window(query({ view: 'mine' }), 0, 10)
    expect({ total, ids: rows.map((row) => row.id) }).toEqual({ total: 1, ids: [idOf(2_499)] })
  })

  test('another order sorts all that match', () => {
    const table = tableOf(2_500)
    const byConversations = query({ sort: { by: 'conversations', direction: 'desc' } })
    expect(table.window(byConversations, 0, 1).rows[0]?.id).toBe(idOf(2_499))
    expect(table.position(query(), idOf(2_499))).not.toBeNull()
  })
})

test('SE-1: reasons are worked out for the rows of the window only', () => {
  let asked = 0
  const hits = Array.from({ length: 100 }, (_, n) => ({
    id: idOf(n),
    ranges: {},
    get why() {
      asked += 1
      return 'phone'
    },
  }))
  const table = new CustomerTable(
    { upsertMany: () => {}, remove: () => {}, search: () => ({ hits, total: 100 }) },
    USER,
  )
  table.apply({ put: Array.from({ length: 100 }, (_, n) => customer(n)), removed: [] })
  expect(table.window(query(), 0, 10).rows.map((row) => row.match?.why)).toEqual(Array(10).fill('phone'))
  expect(asked).toBe(10)
})
